import { Button, makeStyles, OverlayDrawer } from '@fluentui/react-components'
import { Dismiss20Regular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { Chat, Outcome } from '../data/types.ts'
import { useOnePane, useWide } from '../parts/media.ts'
import { media, tokens } from '../theme.ts'
import { words } from '../words.ts'
import type { Side } from './chat-head.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { InvitePanel } from './invite-panel.tsx'
import { MembersPanel } from './members-panel.tsx'

const useStyles = makeStyles({
  aside: {
    width: '320px',
    minHeight: 0,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  panel: { display: 'flex', flexDirection: 'column', height: '100%', width: '100%', minHeight: 0 },
  head: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    minHeight: '68px',
    padding: '8px 12px 8px 20px',
    flexShrink: 0,
    [media.belowOnePane]: { minHeight: '60px' },
  },
  title: { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  sheet: { height: '82dvh', borderTopLeftRadius: '16px', borderTopRightRadius: '16px' },
})

type Props = {
  chat: Chat
  side: Side | null
  onSide: (side: Side | null) => void
  onTold: (outcomes: readonly Outcome[]) => void
  onJump: (seq: number) => void
}

const TITLES: Readonly<Record<Side, string>> = { people: 'People', invite: 'Invite people', history: 'History' }

/** Beside the chat where there is room, over it where there is not, from below on a phone. */
export function SidePanel({ chat, side, onSide, onTold, onJump }: Props) {
  const styles = useStyles()
  const beside = useWide()
  const sheet = useOnePane()
  const close = () => onSide(null)
  const content = side && (
    <Panel title={TITLES[side]} onClose={close}>
      {side === 'people' && <MembersPanel chat={chat} onInvite={() => onSide('invite')} />}
      {side === 'invite' && <InvitePanel chat={chat} onDone={(outcomes) => (onTold(outcomes), onSide(beside ? 'people' : null))} />}
      {side === 'history' && <HistoryPanel chat={chat} onJump={(seq) => (onJump(seq), beside || close())} />}
    </Panel>
  )
  if (beside)
    return (
      side && (
        <aside className={styles.aside} aria-label={TITLES[side]}>
          {content}
        </aside>
      )
    )
  return (
    <OverlayDrawer
      open={side !== null}
      position={sheet ? 'bottom' : 'end'}
      className={sheet ? styles.sheet : ''}
      aria-label={side ? TITLES[side] : ''}
      onOpenChange={(_, data) => !data.open && close()}
    >
      {content}
    </OverlayDrawer>
  )
}

function Panel({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <Button appearance="subtle" icon={<Dismiss20Regular />} aria-label={words.close} onClick={onClose} />
      </div>
      {children}
    </div>
  )
}
