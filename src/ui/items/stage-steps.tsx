import { makeStyles } from '@fluentui/react-components'
import type { ItemType } from '../data/types.ts'
import { media, tokens } from '../theme.ts'
import { Stage } from './marks.tsx'
import { STAGES, stageColour } from './stages.ts'

const useStyles = makeStyles({
  steps: { display: 'flex', alignItems: 'center', gap: '12px', width: '100%' },
  bars: { display: 'flex', gap: '3px', flex: 1, maxWidth: '240px', [media.belowPhone]: { maxWidth: '140px' } },
  bar: { flex: 1, height: '6px', borderRadius: '3px', backgroundColor: tokens.colorNeutralBackground5, forcedColorAdjust: 'none' },
})

const ENDS_BADLY = ['Lost', 'Unqualified', 'Declined', 'Overdue', 'Inactive']

/** How far along the item is. A stage we do not know of has no place in the row, and shows by its name alone. */
export function StageSteps({ type, stage }: { type: ItemType; stage: string }) {
  const styles = useStyles()
  const way = STAGES[type].filter((one) => !ENDS_BADLY.includes(one))
  const at = way.indexOf(stage)
  return (
    <div className={styles.steps}>
      <Stage stage={stage} />
      {at >= 0 && (
        <div className={styles.bars} role="img" aria-label={`Step ${at + 1} of ${way.length}`}>
          {way.map((one, index) => (
            <span key={one} className={styles.bar} style={index <= at ? { backgroundColor: stageColour(stage) } : {}} />
          ))}
        </div>
      )}
    </div>
  )
}
