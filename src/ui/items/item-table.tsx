import { Button, Checkbox, makeStyles, mergeClasses, Spinner, Tooltip } from '@fluentui/react-components'
import { Chat20Regular, Chat16Filled } from '@fluentui/react-icons'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Item } from '../data/types.ts'
import { ago, fullTime, money } from '../parts/format.ts'
import { useNow } from '../parts/hooks.ts'
import { Unseen } from '../parts/unseen.tsx'
import { NamedFace, Pile } from '../people/face.tsx'
import { media, tokens } from '../theme.ts'
import { words } from '../words.ts'
import { useDiscuss } from './discuss.tsx'
import { ItemMenu } from './item-menu.tsx'
import { Stage } from './marks.tsx'
import type { Selecting } from './use-selection.ts'

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  start: { textAlign: 'left' },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    height: '36px',
    padding: '0 12px',
    whiteSpace: 'nowrap',
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: `inset 0 -1px 0 ${tokens.colorNeutralStroke2}`,
  },
  row: {
    cursor: 'pointer',
    height: '44px',
    boxShadow: `inset 0 -1px 0 ${tokens.colorNeutralStroke3}`,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-within': { backgroundColor: tokens.colorNeutralBackground1Hover },
    '& .act': { opacity: 0 },
    ':hover .act': { opacity: 1 },
    ':focus-within .act': { opacity: 1 },
    '@media (hover: none)': { '& .act': { opacity: 1 } },
  },
  cell: { padding: '0 12px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  select: { width: '44px', padding: '0 0 0 8px', verticalAlign: 'middle' },
  selected: { backgroundColor: tokens.colorBrandBackground2 },
  key: { width: '76px', color: tokens.colorNeutralForeground3 },
  stage: { width: '128px' },
  amount: { width: '120px', textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  responsible: { width: '152px' },
  observers: { width: '112px' },
  chat: { width: '56px', textAlign: 'center', color: tokens.colorBrandForeground1 },
  updated: { width: '108px', color: tokens.colorNeutralForeground3 },
  acts: { width: '144px', textAlign: 'right', padding: '0 12px 0 0' },
  wideOnly: { [media.belowWide]: { display: 'none' } },
  title: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    textDecorationLine: 'none',
    borderRadius: tokens.borderRadiusSmall,
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
})

type Column = {
  readonly name: string
  readonly width: 'key' | 'stage' | 'amount' | 'responsible' | 'observers' | 'chat' | 'updated' | null
  readonly wideOnly: boolean
}

const COLUMNS: readonly Column[] = [
  { name: 'Key', width: 'key', wideOnly: false },
  { name: 'Title', width: null, wideOnly: false },
  { name: 'Stage', width: 'stage', wideOnly: false },
  { name: 'Amount', width: 'amount', wideOnly: false },
  { name: words.responsible, width: 'responsible', wideOnly: true },
  { name: words.observers, width: 'observers', wideOnly: false },
  { name: 'Chat', width: 'chat', wideOnly: true },
  { name: 'Updated', width: 'updated', wideOnly: true },
]

export function ItemTable({ items, selecting }: { items: readonly Item[]; selecting: Selecting }) {
  const styles = useStyles()
  const now = useNow()
  const { discuss, busy } = useDiscuss()
  return (
    <table className={styles.table}>
      <caption>
        <Unseen>Items, latest change first</Unseen>
      </caption>
      <thead>
        <tr>
          <th scope="col" className={mergeClasses(styles.head, styles.select)}>
            <Checkbox
              aria-label="Select all of the list so far"
              checked={selecting.page}
              onChange={(_, data) => selecting.togglePage(data.checked !== false)}
            />
          </th>
          {COLUMNS.map(({ name, width, wideOnly }) => (
            <th
              key={name}
              scope="col"
              className={mergeClasses(styles.start, width !== null && styles[width], styles.head, wideOnly && styles.wideOnly)}
            >
              {name}
            </th>
          ))}
          <th scope="col" className={mergeClasses(styles.head, styles.acts)}>
            <Unseen>Actions</Unseen>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <ItemRow
            key={item.id}
            item={item}
            now={now}
            busy={busy === item.id}
            selected={selecting.has(item.id)}
            onSelect={(range) => selecting.toggle(item.id, range)}
            onDiscuss={() => discuss(item)}
          />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = {
  readonly item: Item
  readonly now: number
  readonly busy: boolean
  readonly selected: boolean
  /** `range`: with everything between it and the one before. */
  readonly onSelect: (range: boolean) => void
  readonly onDiscuss: () => void
}

function ItemRow({ item, now, busy, selected, onSelect, onDiscuss }: RowProps) {
  const styles = useStyles()
  const navigate = useNavigate()
  const open = (event: React.MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('a, button, input, label, [role="menu"]')) return
    void navigate({ to: '/items/$itemId', params: { itemId: item.id } })
  }
  return (
    <tr className={mergeClasses(styles.row, selected && styles.selected)} onClick={open}>
      <td className={styles.select}>
        <Checkbox
          aria-label={`Select ${item.key}`}
          checked={selected}
          onChange={(event) => onSelect((event.nativeEvent as MouseEvent).shiftKey)}
        />
      </td>
      <td className={mergeClasses(styles.cell, styles.key)}>{item.key}</td>
      <td className={styles.cell}>
        <Link to="/items/$itemId" params={{ itemId: item.id }} className={styles.title} data-item={item.id} title={item.title}>
          {item.title}
        </Link>
      </td>
      <td className={mergeClasses(styles.cell, styles.stage)}>
        <Stage stage={item.stage} />
      </td>
      <td className={mergeClasses(styles.cell, styles.amount)}>{money(item.amount, item.currency)}</td>
      <td className={mergeClasses(styles.cell, styles.responsible, styles.wideOnly)}>
        {item.responsible && <NamedFace person={item.responsible} />}
      </td>
      <td className={mergeClasses(styles.cell, styles.observers)}>
        <Pile people={item.observers} label={words.observers} />
      </td>
      <td className={mergeClasses(styles.cell, styles.chat, styles.wideOnly)}>
        {item.chat && <Chat16Filled aria-label="Has a chat" style={{ verticalAlign: 'middle' }} />}
      </td>
      <td className={mergeClasses(styles.cell, styles.updated, styles.wideOnly)} title={fullTime(item.updatedAt)}>
        {ago(item.updatedAt, now)}
      </td>
      <td className={mergeClasses(styles.cell, styles.acts)}>
        {item.may.discuss && (
          <Tooltip content={item.chat ? words.openChat : words.discuss} relationship="inaccessible">
            <Button
              className="act"
              size="small"
              appearance="outline"
              icon={busy ? <Spinner size="extra-tiny" /> : <Chat20Regular />}
              aria-label={`Discuss ${item.key} in chat`}
              onClick={onDiscuss}
            >
              Discuss
            </Button>
          </Tooltip>
        )}
        <ItemMenu item={item} onDiscuss={onDiscuss} />
      </td>
    </tr>
  )
}
