import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Spinner,
  Textarea,
} from '@fluentui/react-components'
import { LockClosed20Filled } from '@fluentui/react-icons'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { useNewChat } from '../data/chats.ts'
import { useMe } from '../data/me.ts'
import { sentenceOf } from '../data/problem.ts'
import type { Person } from '../data/types.ts'
import { Labelled } from '../parts/labelled.tsx'
import { PeopleList } from '../people/people-list.tsx'
import { ours, tokens } from '../theme.ts'
import { words } from '../words.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '16px', paddingBottom: '12px' },
  title: { display: 'inline-flex', alignItems: 'center', gap: '8px', color: ours.ringPrivateText },
  people: {
    display: 'flex',
    flexDirection: 'column',
    height: '240px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: '8px',
  },
})

const ONLY_THEIRS = 'Only the people you choose know that it exists. Administrators see nothing of it unless they are in it.'
const OPEN_TO_ALL = 'Everybody in your organisation can find it, join it by themselves, and read all of it.'

export function NewChatDialog({ kind, onClose }: { kind: 'private' | 'public'; onClose: () => void }) {
  const styles = useStyles()
  const navigate = useNavigate()
  const me = useMe().id
  const creating = useNewChat()
  const [name, setName] = useState('')
  const [people, setPeople] = useState<readonly Person[]>([])
  const [welcome, setWelcome] = useState('')
  const nameless = kind === 'public' && name.trim() === ''
  const create = (event: FormEvent) => {
    event.preventDefault()
    if (creating.isPending || nameless) return
    creating.mutate(newChat(kind, name, people, welcome), {
      onSuccess: (chat) => {
        onClose()
        void navigate({ to: '/chats/$chatId', params: { chatId: chat.id } })
      },
    })
  }
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface style={{ maxWidth: 480 }}>
        <form onSubmit={create} noValidate>
          <DialogBody>
            <DialogTitle>
              {kind === 'public' ? (
                'New public chat'
              ) : (
                <span className={styles.title}>
                  <LockClosed20Filled aria-hidden /> New private chat
                </span>
              )}
            </DialogTitle>
            <DialogContent className={styles.form}>
              {creating.isError && (
                <MessageBar intent="error" layout="multiline">
                  <MessageBarBody>{sentenceOf(creating.error)}</MessageBarBody>
                </MessageBar>
              )}
              <p>{kind === 'public' ? OPEN_TO_ALL : ONLY_THEIRS}</p>
              <Field label="Name" required={kind === 'public'} hint={kind === 'public' ? '' : 'Without one, it is named after its people.'}>
                <Input value={name} maxLength={80} onChange={(_, data) => setName(data.value)} />
              </Field>
              <Labelled label={people.length > 0 ? `People · ${people.length} chosen` : 'People'}>
                <div className={styles.people}>
                  <PeopleList label="People to invite" multi picked={people} onPicked={setPeople} without={[me]} />
                </div>
              </Labelled>
              <Field label="Welcome text" hint="The first message, if you like.">
                <Textarea value={welcome} rows={2} maxLength={8000} onChange={(_, data) => setWelcome(data.value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button type="button" onClick={onClose}>
                {words.cancel}
              </Button>
              <Button
                type="submit"
                appearance="primary"
                disabledFocusable={creating.isPending || nameless}
                {...(creating.isPending ? { icon: <Spinner size="tiny" /> } : {})}
              >
                Create
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}

function newChat(kind: 'private' | 'public', name: string, people: readonly Person[], welcome: string) {
  return {
    kind,
    ...(name.trim() ? { name: name.trim() } : {}),
    people: people.map((person) => person.id),
    ...(welcome.trim() ? { welcome: welcome.trim() } : {}),
  }
}
