import { Button, makeStyles, Switch, Text, Toolbar, ToolbarButton } from '@fluentui/react-components'
import { Chat20Regular, Dismiss20Regular, PersonAdd20Regular, PersonDelete20Regular, PersonSwap20Regular } from '@fluentui/react-icons'
import type { GroupActionName } from '../data/types.ts'
import { media, tokens } from '../theme.ts'
import { groupWords } from './group-words.ts'
import type { Selecting } from './use-selection.ts'

const useStyles = makeStyles({
  bar: {
    position: 'sticky',
    bottom: 0,
    zIndex: 3,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    margin: '0 28px 24px',
    padding: '6px 8px 6px 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorBrandStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow16,
    animationName: { from: { transform: 'translateY(100%)', opacity: 0 }, to: { transform: 'none', opacity: 1 } },
    animationDuration: tokens.durationNormal,
    '@media (prefers-reduced-motion: reduce)': { animationDuration: '1ms' },
    [media.belowTwoPanes]: { margin: '8px 8px 8px', padding: '6px 8px 6px 12px' },
  },
  acts: {
    flex: 1,
    justifyContent: 'flex-end',
    flexWrap: 'wrap',
    padding: 0,
    // On a phone one row that is pushed sideways.
    [media.belowOnePane]: {
      justifyContent: 'flex-start',
      flexWrap: 'nowrap',
      flex: '1 1 calc(100% - 64px)',
      minWidth: 0,
      overflowX: 'auto',
    },
  },
  act: { flexShrink: 0, whiteSpace: 'nowrap', [media.belowOnePane]: { minHeight: '44px', paddingLeft: '6px', paddingRight: '10px' } },
  clear: { [media.belowOnePane]: { marginLeft: 'auto' } },
})

const ACTS = [
  { action: 'add-observers', icon: <PersonAdd20Regular /> },
  { action: 'remove-observers', icon: <PersonDelete20Regular /> },
  { action: 'discuss', icon: <Chat20Regular /> },
  { action: 'hand-over', icon: <PersonSwap20Regular /> },
] as const satisfies readonly { action: GroupActionName; icon: React.ReactElement }[]

/** Comes up from below while something is selected. `total`: of everything that matches, on every page (O11). */
export function SelectionBar({
  selecting,
  total,
  onAct,
}: {
  selecting: Selecting
  total: number
  onAct: (action: GroupActionName) => void
}) {
  const styles = useStyles()
  const { selection, count } = selecting
  return (
    <section className={styles.bar} aria-label="Selection">
      <Text weight="semibold" role="status">
        {groupWords.selected(count)}
      </Text>
      <Switch
        label={groupWords.everyPage(total)}
        checked={selection.kind === 'all'}
        onChange={(_, data) => selecting.everything(data.checked)}
      />
      <Toolbar aria-label="What to do with the selected items" className={styles.acts}>
        {ACTS.map(({ action, icon }) => (
          <ToolbarButton key={action} className={styles.act} icon={icon} onClick={() => onAct(action)}>
            {groupWords.titles[action]}
          </ToolbarButton>
        ))}
      </Toolbar>
      <Button
        appearance="subtle"
        className={styles.clear}
        icon={<Dismiss20Regular />}
        aria-label="Clear selection"
        onClick={selecting.clear}
      />
    </section>
  )
}
