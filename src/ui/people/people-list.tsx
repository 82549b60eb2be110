import { Button, Checkbox, makeStyles, mergeClasses, SearchBox, Text } from '@fluentui/react-components'
import { useState } from 'react'
import type { Person } from '../data/types.ts'
import { usePeople } from '../data/people.ts'
import { useDelayed } from '../parts/hooks.ts'
import { Failed, LoadingLines } from '../parts/states.tsx'
import { tokens } from '../theme.ts'
import { Face } from './face.tsx'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', minHeight: 0, flex: 1, gap: '8px' },
  search: { maxWidth: 'none', width: '100%' },
  rows: { overflowY: 'auto', flex: 1, minHeight: '96px', margin: '0 -4px', padding: '2px 4px' },
  row: {
    width: '100%',
    maxWidth: 'none',
    minHeight: '44px',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'flex-start',
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  single: { padding: '4px 8px', fontWeight: tokens.fontWeightRegular },
  box: { alignSelf: 'center' },
  label: { width: '100%', paddingTop: '4px', paddingBottom: '4px' },
  who: { display: 'flex', alignItems: 'center', gap: '10px', minWidth: 0, textAlign: 'left', color: tokens.colorNeutralForeground1 },
  name: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  role: { color: tokens.colorNeutralForeground3, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  none: { padding: '24px 8px', textAlign: 'center', color: tokens.colorNeutralForeground2 },
})

type Props = {
  readonly label: string
  readonly picked: readonly Person[]
  readonly onPicked: (picked: readonly Person[]) => void
  /** Several are ticked; else a click on one is the choice. */
  readonly multi: boolean
  /** Who is not offered, such as those who are there already. */
  readonly without?: readonly string[]
  readonly className?: string
}

const SEARCH_WAIT_MS = 150

/** Search and a list of faces: to tick several, or to choose one. */
export function PeopleList({ label, picked, onPicked, multi, without = [], className }: Props) {
  const styles = useStyles()
  const [query, setQuery] = useState('')
  const people = usePeople(useDelayed(query, SEARCH_WAIT_MS))
  const offered = offer(people.data?.items ?? [], query ? [] : picked, without)
  return (
    <div className={mergeClasses(styles.list, className)}>
      <SearchBox
        className={styles.search}
        aria-label={`Search people: ${label}`}
        placeholder="Search people"
        value={query}
        onChange={(_, data) => setQuery(data.value)}
      />
      <div className={styles.rows} role="group" aria-label={label} tabIndex={-1}>
        {people.isPending && <LoadingLines label="Loading people" rows={3} />}
        {people.isError && <Failed error={people.error} onRetry={() => void people.refetch()} />}
        {people.isSuccess && offered.length === 0 && (
          <p className={styles.none}>{query ? 'Nobody else by that name.' : 'Everybody is here already.'}</p>
        )}
        {offered.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            multi={multi}
            picked={has(picked, person)}
            onPick={() => onPicked(multi ? toggled(picked, person) : [person])}
          />
        ))}
      </div>
    </div>
  )
}

function PersonRow({ person, multi, picked, onPick }: { person: Person; multi: boolean; picked: boolean; onPick: () => void }) {
  const styles = useStyles()
  const who = (
    <span className={styles.who}>
      <Face person={person} size={28} />
      <span className={styles.name}>
        <span>{person.name}</span>
        {person.title && (
          <Text size={200} className={styles.role}>
            {person.title}
          </Text>
        )}
      </span>
    </span>
  )
  if (multi)
    return (
      <Checkbox
        className={styles.row}
        checked={picked}
        onChange={onPick}
        label={{ children: who, className: styles.label }}
        indicator={{ className: styles.box }}
      />
    )
  return (
    <Button appearance="transparent" className={mergeClasses(styles.row, styles.single)} aria-pressed={picked} onClick={onPick}>
      {who}
    </Button>
  )
}

/** Whoever is ticked stands first, so that nobody has to be searched for again to be unticked. */
function offer(found: readonly Person[], picked: readonly Person[], without: readonly string[]): readonly Person[] {
  const rest = found.filter((person) => !has(picked, person))
  return [...picked, ...rest].filter((person) => !without.includes(person.id))
}

function has(people: readonly Person[], person: Person): boolean {
  return people.some((other) => other.id === person.id)
}

function toggled(people: readonly Person[], person: Person): readonly Person[] {
  return has(people, person) ? people.filter((other) => other.id !== person.id) : [...people, person]
}
