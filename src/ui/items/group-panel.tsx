import { Button, makeStyles, OverlayDrawer } from '@fluentui/react-components'
import { Dismiss24Regular } from '@fluentui/react-icons'
import { useOnePane } from '../parts/media.ts'
import type { GroupActionName, GroupSelection } from '../data/types.ts'
import { tokens } from '../theme.ts'
import { words } from '../words.ts'
import { GroupForm } from './group-form.tsx'
import { GroupProgress } from './group-progress.tsx'
import { groupWords } from './group-words.ts'

const useStyles = makeStyles({
  drawer: { width: 'min(440px, 100vw)' },
  sheet: { height: '86dvh', borderTopLeftRadius: '16px', borderTopRightRadius: '16px' },
  panel: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  head: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '8px',
    padding: '12px 12px 8px 24px',
    flexShrink: 0,
  },
  title: { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
})

/** What is to be done with the selected items, or how far something has come that was begun. */
export type GroupStage =
  | { readonly stage: 'asking'; readonly action: GroupActionName; readonly selection: GroupSelection }
  | { readonly stage: 'begun'; readonly action: GroupActionName; readonly id: string }

type Props = {
  readonly stage: GroupStage
  readonly onBegun: (id: string) => void
  /** What came of it was looked at. */
  readonly onSeen: (id: string) => void
  readonly onClose: () => void
}

export function GroupPanel({ stage, onBegun, onSeen, onClose }: Props) {
  const styles = useStyles()
  const sheet = useOnePane()
  const title = groupWords.titles[stage.action]
  return (
    <OverlayDrawer
      open
      position={sheet ? 'bottom' : 'end'}
      className={sheet ? styles.sheet : styles.drawer}
      aria-label={title}
      onOpenChange={(_, data) => !data.open && onClose()}
    >
      <div className={styles.panel}>
        <header className={styles.head}>
          <h2 className={styles.title}>{title}</h2>
          <Button appearance="subtle" size="large" icon={<Dismiss24Regular />} aria-label={words.close} onClick={onClose} />
        </header>
        {stage.stage === 'asking' ? (
          <GroupForm action={stage.action} selection={stage.selection} onBegun={onBegun} onCancel={onClose} />
        ) : (
          <GroupProgress id={stage.id} onSeen={onSeen} onClose={onClose} />
        )}
      </div>
    </OverlayDrawer>
  )
}
