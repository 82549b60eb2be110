import { Link, makeStyles, mergeClasses } from '@fluentui/react-components'
import { media, ours, tokens } from '../theme.ts'
import { piecesOf } from './linkify.ts'

const useStyles = makeStyles({
  bubble: {
    maxWidth: '100%',
    padding: '8px 12px',
    borderRadius: '4px 14px 14px 14px',
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    [media.forced]: { border: '1px solid CanvasText' },
  },
  own: { backgroundColor: ours.ringOwnBack, borderRadius: '14px 4px 14px 14px', [media.forced]: { border: '1px solid Highlight' } },
  waiting: { opacity: 0.7 },
  link: { color: 'inherit', textDecorationLine: 'underline' },
})

/** A message as text. Only https addresses become links, and they learn nothing of where they stood. */
export function Bubble({ text, own, waiting = false }: { text: string; own: boolean; waiting?: boolean }) {
  const styles = useStyles()
  return (
    <div className={mergeClasses(styles.bubble, own && styles.own, waiting && styles.waiting)}>
      {piecesOf(text).map((piece) =>
        piece.link ? (
          <Link key={piece.at} href={piece.link} target="_blank" rel="noopener noreferrer nofollow ugc" className={styles.link}>
            {piece.text}
          </Link>
        ) : (
          <span key={piece.at}>{piece.text}</span>
        ),
      )}
    </div>
  )
}
