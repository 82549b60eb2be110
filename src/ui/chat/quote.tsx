import { makeStyles } from '@fluentui/react-components'
import type { Message } from '../data/types.ts'
import { tokens } from '../theme.ts'

const useStyles = makeStyles({
  quote: {
    display: 'block',
    maxWidth: '100%',
    padding: '2px 10px',
    marginBottom: '2px',
    border: 'none',
    borderLeft: `3px solid ${tokens.colorBrandStroke1}`,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    font: 'inherit',
    fontSize: tokens.fontSizeBase200,
    textAlign: 'left',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  goes: { cursor: 'pointer', ':hover': { color: tokens.colorNeutralForeground1 } },
  name: { fontWeight: tokens.fontWeightSemibold, marginRight: '6px' },
})

/** The message that was answered, on one line; a press goes there. What one does not see says only that there was something. */
export function Quote({ reply, onJump }: { reply: NonNullable<Message['reply']>; onJump: (seq: number) => void }) {
  const styles = useStyles()
  const { seq } = reply
  if (seq === null) return <span className={styles.quote}>Answers an earlier message that is not shown to you</span>
  return (
    <button type="button" className={`${styles.quote} ${styles.goes}`} onClick={() => onJump(seq)}>
      <span className={styles.name}>{reply.author?.name ?? 'Somebody'}</span> {reply.text || 'A message that was deleted'}
    </button>
  )
}
