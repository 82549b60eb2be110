import { makeStyles, MessageBar, MessageBarBody, Spinner, Text } from '@fluentui/react-components'
import { useSignIn } from '../data/me.ts'
import { sentenceOf } from '../data/problem.ts'
import type { DemoPerson } from '../data/types.ts'
import { media, tokens } from '../theme.ts'
import { Face } from './face.tsx'

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(210px, 1fr))',
    gap: '12px',
    [media.belowPhone]: { gridTemplateColumns: 'minmax(0, 1fr)', gap: '8px' },
  },
  card: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    width: '100%',
    height: '100%',
    minHeight: '72px',
    padding: '12px 14px',
    textAlign: 'left',
    cursor: 'pointer',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    fontFamily: 'inherit',
    transitionProperty: 'border-color, box-shadow',
    transitionDuration: '150ms',
    ':hover': { border: `1px solid ${tokens.colorBrandStroke1}`, boxShadow: tokens.shadow8 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, flex: 1 },
  role: { color: tokens.colorNeutralForeground3, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
})

/** The demo people as faces: one click, and one is that person. */
export function FaceGrid({ people }: { people: readonly DemoPerson[] }) {
  const styles = useStyles()
  const signIn = useSignIn()
  return (
    <>
      {signIn.isError && (
        <MessageBar intent="error">
          <MessageBarBody>{sentenceOf(signIn.error)}</MessageBarBody>
        </MessageBar>
      )}
      <ul className={styles.grid}>
        {people.map((person) => (
          <li key={person.id}>
            <button type="button" className={styles.card} onClick={() => signIn.isPending || signIn.mutate(person.id)}>
              <Face person={person} size={48} />
              <span className={styles.words}>
                <Text weight="semibold">{person.name}</Text>
                <Text size={200} className={styles.role}>
                  {person.title ?? roleName(person.role)}
                </Text>
              </span>
              {signIn.isPending && signIn.variables === person.id && <Spinner size="tiny" aria-label="Signing in" />}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function roleName(role: string): string {
  return role.charAt(0).toUpperCase() + role.slice(1)
}
