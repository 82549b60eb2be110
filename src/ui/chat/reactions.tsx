import { makeStyles, mergeClasses, Tooltip } from '@fluentui/react-components'
import { useReact } from '../data/message-acts.ts'
import type { Message } from '../data/types.ts'
import { nameList } from '../parts/format.ts'
import { useSay } from '../parts/say.tsx'
import { media, tokens } from '../theme.ts'

const useStyles = makeStyles({
  all: { display: 'flex', flexWrap: 'wrap', gap: '4px', marginTop: '2px' },
  one: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    minHeight: '26px',
    padding: '0 8px',
    borderRadius: '13px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    font: 'inherit',
    fontSize: tokens.fontSizeBase200,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    [media.belowOnePane]: { minHeight: '36px', padding: '0 12px', borderRadius: '18px' },
  },
  mine: { border: `1px solid ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorBrandBackground2 },
})

/** What people feel about a message; a press joins them or takes one's own back. */
export function Reactions({ chatId, message }: { chatId: string; message: Message }) {
  const styles = useStyles()
  const react = useReact(chatId)
  const say = useSay()
  if (message.reactions.length === 0) return null
  return (
    <div className={styles.all}>
      {message.reactions.map(({ emoji, count, mine, people }) => {
        const names = nameList(
          people.map((person) => person.name),
          6,
        )
        return (
          <Tooltip key={emoji} content={names} relationship="description">
            <button
              type="button"
              className={mergeClasses(styles.one, mine && styles.mine)}
              aria-pressed={mine}
              aria-label={`${emoji} ${count}`}
              onClick={() => react.isPending || react.mutate({ seq: message.seq, emoji, wanted: !mine }, { onError: say.failed })}
            >
              <span aria-hidden>{emoji}</span> {count}
            </button>
          </Tooltip>
        )
      })}
    </div>
  )
}
