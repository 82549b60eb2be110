import { makeStyles, mergeClasses } from '@fluentui/react-components'
import {
  Building20Regular,
  Calculator20Regular,
  Handshake20Regular,
  Lightbulb20Regular,
  Person20Regular,
  Receipt20Regular,
  Shapes20Regular,
  Signature20Regular,
  type FluentIcon,
} from '@fluentui/react-icons'
import { ITEM_TYPES } from '../../core/item.ts'
import type { ItemType } from '../data/types.ts'
import { tokens } from '../theme.ts'
import { stageColour } from './stages.ts'

const ICONS: Readonly<Record<ItemType, FluentIcon>> = {
  lead: Lightbulb20Regular,
  deal: Handshake20Regular,
  contact: Person20Regular,
  company: Building20Regular,
  invoice: Receipt20Regular,
  custom: Shapes20Regular,
  estimate: Calculator20Regular,
  document: Signature20Regular,
}

const useStyles = makeStyles({
  tile: {
    display: 'inline-grid',
    placeItems: 'center',
    flexShrink: 0,
    width: '36px',
    height: '36px',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontSize: '22px',
  },
  stage: { display: 'inline-flex', alignItems: 'center', gap: '8px', flexShrink: 0, whiteSpace: 'nowrap', verticalAlign: 'middle' },
  dot: { width: '8px', height: '8px', borderRadius: '50%', flexShrink: 0, forcedColorAdjust: 'none' },
})

export function TypeTile({ type, className }: { type: ItemType; className?: string }) {
  const styles = useStyles()
  const Icon = ICONS[type]
  return (
    <span className={mergeClasses(styles.tile, className)} role="img" aria-label={ITEM_TYPES[type].title}>
      <Icon />
    </span>
  )
}

export function Stage({ stage }: { stage: string }) {
  const styles = useStyles()
  return (
    <span className={styles.stage}>
      <span className={styles.dot} style={{ backgroundColor: stageColour(stage) }} />
      {stage}
    </span>
  )
}
