import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components'
import { Add20Regular, NumberSymbol20Regular, NumberSymbol24Regular, Person20Regular, Search20Regular } from '@fluentui/react-icons'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useJoinChat, useNewChat, usePublicChats } from '../data/chats.ts'
import { useMe } from '../data/me.ts'
import { count } from '../parts/format.ts'
import { useSay } from '../parts/say.tsx'
import { Failed, LoadingLines, Note } from '../parts/states.tsx'
import { PeopleList } from '../people/people-list.tsx'
import { tokens } from '../theme.ts'
import { words } from '../words.ts'

/** Every kind of chat but the private one, which has a button of its own (C1). */
export type Other = 'direct' | 'public' | 'find'

const useStyles = makeStyles({
  people: { display: 'flex', flexDirection: 'column', height: '320px' },
  row: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '12px', minHeight: '52px' },
  words: { minWidth: 0 },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  members: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})

export function OtherChatsMenu({ onPick }: { onPick: (other: Other) => void }) {
  return (
    <Menu positioning="below-end">
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<Add20Regular />} aria-label="Other chats" />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem icon={<Person20Regular />} onClick={() => onPick('direct')}>
            Chat with one person
          </MenuItem>
          <MenuItem icon={<NumberSymbol20Regular />} onClick={() => onPick('public')}>
            New public chat
          </MenuItem>
          <MenuItem icon={<Search20Regular />} onClick={() => onPick('find')}>
            Find public chats
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}

/** One choice, and one is there: the chat of two that exists is opened, and else made. */
export function DirectDialog({ onClose }: { onClose: () => void }) {
  const styles = useStyles()
  const me = useMe().id
  const opening = useNewChat()
  const say = useSay()
  const go = useGo(onClose)
  return (
    <Frame title="Chat with one person" onClose={onClose}>
      <div className={styles.people}>
        <PeopleList
          label="Whom to talk to"
          multi={false}
          picked={[]}
          without={[me]}
          onPicked={([person]) =>
            person &&
            !opening.isPending &&
            opening.mutate({ kind: 'direct', people: [person.id] }, { onSuccess: (chat) => go(chat.id), onError: say.failed })
          }
        />
      </div>
    </Frame>
  )
}

export function PublicChatsDialog({ onClose }: { onClose: () => void }) {
  const styles = useStyles()
  const found = usePublicChats()
  const join = useJoinChat()
  const say = useSay()
  const go = useGo(onClose)
  const chats = found.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Frame title="Public chats" onClose={onClose}>
      {found.isPending && <LoadingLines label="Loading public chats" rows={3} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && chats.length === 0 && <Note icon={<NumberSymbol24Regular />} title="There is no public chat yet." />}
      <ul aria-label="Public chats">
        {chats.map((chat) => (
          <li key={chat.id} className={styles.row}>
            <span className={styles.words}>
              <span className={styles.name}>{chat.name}</span>
              <div className={styles.members}>{count(chat.members, 'person', 'people')}</div>
            </span>
            {chat.joined ? (
              <Button aria-label={`Open ${chat.name}`} onClick={() => go(chat.id)}>
                Open
              </Button>
            ) : (
              <Button
                appearance="primary"
                aria-label={`Join ${chat.name}`}
                onClick={() => join.isPending || join.mutate(chat.id, { onSuccess: () => go(chat.id), onError: say.failed })}
              >
                Join
              </Button>
            )}
          </li>
        ))}
      </ul>
      {found.hasNextPage && <Button onClick={() => void found.fetchNextPage()}>Show more</Button>}
    </Frame>
  )
}

function useGo(close: () => void) {
  const navigate = useNavigate()
  return (chatId: string) => {
    close()
    void navigate({ to: '/chats/$chatId', params: { chatId } })
  }
}

function Frame({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface style={{ maxWidth: 440 }}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{children}</DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{words.close}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
