import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { ChatMultiple24Regular } from '@fluentui/react-icons'
import { Outlet, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTitle } from '../parts/hooks.ts'
import { useOnePane } from '../parts/media.ts'
import { Note } from '../parts/states.tsx'
import { media, tokens } from '../theme.ts'
import { ChatList } from './chat-list.tsx'
import { NewChatDialog } from './new-chat.tsx'
import { DirectDialog, type Other, PublicChatsDialog } from './other-chats.tsx'

const useStyles = makeStyles({
  panes: {
    display: 'grid',
    height: '100%',
    minHeight: 0,
    gridTemplateColumns: '340px minmax(0, 1fr)',
    [media.belowTwoPanes]: { gridTemplateColumns: '280px minmax(0, 1fr)' },
    [media.belowOnePane]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  list: {
    minHeight: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    [media.belowOnePane]: { borderRight: 'none' },
  },
  hidden: { [media.belowOnePane]: { display: 'none' } },
  chat: { minWidth: 0, minHeight: 0 },
})

/** The chats on the left, the open one on the right; one of the two where there is room for one. */
export function ChatsPage() {
  const styles = useStyles()
  const { chatId } = useParams({ strict: false })
  const onePane = useOnePane()
  const [creating, setCreating] = useState<'private' | Other | null>(null)
  const close = () => setCreating(null)
  return (
    <div className={styles.panes}>
      {!(onePane && chatId) && (
        <div className={styles.list}>
          <ChatList chatId={chatId ?? null} onNew={setCreating} />
        </div>
      )}
      <div className={mergeClasses(styles.chat, !chatId && styles.hidden)}>
        <Outlet />
      </div>
      {(creating === 'private' || creating === 'public') && <NewChatDialog kind={creating} onClose={close} />}
      {creating === 'direct' && <DirectDialog onClose={close} />}
      {creating === 'find' && <PublicChatsDialog onClose={close} />}
    </div>
  )
}

export function NoChat() {
  useTitle('Chats')
  return <Note icon={<ChatMultiple24Regular />} title="Choose a chat, or open an item and discuss it." />
}
