import { Button, makeStyles, mergeClasses, ToggleButton, Tooltip } from '@fluentui/react-components'
import { Alert20Regular, AlertOff20Regular, ArrowLeft20Regular, History20Regular, PersonAdd20Regular } from '@fluentui/react-icons'
import { Link } from '@tanstack/react-router'
import { useMute } from '../data/chats.ts'
import type { Chat } from '../data/types.ts'
import { count } from '../parts/format.ts'
import { useSay } from '../parts/say.tsx'
import { media, ours, tokens } from '../theme.ts'
import { ChatMark } from './chat-mark.tsx'
import { ChatMenu } from './chat-menu.tsx'
import { KIND_TITLES } from './kinds.ts'

export type Side = 'people' | 'invite' | 'history'

const useStyles = makeStyles({
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    minHeight: '68px',
    padding: '8px 16px 8px 20px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    [media.belowOnePane]: { padding: '4px 4px 4px 4px', gap: '8px', minHeight: '60px' },
  },
  private: { borderTop: `3px solid ${ours.ringPrivateText}` },
  back: {
    display: 'none',
    placeItems: 'center',
    width: '44px',
    height: '44px',
    flexShrink: 0,
    color: tokens.colorNeutralForeground2,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    [media.belowOnePane]: { display: 'inline-grid' },
  },
  mark: { display: 'inline-flex', [media.belowPhone]: { display: 'none' } },
  words: { flex: 1, minWidth: 0 },
  name: {
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  facts: {
    display: 'block',
    maxWidth: '100%',
    padding: 0,
    border: 'none',
    backgroundColor: 'transparent',
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    ':hover': { color: tokens.colorNeutralForeground1, textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    [media.belowOnePane]: { minHeight: '24px' },
  },
  acts: { display: 'flex', gap: '4px', [media.belowOnePane]: { gap: 0 } },
})

export function ChatHead({ chat, side, onSide }: { chat: Chat; side: Side | null; onSide: (side: Side | null) => void }) {
  const styles = useStyles()
  const toggled = (wanted: Side) => onSide(side === wanted ? null : wanted)
  return (
    <header className={mergeClasses(styles.head, chat.kind === 'private' && styles.private)}>
      <Link to="/chats" className={styles.back} aria-label="Back to chats">
        <ArrowLeft20Regular />
      </Link>
      <span className={styles.mark}>
        <ChatMark chat={chat} />
      </span>
      <div className={styles.words}>
        <h1 className={styles.name} title={chat.name}>
          {chat.name}
        </h1>
        <button
          type="button"
          className={styles.facts}
          aria-pressed={side === 'people'}
          title="People in this chat"
          onClick={() => toggled('people')}
        >
          {chat.kind === 'direct' ? KIND_TITLES.direct : `${KIND_TITLES[chat.kind]} · ${count(chat.members, 'person', 'people')}`}
        </button>
      </div>
      <div className={styles.acts}>
        <Tooltip content="History" relationship="label">
          <ToggleButton appearance="subtle" icon={<History20Regular />} checked={side === 'history'} onClick={() => toggled('history')} />
        </Tooltip>
        <Bell chat={chat} />
        {chat.kind !== 'direct' && (
          <Tooltip content="Invite people" relationship="label">
            <ToggleButton appearance="subtle" icon={<PersonAdd20Regular />} checked={side === 'invite'} onClick={() => toggled('invite')} />
          </Tooltip>
        )}
        <ChatMenu chat={chat} />
      </div>
    </header>
  )
}

function Bell({ chat }: { chat: Chat }) {
  const mute = useMute(chat.id)
  const say = useSay()
  const text = chat.muted ? 'Turn notifications on' : 'Turn notifications off'
  return (
    <Tooltip content={text} relationship="label">
      <Button
        appearance="subtle"
        icon={chat.muted ? <AlertOff20Regular /> : <Alert20Regular />}
        onClick={() => mute.isPending || mute.mutate(!chat.muted, { onError: say.failed })}
      />
    </Tooltip>
  )
}
