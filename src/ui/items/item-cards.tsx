import { Checkbox, makeStyles, mergeClasses } from '@fluentui/react-components'
import { Chat16Filled } from '@fluentui/react-icons'
import { Link } from '@tanstack/react-router'
import type { Item } from '../data/types.ts'
import { ago, money } from '../parts/format.ts'
import { useNow } from '../parts/hooks.ts'
import { Face, Pile } from '../people/face.tsx'
import { media, tokens } from '../theme.ts'
import { words } from '../words.ts'
import { useDiscuss } from './discuss.tsx'
import { ItemMenu } from './item-menu.tsx'
import { Stage } from './marks.tsx'
import type { Selecting } from './use-selection.ts'

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 300px), 1fr))',
    gap: '8px',
    padding: '0 28px 24px',
    [media.belowOnePane]: { padding: '0 16px 16px' },
  },
  card: {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gridTemplateRows: '1fr auto auto',
    alignItems: 'start',
    padding: '8px 4px 12px 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  title: {
    paddingTop: '10px',
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    overflowWrap: 'anywhere',
    // The whole card is the link; the menu lies above it.
    '::after': { content: '""', position: 'absolute', inset: 0, borderRadius: 'inherit' },
    ':focus-visible': { outlineStyle: 'none' },
    ':focus-visible::after': { outline: `2px solid ${tokens.colorStrokeFocus2}`, borderRadius: tokens.borderRadiusXLarge },
  },
  selected: { backgroundColor: tokens.colorBrandBackground2, border: `1px solid ${tokens.colorBrandStroke1}` },
  acts: { display: 'flex', alignItems: 'center' },
  select: { position: 'relative', zIndex: 1, minWidth: '44px', minHeight: '44px', justifyContent: 'center' },
  more: { position: 'relative', zIndex: 1 },
  facts: {
    gridColumn: '1 / -1',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '2px 12px',
    paddingRight: '12px',
    color: tokens.colorNeutralForeground2,
  },
  people: {
    gridColumn: '1 / -1',
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    marginTop: '10px',
    paddingRight: '12px',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
  chat: { color: tokens.colorBrandForeground1, display: 'inline-flex' },
  updated: { marginLeft: 'auto' },
})

export function ItemCards({ items, selecting }: { items: readonly Item[]; selecting: Selecting }) {
  const styles = useStyles()
  const now = useNow()
  const { discuss } = useDiscuss()
  return (
    <ul className={styles.list} aria-label="Items, latest change first">
      {items.map((item) => (
        <li key={item.id} className={mergeClasses(styles.card, selecting.has(item.id) && styles.selected)}>
          <Link to="/items/$itemId" params={{ itemId: item.id }} className={styles.title} data-item={item.id}>
            {item.title}
          </Link>
          <span className={styles.acts}>
            <Checkbox
              className={styles.select}
              aria-label={`Select ${item.key}`}
              checked={selecting.has(item.id)}
              onChange={() => selecting.toggle(item.id, false)}
            />
            <ItemMenu item={item} onDiscuss={() => discuss(item)} className={styles.more} />
          </span>
          <div className={styles.facts}>
            <span>{item.key}</span>
            <Stage stage={item.stage} />
            <span>{money(item.amount, item.currency)}</span>
          </div>
          <div className={styles.people}>
            {item.responsible && (
              <span role="img" aria-label={`${words.responsible}: ${item.responsible.name}`}>
                <Face person={item.responsible} size={24} />
              </span>
            )}
            <Pile people={item.observers} label={words.observers} />
            {item.chat && (
              <span className={styles.chat}>
                <Chat16Filled aria-label="Has a chat" />
              </span>
            )}
            <span className={styles.updated}>{ago(item.updatedAt, now)}</span>
          </div>
        </li>
      ))}
    </ul>
  )
}
