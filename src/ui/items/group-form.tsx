import { Button, DrawerBody, DrawerFooter, makeStyles, Spinner, Switch, Tag, TagGroup } from '@fluentui/react-components'
import { PersonAdd20Regular, PersonSwap20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { useGroupPreview, useStartGroup } from '../data/group-actions.ts'
import type { GroupActionName, GroupPreview, GroupSelection, NewGroupAction, Person } from '../data/types.ts'
import { count } from '../parts/format.ts'
import { Labelled } from '../parts/labelled.tsx'
import { useSay } from '../parts/say.tsx'
import { Failed, LoadingLines } from '../parts/states.tsx'
import { TextLink } from '../parts/text-link.tsx'
import { ChoosePeople } from '../people/choose-people.tsx'
import { Face } from '../people/face.tsx'
import { tokens } from '../theme.ts'
import { words } from '../words.ts'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '20px', paddingTop: '4px' },
  people: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  tags: { display: 'flex', flexWrap: 'wrap', columnGap: '8px', rowGap: '8px' },
  preview: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    padding: '14px 16px',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  hint: { color: tokens.colorNeutralForeground2 },
  reasons: { display: 'flex', flexDirection: 'column', gap: '12px', paddingLeft: '16px' },
  examples: { display: 'flex', flexWrap: 'wrap', gap: '2px 12px', marginTop: '4px' },
})

const TITLES: Record<Exclude<GroupActionName, 'discuss'>, string> = {
  'add-observers': 'Who is to observe them?',
  'remove-observers': 'Who is to be removed?',
  'hand-over': 'Who is responsible from now on?',
}

/** Whom it is about, what would happen, and Apply: nothing is done before that (U4). */
export function GroupForm({
  action,
  selection,
  onBegun,
  onCancel,
}: {
  action: GroupActionName
  selection: GroupSelection
  onBegun: (id: string) => void
  onCancel: () => void
}) {
  const styles = useStyles()
  const say = useSay()
  const [people, setPeople] = useState<readonly Person[]>([])
  const [leaver, setLeaver] = useState<Person | null>(null)
  const [ofOne, setOfOne] = useState(false)
  const starting = useStartGroup()
  // One press is one action, also when the answer is lost and the press repeated.
  const [key] = useState(() => crypto.randomUUID())
  const wish = wishOf(action, selection, people, ofOne ? leaver : null, ofOne)
  const preview = useGroupPreview(wish)
  const apply = () => wish && starting.mutate({ wish, key }, { onSuccess: ({ id }) => onBegun(id), onError: say.failed })
  return (
    <>
      <DrawerBody>
        <div className={styles.body}>
          {action !== 'discuss' && <PeopleField title={TITLES[action]} one={action === 'hand-over'} people={people} onPeople={setPeople} />}
          {action === 'hand-over' && (
            <div>
              <Switch
                label="Every place of one person, also as an observer"
                checked={ofOne}
                onChange={(_, data) => setOfOne(data.checked)}
              />
              {ofOne && (
                <PeopleField title="Whose places?" one people={leaver ? [leaver] : []} onPeople={([person]) => setLeaver(person ?? null)} />
              )}
            </div>
          )}
          {action === 'discuss' && (
            <p className={styles.hint}>
              Each chat is opened with the responsible person and all observers of its item in it. You join none of them by this; press
              Discuss at an item to come in.
            </p>
          )}
          {wish && (
            <section className={styles.preview} aria-label="What will happen" aria-busy={preview.isFetching}>
              {preview.isPending && <LoadingLines label="Counting" rows={1} />}
              {preview.isError && <Failed error={preview.error} onRetry={() => void preview.refetch()} />}
              {preview.data && <Foreseen preview={preview.data} />}
            </section>
          )}
        </div>
      </DrawerBody>
      <DrawerFooter>
        <Button
          appearance="primary"
          icon={starting.isPending ? <Spinner size="extra-tiny" /> : null}
          disabledFocusable={!preview.data || preview.data.changed === 0 || preview.isFetching || starting.isPending}
          onClick={apply}
        >
          Apply
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </DrawerFooter>
    </>
  )
}

function wishOf(
  action: GroupActionName,
  selection: GroupSelection,
  people: readonly Person[],
  leaver: Person | null,
  ofOne: boolean,
): NewGroupAction | null {
  if (action === 'discuss') return { action, selection }
  if (people.length === 0 || (ofOne && !leaver)) return null
  return { action, selection, people: people.map(({ id }) => id), ...(leaver ? { from: leaver.id } : {}) }
}

function PeopleField({
  title,
  one,
  people,
  onPeople,
}: {
  title: string
  one: boolean
  people: readonly Person[]
  onPeople: (people: readonly Person[]) => void
}) {
  const styles = useStyles()
  return (
    <Labelled label={title}>
      <div className={styles.people}>
        {people.length > 0 && (
          <TagGroup
            className={styles.tags}
            aria-label={title}
            onDismiss={(_, data) => onPeople(people.filter((person) => person.id !== data.value))}
          >
            {people.map((person) => (
              <Tag
                key={person.id}
                value={person.id}
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
          multi={!one}
          title={title}
          button={{ children: one ? 'Choose a person' : 'Choose people', icon: one ? <PersonSwap20Regular /> : <PersonAdd20Regular /> }}
          picked={people}
          action={(number) => (number ? `Select ${count(number, 'person', 'people')}` : 'Select nobody')}
          onChosen={onPeople}
        />
      </div>
    </Labelled>
  )
}

/** The sentence, and which items cannot. */
function Foreseen({ preview }: { preview: GroupPreview }) {
  const styles = useStyles()
  const [shown, setShown] = useState(false)
  const reasons = preview.reasons.filter(({ examples }) => examples.length > 0)
  return (
    <>
      <p role="status">{preview.sentence}</p>
      {reasons.length > 0 && (
        <div>
          <Button size="small" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {shown ? 'Hide which' : 'Show which cannot'}
          </Button>
        </div>
      )}
      {shown && (
        <ul className={styles.reasons}>
          {reasons.map(({ code, person, why, items, examples }) => (
            <li key={`${code} ${person?.id} ${why}`}>
              {why}
              <div className={styles.examples}>
                {examples.map((item) => (
                  <TextLink key={item.id} to="/items/$itemId" params={{ itemId: item.id }} title={item.title}>
                    {item.key}
                  </TextLink>
                ))}
                {items > examples.length && <span className={styles.hint}>and {(items - examples.length).toLocaleString('en')} more</span>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
