import { Avatar, makeStyles, mergeClasses, Tooltip } from '@fluentui/react-components'
import type { Person } from '../data/types.ts'
import { nameList } from '../parts/format.ts'
import { tokens } from '../theme.ts'

type Named = Pick<Person, 'id' | 'name'>
type Size = 20 | 24 | 28 | 32 | 36 | 40 | 48 | 56 | 64 | 72

/** A person's face: initials in the colour that is theirs on every page. The name beside it says who it is. */
export function Face({ person, size = 28 }: { person: Named; size?: Size }) {
  return <Avatar name={person.name} color={colourOf(person.name)} size={size} aria-hidden />
}

/** Fluent's own choice has greys in it, which look like somebody who is not there. */
const COLOURS = [
  'teal',
  'cornflower',
  'grape',
  'pumpkin',
  'forest',
  'magenta',
  'royal-blue',
  'gold',
  'lavender',
  'cranberry',
  'seafoam',
  'plum',
  'peach',
  'pink',
] as const

/** By name, so that a face looks the same on every page and in every installation; 71 spreads short names well. */
function colourOf(name: string): (typeof COLOURS)[number] {
  let sum = 0
  for (const letter of name) sum = (sum * 71 + letter.charCodeAt(0)) >>> 0
  return COLOURS[sum % COLOURS.length] ?? 'teal'
}

const useStyles = makeStyles({
  pile: { display: 'inline-flex', alignItems: 'center', verticalAlign: 'middle' },
  face: { display: 'inline-flex', borderRadius: '50%', boxShadow: `0 0 0 2px ${tokens.colorNeutralBackground1}` },
  next: { marginLeft: '-4px' },
  more: { marginLeft: '6px', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  named: { display: 'inline-flex', alignItems: 'center', gap: '8px', minWidth: 0, maxWidth: '100%', verticalAlign: 'middle' },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
})

/** Several faces, overlapping, "+n" for those behind. Read out as one list of names. */
export function Pile({
  people,
  max = 3,
  size = 24,
  label,
}: {
  people: readonly Named[]
  max?: number
  size?: 20 | 24 | 28
  label: string
}) {
  const styles = useStyles()
  if (people.length === 0) return null
  const names = nameList(
    people.map((person) => person.name),
    6,
  )
  return (
    <Tooltip content={names} relationship="inaccessible">
      <span className={styles.pile} role="img" aria-label={`${label}: ${names}`}>
        {people.slice(0, max).map((person, index) => (
          <span key={person.id} className={mergeClasses(styles.face, index > 0 && styles.next)}>
            <Face person={person} size={size} />
          </span>
        ))}
        {people.length > max && <span className={styles.more}>+{people.length - max}</span>}
      </span>
    </Tooltip>
  )
}

export function NamedFace({ person, size = 24 }: { person: Named; size?: Size }) {
  const styles = useStyles()
  return (
    <span className={styles.named}>
      <Face person={person} size={size} />
      <span className={styles.name}>{person.name}</span>
    </span>
  )
}
