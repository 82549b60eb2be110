import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components'
import { useState, type FormEvent, type ReactNode } from 'react'
import { ApiProblem, sentenceOf } from '../data/problem.ts'
import { tokenIn, useNewPassword, useSetup, useWelcome } from '../data/sign-in.ts'
import { tokens } from '../theme.ts'

/** Pages that somebody sees once, by a link that is theirs alone. */

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '400px' },
  title: { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
})

/** As the server has it; it says so in a sentence where this is passed over. */
const PASSWORD_MIN = 10

export function SetupForm() {
  const setup = useSetup()
  const [values, setValues] = useState({ organisation: '', name: '', email: '', password: '' })
  const field = (name: keyof typeof values) => ({
    value: values[name],
    fault: setup.error instanceof ApiProblem && setup.error.field === name ? setup.error.message : null,
    onChange: (value: string) => setValues({ ...values, [name]: value }),
  })
  const isReady = Object.values(values).every((value) => value.trim() !== '') && values.password.length >= PASSWORD_MIN
  return (
    <OnceForm
      title="Set up Ringside"
      submit="Begin"
      pending={setup.isPending}
      error={setup.error}
      isReady={isReady}
      onSubmit={() => setup.mutate({ ...values, token: tokenIn(window.location.hash) })}
    >
      <TextField label="Your organisation" {...field('organisation')} autoComplete="organization" />
      <TextField label="Your name" {...field('name')} autoComplete="name" />
      <TextField label="Your e-mail" {...field('email')} type="email" autoComplete="username" />
      <PasswordField {...field('password')} />
    </OnceForm>
  )
}

export function WelcomeForm() {
  const welcome = useWelcome()
  const [password, setPassword] = useState('')
  return (
    <OnceForm
      title="Welcome. Choose a password"
      submit="Come in"
      pending={welcome.isPending}
      error={welcome.error}
      isReady={password.length >= PASSWORD_MIN}
      onSubmit={() => welcome.mutate({ token: tokenIn(window.location.hash), password })}
    >
      <PasswordField value={password} fault={null} onChange={setPassword} />
    </OnceForm>
  )
}

export function NewPasswordForm() {
  const change = useNewPassword()
  const [password, setPassword] = useState('')
  const query = new URLSearchParams(window.location.search)
  if (change.isSuccess)
    return (
      <MessageBar intent="success">
        <MessageBarBody>
          Your new password is set. <a href="/">Sign in</a>
        </MessageBarBody>
      </MessageBar>
    )
  return (
    <OnceForm
      title="Choose a new password"
      submit="Save"
      pending={change.isPending}
      error={query.has('error') ? new ApiProblem({ status: 422, code: 'link_used', detail: USED }) : change.error}
      isReady={password.length >= PASSWORD_MIN}
      onSubmit={() => change.mutate({ token: query.get('token') ?? '', newPassword: password })}
    >
      <PasswordField value={password} fault={null} onChange={setPassword} />
    </OnceForm>
  )
}

const USED = 'This link was used already, or it is too old. Ask for a new one.'

type OnceFormProps = {
  title: string
  submit: string
  pending: boolean
  error: Error | null
  isReady: boolean
  onSubmit: () => void
  children: ReactNode
}

function OnceForm({ title, submit, pending, error, isReady, onSubmit, children }: OnceFormProps) {
  const styles = useStyles()
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isReady && !pending) onSubmit()
  }
  return (
    <form className={styles.form} onSubmit={send} aria-labelledby="once">
      <h2 id="once" className={styles.title}>
        {title}
      </h2>
      {error && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{sentenceOf(error)}</MessageBarBody>
        </MessageBar>
      )}
      {children}
      <Button
        type="submit"
        appearance="primary"
        size="large"
        disabled={!isReady || pending}
        {...(pending && { icon: <Spinner size="tiny" /> })}
      >
        {submit}
      </Button>
    </form>
  )
}

type TextFieldProps = {
  label: string
  value: string
  fault: string | null
  onChange: (value: string) => void
  type?: 'text' | 'email' | 'password'
  autoComplete: string
  hint?: string
}

function TextField({ label, value, fault, onChange, type = 'text', autoComplete, hint }: TextFieldProps) {
  return (
    <Field label={label} required {...(fault !== null && { validationMessage: fault })} {...(hint !== undefined && { hint })}>
      <Input size="large" type={type} value={value} autoComplete={autoComplete} onChange={(_, data) => onChange(data.value)} />
    </Field>
  )
}

const PasswordField = (props: Pick<TextFieldProps, 'value' | 'fault' | 'onChange'>) => (
  <TextField {...props} label="Password" type="password" autoComplete="new-password" hint={`At least ${PASSWORD_MIN} characters.`} />
)
