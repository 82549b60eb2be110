import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { MoreHorizontal16Regular } from '@fluentui/react-icons'
import type { Message } from '../data/types.ts'
import { fullTime } from '../parts/format.ts'
import { media, tokens } from '../theme.ts'
import { Bubble } from './bubble.tsx'
import { FileCards } from './file-cards.tsx'
import { Quote } from './quote.tsx'
import { Reactions } from './reactions.tsx'
import { type Spot, usePressForOptions } from './use-press-for-options.ts'

const useStyles = makeStyles({
  item: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    maxWidth: '100%',
    minWidth: 0,
    borderRadius: tokens.borderRadiusLarge,
    transitionProperty: 'background-color',
    transitionDuration: '200ms',
    '&:hover .message-options, & .message-options:focus-visible': { opacity: 1 },
  },
  own: { alignItems: 'flex-end' },
  found: { backgroundColor: tokens.colorPaletteYellowBackground2, boxShadow: `0 0 0 4px ${tokens.colorPaletteYellowBackground2}` },
  line: { display: 'flex', alignItems: 'center', gap: '4px', maxWidth: '100%', minWidth: 0 },
  ownLine: { flexDirection: 'row-reverse' },
  options: {
    display: 'grid',
    placeItems: 'center',
    flexShrink: 0,
    width: '28px',
    height: '28px',
    padding: 0,
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    cursor: 'pointer',
    opacity: 0,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    // A finger has the long press instead; the button stays there for screen readers.
    [media.belowOnePane]: { width: '20px' },
  },
  gone: { color: tokens.colorNeutralForeground3, fontStyle: 'italic', padding: '2px 0' },
  edited: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

type Props = {
  chatId: string
  message: Message
  own: boolean
  found: boolean
  onOptions: (message: Message, spot: Spot) => void
  onJump: (seq: number) => void
}

export function MessageItem({ chatId, message, own, found, onOptions, onJump }: Props) {
  const styles = useStyles()
  const press = usePressForOptions((spot) => onOptions(message, spot))
  if (message.deleted) {
    return (
      <p className={styles.gone} data-seq={message.seq}>
        {own ? 'You deleted this message' : 'This message was deleted'}
      </p>
    )
  }
  return (
    <div className={mergeClasses(styles.item, own && styles.own, found && styles.found)} data-seq={message.seq}>
      {message.reply && <Quote reply={message.reply} onJump={onJump} />}
      <div className={mergeClasses(styles.line, own && styles.ownLine)} {...press}>
        {message.text ? <Bubble text={message.text} own={own} mentions={message.mentions} /> : <FileCards files={message.files} />}
        <button
          type="button"
          className={mergeClasses('message-options', styles.options)}
          aria-label="What to do with this message"
          aria-haspopup="menu"
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect()
            onOptions(message, { x: box.left, y: box.bottom })
          }}
        >
          <MoreHorizontal16Regular />
        </button>
      </div>
      {message.text && <FileCards files={message.files} />}
      {message.editedAt && (
        <span className={styles.edited} title={fullTime(message.editedAt)}>
          edited
        </span>
      )}
      <Reactions chatId={chatId} message={message} />
    </div>
  )
}
