import { Button, makeStyles } from '@fluentui/react-components'
import { Edit20Regular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { ITEM_TYPES } from '../../core/item.ts'
import type { Item } from '../data/types.ts'
import { fullTime, money } from '../parts/format.ts'
import { NamedFace } from '../people/face.tsx'
import { media, tokens } from '../theme.ts'
import { words } from '../words.ts'
import { CardHead } from './card-head.tsx'
import { StageSteps } from './stage-steps.tsx'

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: '16px 24px',
    marginTop: '16px',
    [media.belowPhone]: { gridTemplateColumns: 'minmax(0, 1fr)', gap: '12px' },
  },
  label: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, marginBottom: '2px' },
  value: { minHeight: '24px', display: 'flex', alignItems: 'center', overflowWrap: 'anywhere' },
  none: { color: tokens.colorNeutralForeground3 },
  whole: { gridColumn: '1 / -1' },
})

/** The form as it is read. */
export function ItemFacts({ item, onEdit }: { item: Item; onEdit: () => void }) {
  const styles = useStyles()
  return (
    <>
      <CardHead id="details" title="Details">
        {item.may.edit && <Button appearance="subtle" icon={<Edit20Regular />} aria-label={`Edit ${item.key}`} onClick={onEdit} />}
      </CardHead>
      <dl className={styles.facts}>
        <Fact label="Stage" whole>
          <StageSteps type={item.type} stage={item.stage} />
        </Fact>
        <Fact label="Type">{ITEM_TYPES[item.type].title}</Fact>
        <Fact label="Amount">{money(item.amount, item.currency) || <span className={styles.none}>Not set</span>}</Fact>
        <Fact label={words.responsible}>
          {item.responsible ? <NamedFace person={item.responsible} /> : <span className={styles.none}>Nobody</span>}
        </Fact>
        <Fact label="Last change">{fullTime(item.updatedAt)}</Fact>
      </dl>
    </>
  )
}

function Fact({ label, whole = false, children }: { label: string; whole?: boolean; children: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={whole ? styles.whole : ''}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  )
}
