import { Button } from '@fluentui/react-components'
import { withMender } from '../../core/words/people.ts'
import { useMend } from '../data/admin.ts'
import { sentenceOf } from '../data/problem.ts'
import type { Drift } from '../data/types.ts'
import { fullTime } from '../parts/format.ts'
import { useCard } from './card.ts'
import { ItemLink } from './item-needs.tsx'
import { NeedRow } from './need-list.tsx'

/** Should be, is, why not, and the button that mends it (U3). */
export function DriftRow({ one: { item, person, shouldBe, is, state, why, mender, nextAt } }: { one: Drift }) {
  const card = useCard()
  const mend = useMend(item.id)
  return (
    <NeedRow
      wrong={mend.isError ? sentenceOf(mend.error) : null}
      button={
        state !== 'held' && (
          <Button disabledFocusable={mend.isPending} onClick={() => mend.mutate()}>
            {state === 'refused' ? 'Try again' : 'Look now'}
          </Button>
        )
      }
    >
      {person.name} should be {shouldBe} of <ItemLink item={item} />, and is {is}.
      <p className={card.quiet}>
        {withMender(why, mender ?? 'nobody')}
        {nextAt !== null && ` Ringside ${state === 'refused' ? 'tries' : 'looks'} again by itself on ${fullTime(nextAt)}.`}
      </p>
    </NeedRow>
  )
}
