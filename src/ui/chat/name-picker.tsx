import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { useState, type KeyboardEvent, type RefObject } from 'react'
import { useMembers } from '../data/chats.ts'
import { useMe } from '../data/me.ts'
import type { Person } from '../data/types.ts'
import { Face } from '../people/face.tsx'
import { tokens } from '../theme.ts'

const NAMES_MAX = 6
/** An @ at the beginning of a word, and up to two words of a name after it. */
const BEGUN = /(?<![\p{L}\p{N}_])@([\p{L}\p{N}'’-]*(?: [\p{L}'’-]*)?)$/u

const useStyles = makeStyles({
  list: {
    position: 'absolute',
    left: '20px',
    bottom: '100%',
    minWidth: '220px',
    maxWidth: 'calc(100% - 40px)',
    padding: '4px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow16,
    zIndex: 1,
  },
  name: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    width: '100%',
    minHeight: '36px',
    padding: '4px 8px',
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
  },
  here: { backgroundColor: tokens.colorNeutralBackground1Selected },
})

/** After an @ the members whose names go on so; Enter, Tab or a press takes one. */
export function useNamePicker(chatId: string, box: RefObject<HTMLTextAreaElement | null>, text: string, write: (text: string) => void) {
  const members = useMembers(chatId)
  const me = useMe().id
  const [place, setPlace] = useState(0)
  const [dismissed, setDismissed] = useState<string | null>(null)
  const caret = box.current?.selectionStart ?? text.length
  const begun = BEGUN.exec(text.slice(0, caret))
  const wanted = begun?.[1]?.toLowerCase()
  const fits = (person: Person) =>
    person.id !== me &&
    person.name
      .toLowerCase()
      .split(' ')
      .some((_, at, all) =>
        all
          .slice(at)
          .join(' ')
          .startsWith(wanted ?? ''),
      )
  const people = wanted === undefined || dismissed === begun?.[0] ? [] : (members.data ?? []).filter(fits).slice(0, NAMES_MAX)
  const here = Math.min(place, people.length - 1)

  function take(person: Person): void {
    const from = begun?.index ?? text.length
    const before = `${text.slice(0, from)}@${person.name} `
    write(before + text.slice(from + (begun?.[0].length ?? 0)).trimStart())
    setPlace(0)
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(before.length, before.length)
    })
  }

  /** Whether the key was for the list. */
  function pressed(event: KeyboardEvent): boolean {
    const person = people[here]
    if (!person) return false
    const does: Record<string, () => void> = {
      ArrowDown: () => setPlace((here + 1) % people.length),
      ArrowUp: () => setPlace((here + people.length - 1) % people.length),
      Enter: () => take(person),
      Tab: () => take(person),
      Escape: () => setDismissed(begun?.[0] ?? null),
    }
    const act = does[event.key]
    if (!act) return false
    event.preventDefault()
    event.stopPropagation()
    act()
    return true
  }

  return { people, here, take, pressed }
}

export function NamePicker({ picker: { people, here, take } }: { picker: ReturnType<typeof useNamePicker> }) {
  const styles = useStyles()
  if (people.length === 0) return null
  return (
    <div className={styles.list} role="listbox" aria-label="People to name">
      {people.map((person, at) => (
        <button
          key={person.id}
          type="button"
          role="option"
          aria-selected={at === here}
          className={mergeClasses(styles.name, at === here && styles.here)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(person)}
        >
          <Face person={person} size={24} /> {person.name}
        </button>
      ))}
    </div>
  )
}
