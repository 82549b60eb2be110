import { makeStyles } from '@fluentui/react-components'
import { CheckmarkCircle20Filled } from '@fluentui/react-icons'
import { type AdminList, useAdminList } from '../data/admin.ts'
import type { Connection, Drift, HeldRemovals, StuckChat, Unlisted, Unmatched, Untold } from '../data/types.ts'
import { Failed, LoadingLines } from '../parts/states.tsx'
import { tokens } from '../theme.ts'
import { useCard } from './card.ts'
import { ConnectionNeeds, needsOf } from './connection-needs.tsx'
import { HeldRow, StuckRow, UnlistedRow } from './item-needs.tsx'
import { NeedList } from './need-list.tsx'
import { RefusedRow, UnmatchedRow, UntoldRow } from './person-needs.tsx'

const useStyles = makeStyles({ good: { color: tokens.colorStatusSuccessForeground1, flexShrink: 0 } })

/** Everything that waits for a person, and nothing else. Empty is how it should be. */
export function NeedsYou({ connections }: { connections: readonly Connection[] }) {
  const styles = useStyles()
  const card = useCard()
  const held = useAdminList<HeldRemovals>('held')
  const refused = useAdminList<Drift>('drift')
  const stuck = useAdminList<StuckChat>('stuck')
  const unlisted = useAdminList<Unlisted>('unlisted')
  const unmatched = useAdminList<Unmatched>('unmatched')
  const untold = useAdminList<Untold>('untold', { fate: 'refused' })
  const lists = [held, refused, stuck, unlisted, unmatched, untold]
  const broken = lists.find((one) => one.isError && !one.data)
  if (broken) return <Failed error={broken.error} onRetry={() => lists.forEach((one) => void one.refetch())} />
  if (lists.some((one) => one.isPending)) return <LoadingLines label="Loading what needs you" rows={2} />
  if (needsOf(connections).length === 0 && lists.every(isEmpty)) {
    return (
      <div className={card.card}>
        <p className={card.head}>
          <CheckmarkCircle20Filled className={styles.good} />
          Nothing needs you. Whatever does appears here.
        </p>
      </div>
    )
  }
  return (
    <>
      <ConnectionNeeds connections={connections} />
      <NeedList list={held} title="Held back, because many people would be taken out at once" Row={HeldRow} />
      <NeedList list={refused} title="Could not be added or taken out" Row={RefusedRow} />
      <NeedList list={unmatched} title="Nobody found in the chat system" Row={UnmatchedRow} />
      <NeedList list={stuck} title="Chats that need a person" Row={StuckRow} />
      <NeedList list={unlisted} title="In the chat, and may not observe" Row={UnlistedRow} />
      <NeedList list={untold} title="Could not be told" Row={UntoldRow} />
    </>
  )
}

const isEmpty = ({ data }: Pick<AdminList<unknown>, 'data'>) => data?.pages.every((page) => page.items.length === 0) ?? true
