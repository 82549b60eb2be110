import { Button, makeStyles } from '@fluentui/react-components'
import { useAccessRequests, useDecideRequest } from '../data/requests.ts'
import { sentenceOf } from '../data/problem.ts'
import type { AccessRequest, Item } from '../data/types.ts'
import { ago, fullTime } from '../parts/format.ts'
import { useNow } from '../parts/hooks.ts'
import { NamedFace } from '../people/face.tsx'
import { tokens } from '../theme.ts'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '8px', marginBottom: '16px' },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 12px',
    padding: '10px 12px',
    border: `1px solid ${tokens.colorBrandStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  words: { flex: '1 1 180px', minWidth: 0, overflowWrap: 'anywhere' },
  time: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  wrong: { color: tokens.colorStatusDangerForeground1, width: '100%' },
})

/** Who asked for access, for whoever may give it. A denial is not told to them. */
export function AccessRequests({ item }: { item: Item }) {
  const styles = useStyles()
  const requests = useAccessRequests(item)
  const waiting = requests.data?.items ?? []
  if (waiting.length === 0) return null
  return (
    <ul className={styles.list} aria-label="Requests for access">
      {waiting.map((request) => (
        <Row key={request.id} item={item} request={request} />
      ))}
    </ul>
  )
}

function Row({ item, request }: { item: Item; request: AccessRequest }) {
  const styles = useStyles()
  const now = useNow()
  const decide = useDecideRequest(item.id)
  const button = (grant: boolean) => ({
    size: 'small' as const,
    disabledFocusable: decide.isPending,
    onClick: () => decide.mutate({ request: request.id, grant }),
  })
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <NamedFace person={request.person} /> asks for access{' '}
        <time className={styles.time} dateTime={request.askedAt} title={fullTime(request.askedAt)}>
          {ago(request.askedAt, now)}
        </time>
      </div>
      <Button appearance="primary" aria-label={`Grant ${request.person.name} access`} {...button(true)}>
        Grant
      </Button>
      <Button aria-label={`Deny ${request.person.name} access`} {...button(false)}>
        Deny
      </Button>
      {decide.isError && (
        <p className={styles.wrong} role="alert">
          {sentenceOf(decide.error)}
        </p>
      )}
    </li>
  )
}
