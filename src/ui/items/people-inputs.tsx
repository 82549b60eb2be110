import { makeStyles, Tag, TagGroup } from '@fluentui/react-components'
import { PersonSwap20Regular, PersonAdd20Regular } from '@fluentui/react-icons'
import type { Person } from '../data/types.ts'
import { count } from '../parts/format.ts'
import { Labelled } from '../parts/labelled.tsx'
import { ChoosePeople } from '../people/choose-people.tsx'
import { Face, NamedFace } from '../people/face.tsx'
import { media, tokens } from '../theme.ts'
import { words } from '../words.ts'

const useStyles = makeStyles({
  people: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  group: { display: 'flex', flexWrap: 'wrap', columnGap: '0', rowGap: '8px' },
  tag: { [media.belowOnePane]: { minHeight: '44px' } },
  one: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '8px', minHeight: '32px' },
  none: { color: tokens.colorNeutralForeground3 },
})

/** The responsible person while the form is edited. */
export function ResponsibleInput({
  person,
  hint,
  onChange,
}: {
  person: Person | null
  hint: string | null
  onChange: (person: Person) => void
}) {
  const styles = useStyles()
  return (
    <Labelled label={words.responsible} hint={hint}>
      <div className={styles.one}>
        {person ? <NamedFace person={person} size={28} /> : <span className={styles.none}>Nobody</span>}
        <ChoosePeople
          title="Who is responsible?"
          button={{ children: 'Change', icon: <PersonSwap20Regular />, 'aria-label': 'Change the responsible person' }}
          picked={person ? [person] : []}
          onChosen={(people) => people[0] && onChange(people[0])}
        />
      </div>
    </Labelled>
  )
}

/** The observers while the form is edited: nothing is sent before Save. */
export function ObserversInput({
  observers,
  onChange,
}: {
  observers: readonly Person[]
  onChange: (observers: readonly Person[]) => void
}) {
  const styles = useStyles()
  return (
    <Labelled label={words.observers}>
      <div className={styles.people}>
        {observers.length > 0 && (
          <TagGroup
            className={styles.group}
            aria-label="Chosen observers"
            onDismiss={(_, data) => onChange(observers.filter((person) => person.id !== data.value))}
          >
            {observers.map((person) => (
              <Tag
                key={person.id}
                value={person.id}
                className={styles.tag}
                shape="circular"
                dismissible
                dismissIcon={{ 'aria-label': `remove ${person.name}` }}
                media={<Face person={person} size={24} />}
              >
                {person.name}
              </Tag>
            ))}
          </TagGroup>
        )}
        <ChoosePeople
          multi
          title={words.observers}
          button={{ children: 'Choose people', icon: <PersonAdd20Regular /> }}
          picked={observers}
          action={(number) => (number ? `Select ${count(number, 'person', 'people')}` : 'Select nobody')}
          onChosen={onChange}
        />
      </div>
    </Labelled>
  )
}
