import { Button, makeStyles, ProgressBar, Text } from '@fluentui/react-components'
import { Dismiss16Regular } from '@fluentui/react-icons'
import { isAtWork, useGroupActions } from '../data/group-actions.ts'
import type { GroupAction } from '../data/types.ts'
import { useNow } from '../parts/hooks.ts'
import { media, tokens } from '../theme.ts'
import { words } from '../words.ts'
import { groupWords } from './group-words.ts'
import type { Seen } from './use-seen.ts'

const useStyles = makeStyles({
  strip: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    margin: '0 28px 12px',
    padding: '6px 8px 6px 16px',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    [media.belowOnePane]: { margin: '0 16px 10px' },
  },
  bar: { flex: '1 1 120px', maxWidth: '280px' },
  acts: { display: 'flex', gap: '4px', marginLeft: 'auto' },
})

const SHOWN_MAX = 3
/** What ended longer ago is old news. */
const SHOWN_MS = 60 * 60_000

/** What is at work, and what came to its end while one was elsewhere: one may leave it and come back to it. */
export function GroupStrip({ seen, onShow }: { seen: Seen; onShow: (action: GroupAction) => void }) {
  const styles = useStyles()
  const actions = useGroupActions().data?.items ?? []
  const now = useNow()
  const isNews = ({ id, endedAt }: GroupAction) => !seen.ids.includes(id) && endedAt !== null && now - Date.parse(endedAt) < SHOWN_MS
  return actions
    .filter((one) => isAtWork(one) || isNews(one))
    .slice(0, SHOWN_MAX)
    .map((one) => (
      <section key={one.id} className={styles.strip} aria-label={groupWords.underWay[one.action]}>
        <Text weight="semibold">{groupWords.underWay[one.action]}</Text>
        {isAtWork(one) ? (
          <>
            <ProgressBar className={styles.bar} aria-label="Progress" max={Math.max(1, one.total)} value={one.looked} />
            <span>{groupWords.progress(one)}</span>
          </>
        ) : (
          <span>{groupWords.done(one)}</span>
        )}
        <span className={styles.acts}>
          <Button size="small" appearance="subtle" onClick={() => onShow(one)}>
            Show
          </Button>
          {!isAtWork(one) && (
            <Button
              size="small"
              appearance="subtle"
              icon={<Dismiss16Regular />}
              aria-label={words.close}
              onClick={() => seen.add(one.id)}
            />
          )}
        </span>
      </section>
    ))
}
