import { Button, makeStyles } from '@fluentui/react-components'
import { ArrowDown16Regular } from '@fluentui/react-icons'
import { useRef, useState } from 'react'
import type { Chat, Message } from '../data/types.ts'
import { Failed, LoadingLines } from '../parts/states.tsx'
import { media, tokens } from '../theme.ts'
import { Announcer } from './announcer.tsx'
import { Composer, type Doing } from './composer.tsx'
import { Earlier, Later } from './ends.tsx'
import { rowsOf } from './group.ts'
import { type Asked, MessageMenu } from './message-menu.tsx'
import { MessageRow } from './message-row.tsx'
import { OutgoingMessage } from './outgoing-message.tsx'
import { TypingLine } from './typing-line.tsx'
import { useDrop } from './use-drop.ts'
import { type Target, useReader } from './use-reader.ts'
import { useUploads } from './use-uploads.ts'

const useStyles = makeStyles({
  space: { position: 'relative', flex: 1, minHeight: 0 },
  scroll: {
    height: '100%',
    overflowY: 'auto',
    overflowX: 'hidden',
    overscrollBehavior: 'contain',
    overflowAnchor: 'none',
    padding: '16px 20px',
    [media.belowOnePane]: { padding: '12px' },
  },
  // Few messages lie at the bottom, by the composer, not at the top of an empty page.
  lines: { minHeight: '100%', display: 'flex', flexDirection: 'column', justifyContent: 'flex-end', gap: '4px' },
  first: { textAlign: 'center', color: tokens.colorNeutralForeground2, padding: '24px' },
  over: {
    position: 'absolute',
    inset: '8px',
    display: 'grid',
    placeItems: 'center',
    border: `2px dashed ${tokens.colorBrandStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackgroundAlpha2,
    color: tokens.colorBrandForeground1,
    fontWeight: tokens.fontWeightSemibold,
    pointerEvents: 'none',
  },
  pill: {
    position: 'absolute',
    bottom: '8px',
    left: '50%',
    transform: 'translateX(-50%)',
    boxShadow: tokens.shadow8,
    borderRadius: '999px',
  },
})

/** The messages of one chat, and the place to write the next. */
export function Conversation({ chat, target, onTarget }: { chat: Chat; target: Target | null; onTarget: (target: Target) => void }) {
  const styles = useStyles()
  const box = useRef<HTMLDivElement>(null)
  const reader = useReader(chat, target, box)
  const { me, thread, messages, pending, scroll } = reader
  const [asked, setAsked] = useState<Asked | null>(null)
  const [doing, setDoing] = useState<Doing | null>(null)
  const uploads = useUploads(chat.id)
  const { over, ...drop } = useDrop(uploads.add)
  const rowProps = {
    chatId: chat.id,
    me,
    found: scroll.found,
    onOptions: (message: Message, spot: Asked['spot']) => setAsked({ message, spot }),
    onJump: (seq: number) => onTarget({ seq }),
  }
  const lastOwn = messages.findLast((one) => one.kind === 'text' && one.author?.id === me && !one.deleted)
  return (
    <>
      <div className={styles.space} {...drop}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
        <div ref={box} className={styles.scroll} onScroll={scroll.onScroll} tabIndex={0} role="region" aria-label="Messages">
          <div className={styles.lines}>
            {thread.isPending && <LoadingLines label="Loading messages" />}
            {thread.isError && !thread.data && <Failed error={thread.error} onRetry={() => void thread.refetch()} />}
            {thread.data && <Earlier chatId={chat.id} thread={thread.data} />}
            {rowsOf(messages, reader.unread).map((row) => (
              <MessageRow key={row.key} row={row} {...rowProps} />
            ))}
            {thread.data && !messages.some((one) => one.kind === 'text') && pending.length === 0 && (
              <p className={styles.first}>Nothing has been said yet. Write the first message.</p>
            )}
            {thread.data && <Later chatId={chat.id} thread={thread.data} />}
            {pending.map((one) => (
              <OutgoingMessage key={one.key} message={one} onRetry={() => reader.retry(one)} onDiscard={() => reader.discard(one)} />
            ))}
          </div>
        </div>
        {over && <div className={styles.over}>Drop files to share them here</div>}
        {(scroll.news || thread.data?.newer) && (
          <Button appearance="primary" size="small" className={styles.pill} icon={<ArrowDown16Regular />} onClick={reader.toEnd}>
            {thread.data?.newer ? 'To the newest' : 'New messages'}
          </Button>
        )}
      </div>
      {asked && (
        <MessageMenu
          chatId={chat.id}
          asked={asked}
          own={asked.message.author?.id === me}
          onReply={() => setDoing({ what: 'reply', message: asked.message })}
          onEdit={() => setDoing({ what: 'edit', message: asked.message })}
          onClose={() => setAsked({ ...asked, spot: null })}
        />
      )}
      <Announcer messages={messages} me={me} />
      <TypingLine chatId={chat.id} />
      <Composer
        key={doing?.what === 'edit' ? doing.message.id : 'new'}
        chatId={chat.id}
        uploads={uploads}
        doing={doing}
        onDoing={setDoing}
        onEditLast={() => lastOwn && setDoing({ what: 'edit', message: lastOwn })}
        onSend={(draft) => {
          reader.send(draft)
          reader.toEnd()
        }}
      />
    </>
  )
}
