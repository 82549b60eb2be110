import { Button, makeStyles, ProgressBar } from '@fluentui/react-components'
import { Attach16Regular, Dismiss16Regular } from '@fluentui/react-icons'
import { tokens } from '../theme.ts'
import type { Upload } from './use-uploads.ts'

const useStyles = makeStyles({
  list: { gridColumn: '1 / -1', display: 'flex', flexWrap: 'wrap', gap: '8px' },
  one: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    alignItems: 'center',
    gap: '2px 6px',
    maxWidth: '220px',
    padding: '2px 2px 2px 8px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    fontSize: tokens.fontSizeBase200,
  },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  bar: { gridColumn: '1 / -1' },
  why: { gridColumn: '1 / -1', color: tokens.colorStatusDangerForeground1 },
})

/** What goes with the next message. */
export function UploadList({ uploads, onRemove }: { uploads: readonly Upload[]; onRemove: (key: string) => void }) {
  const styles = useStyles()
  if (uploads.length === 0) return null
  return (
    <ul className={styles.list} aria-label="Files to send">
      {uploads.map((one) => (
        <li key={one.key} className={styles.one}>
          <Attach16Regular aria-hidden />
          <span className={styles.name} title={one.name}>
            {one.name}
          </span>
          <Button
            appearance="subtle"
            size="small"
            icon={<Dismiss16Regular />}
            aria-label={`Remove ${one.name}`}
            onClick={() => onRemove(one.key)}
          />
          {one.id === null && one.why === null && (
            <ProgressBar className={styles.bar} value={one.sent} aria-label={`Sending ${one.name}`} />
          )}
          {one.why && (
            <span className={styles.why} role="alert">
              {one.why}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
