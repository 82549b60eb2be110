import { Button, Divider, Field, Input, Link, makeStyles, MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import { sentenceOf } from '../data/problem.ts'
import { useCompany, useForgotten, useMailedLink, usePassword } from '../data/sign-in.ts'
import type { SignInWays } from '../data/types.ts'
import { tokens } from '../theme.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '400px' },
  title: { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
  ways: { display: 'flex', flexDirection: 'column', gap: '8px' },
})

/** With a password, by a mailed link, or through the company: whichever there are here. */
export function SignInForm({ ways }: { ways: SignInWays }) {
  const styles = useStyles()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const byPassword = usePassword()
  const byMail = useMailedLink()
  const forgotten = useForgotten()
  const company = useCompany()
  const busy = byPassword.isPending || byMail.isPending || forgotten.isPending || company.isPending
  const address = email.trim()
  const sent = byMail.isSuccess || forgotten.isSuccess
  const failed = byPassword.error ?? byMail.error ?? forgotten.error ?? company.error ?? (returned() ? new Error() : null)
  const forget = () => [byPassword, byMail, forgotten, company].forEach((one) => one.reset())

  const enter = (event: FormEvent) => {
    event.preventDefault()
    forget()
    if (address && password) byPassword.mutate({ email: address, password })
  }
  const mail = (how: typeof byMail) => () => {
    forget()
    how.mutate(address)
  }
  return (
    <form className={styles.form} onSubmit={enter} aria-labelledby="sign-in">
      <h2 id="sign-in" className={styles.title}>
        Sign in
      </h2>
      {failed && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{failed.message ? sentenceOf(failed) : returned()}</MessageBarBody>
        </MessageBar>
      )}
      {sent && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>If Ringside knows {address}, a link is on its way there. It is good for 15 minutes.</MessageBarBody>
        </MessageBar>
      )}
      <Field label="E-mail" required>
        <Input type="email" autoComplete="username" size="large" value={email} onChange={(_, data) => setEmail(data.value)} />
      </Field>
      <Field label="Password" required>
        <Input
          type="password"
          autoComplete="current-password"
          size="large"
          value={password}
          onChange={(_, data) => setPassword(data.value)}
        />
      </Field>
      <Button
        type="submit"
        appearance="primary"
        size="large"
        disabled={busy || !address || !password}
        {...(byPassword.isPending && { icon: <Spinner size="tiny" /> })}
      >
        Sign in
      </Button>
      {ways.link && (
        <Link as="button" type="button" disabled={busy || !address} onClick={mail(forgotten)}>
          I forgot my password
        </Link>
      )}
      {(ways.link || ways.company) && <Divider>or</Divider>}
      <div className={styles.ways}>
        {ways.link && (
          <Button type="button" size="large" disabled={busy || !address} onClick={mail(byMail)}>
            Mail me a link
          </Button>
        )}
        {ways.company && (
          <Button type="button" size="large" disabled={busy} onClick={() => company.mutate()}>
            Continue with {ways.company}
          </Button>
        )}
      </div>
    </form>
  )
}

/** Why the company's sign-in, or a link, sent somebody back without letting them in. */
function returned(): string | null {
  const said = new URLSearchParams(window.location.search).get('error')
  return said === null ? null : (RETURNED[said] ?? 'Signing in did not work. Ask your administrator whether you were added.')
}

const RETURNED: Readonly<Record<string, string>> = {
  INVALID_TOKEN: 'This link was used already, or it is too old. Ask for a new one.',
  NOT_VERIFIED: 'Your company’s sign-in does not say that your address was verified, so Ringside does not believe it.',
  NOT_KNOWN: 'Ringside knows nobody with your address. Ask your administrator to add you.',
}
