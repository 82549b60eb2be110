import { makeStyles } from '@fluentui/react-components'
import { CheckmarkCircle20Filled } from '@fluentui/react-icons'
import { useAdminList } from '../data/admin.ts'
import type { DeadLetter, DeadLetterPage, Drift, DriftPage, Unmatched, Untold } from '../data/types.ts'
import { count } from '../parts/format.ts'
import { Failed, LoadingLines } from '../parts/states.tsx'
import { tokens } from '../theme.ts'
import { useCard } from './card.ts'
import { DriftRow } from './drift-row.tsx'
import { LetterRow } from './letter-row.tsx'
import { NeedList } from './need-list.tsx'
import { UnmatchedRow, UntoldRow } from './person-needs.tsx'
import { Section } from './section.tsx'

const useStyles = makeStyles({ good: { color: tokens.colorStatusSuccessForeground1, flexShrink: 0 } })

/** Where items and chats differ, why, and what came to nothing (U3, U7). */
export function Health() {
  const refused = useAdminList<Drift, DriftPage>('drift')
  const waiting = useAdminList<Drift, DriftPage>('drift', { kind: 'waiting' })
  const unmatched = useAdminList<Unmatched>('unmatched')
  const letters = useAdminList<DeadLetter, DeadLetterPage>('dead-letters')
  const untold = useAdminList<Untold>('untold')
  const lists = [refused, waiting, unmatched, letters, untold]
  const broken = lists.find((one) => one.isError && !one.data)
  if (broken) return <Failed error={broken.error} onRetry={() => lists.forEach((one) => void one.refetch())} />
  if (!refused.data || !waiting.data || !unmatched.data || !letters.data || !untold.data)
    return <LoadingLines label="Loading how it stands" rows={4} />
  const counts = refused.data.pages[0]?.counts ?? { refused: 0, waiting: 0 }
  const nobody = unmatched.data.pages[0]?.items.length ?? 0
  const failed = letters.data.pages[0]?.count ?? 0
  const untolds = untold.data.pages[0]?.items.length ?? 0
  return (
    <>
      <Section title="People who are not where they should be">
        {counts.refused + counts.waiting + nobody === 0 && <AllWell>Everybody is where they should be.</AllWell>}
        <NeedList list={refused} title={`${count(counts.refused, 'move')} refused`} Row={DriftRow} />
        <NeedList list={waiting} title={`${count(counts.waiting, 'move')} to come`} Row={DriftRow} />
        <NeedList list={unmatched} title="Nobody found in the chat system" Row={UnmatchedRow} />
      </Section>
      <Section title="What came to nothing">
        {failed + untolds === 0 && <AllWell>Nothing that was told to Ringside was lost, and nobody was left untold.</AllWell>}
        <NeedList list={letters} title={`${count(failed, 'delivery', 'deliveries')} could not be dealt with`} Row={LetterRow} />
        <NeedList list={untold} title="Could not be told in the chat system" Row={UntoldRow} />
      </Section>
    </>
  )
}

function AllWell({ children }: { children: string }) {
  const styles = useStyles()
  const card = useCard()
  return (
    <div className={card.card}>
      <p className={card.head}>
        <CheckmarkCircle20Filled className={styles.good} />
        {children}
      </p>
    </div>
  )
}
