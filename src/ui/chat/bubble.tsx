import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { Nameable } from '../../core/mentions.ts'
import { media, ours, tokens } from '../theme.ts'
import { Markdown } from './markdown.tsx'

const useStyles = makeStyles({
  bubble: {
    maxWidth: '100%',
    padding: '8px 12px',
    borderRadius: '4px 14px 14px 14px',
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
    overflowWrap: 'anywhere',
    [media.forced]: { border: '1px solid CanvasText' },
  },
  own: { backgroundColor: ours.ringOwnBack, borderRadius: '14px 4px 14px 14px', [media.forced]: { border: '1px solid Highlight' } },
  waiting: { opacity: 0.7 },
})

/** The words of a message. */
export function Bubble({
  text,
  own,
  mentions = [],
  waiting = false,
}: {
  text: string
  own: boolean
  mentions?: readonly Nameable[]
  waiting?: boolean
}) {
  const styles = useStyles()
  return (
    <div className={mergeClasses(styles.bubble, own && styles.own, waiting && styles.waiting)}>
      <Markdown text={text} mentions={mentions} />
    </div>
  )
}
