import { makeStyles, Text } from '@fluentui/react-components'
import { PersonAdd20Regular } from '@fluentui/react-icons'
import { useRef, useState } from 'react'
import { useChangeObservers } from '../data/items.ts'
import type { Item, Observer, Outcome } from '../data/types.ts'
import { coachDid } from '../parts/coach-memory.ts'
import { Outcomes } from '../parts/outcomes.tsx'
import { useSay } from '../parts/say.tsx'
import { ChoosePeople } from '../people/choose-people.tsx'
import { tokens } from '../theme.ts'
import { words } from '../words.ts'
import { ObserverChip } from './observer-chip.tsx'

const useStyles = makeStyles({
  field: {
    marginTop: '20px',
    paddingTop: '16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
  },
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '8px', outlineStyle: 'none' },
  title: { fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  count: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  chips: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  none: { color: tokens.colorNeutralForeground3 },
})

/** The observers of an item, with Add at hand and ✕ on each. What could not be done says why, below. */
export function ObserversField({ item }: { item: Item }) {
  const styles = useStyles()
  const head = useRef<HTMLDivElement>(null)
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([])
  const { add, remove } = useObserverActs(item, setOutcomes)
  const removed = (observer: Observer) => {
    // The chip under the finger goes away: the focus goes to the head of the field, not to the start of the page.
    head.current?.focus()
    remove(observer)
  }
  const listed = [...item.observers.map((person) => person.id), ...(item.responsible ? [item.responsible.id] : [])]
  return (
    <div className={styles.field}>
      <div className={styles.head} ref={head} tabIndex={-1}>
        <h3 className={styles.title}>
          {words.observers} {item.observers.length > 0 && <span className={styles.count}>{item.observers.length}</span>}
        </h3>
        {item.may.appoint && (
          <ChoosePeople
            multi
            title="Add observers"
            button={{ children: 'Add', icon: <PersonAdd20Regular />, 'aria-label': 'Add observers' }}
            without={listed}
            action={words.addObservers}
            onChosen={(people) => add(people.map((person) => person.id))}
          />
        )}
      </div>
      {item.observers.length === 0 && <Text className={styles.none}>{words.noObservers}</Text>}
      <ul className={styles.chips}>
        {item.observers.map((observer) => (
          <li key={observer.id}>
            <ObserverChip item={item} observer={observer} {...(item.may.appoint ? { onRemove: () => removed(observer) } : {})} />
          </li>
        ))}
      </ul>
      <Outcomes outcomes={outcomes} onDismiss={() => setOutcomes([])} />
    </div>
  )
}

function useObserverActs(item: Item, told: (outcomes: readonly Outcome[]) => void) {
  const change = useChangeObservers(item.id)
  const say = useSay()
  const add = (people: string[]) => change.mutate({ add: people }, { onSuccess: (answer) => told(answer.outcomes), onError: say.failed })
  const remove = async (observer: Observer) => {
    // mutateAsync: the Undo must come even when this part of the page is gone by the time of the answer.
    try {
      const answer = await change.mutateAsync({ remove: [observer.id] })
      coachDid('remove')
      told(answer.outcomes)
      if (!answer.item.observers.some((one) => one.id === observer.id))
        say.withUndo(words.noLongerObserves(observer, item.key), () => add([observer.id]))
    } catch (error) {
      say.failed(error)
    }
  }
  return { add, remove: (observer: Observer) => void remove(observer) }
}
