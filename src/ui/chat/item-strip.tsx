import { makeStyles } from '@fluentui/react-components'
import { ChevronRight16Regular } from '@fluentui/react-icons'
import { Link } from '@tanstack/react-router'
import type { Chat } from '../data/types.ts'
import { Stage } from '../items/marks.tsx'
import { money } from '../parts/format.ts'
import { media, tokens } from '../theme.ts'

const useStyles = makeStyles({
  strip: {
    display: 'flex',
    alignItems: 'center',
    gap: '16px',
    minHeight: '40px',
    padding: '6px 16px 6px 20px',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    [media.belowOnePane]: { padding: '6px 12px', minHeight: '44px', gap: '12px' },
  },
  title: { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', fontWeight: tokens.fontWeightSemibold },
  key: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular, marginRight: '8px' },
  amount: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums', [media.belowPhone]: { display: 'none' } },
  go: { marginLeft: 'auto', display: 'inline-flex', color: tokens.colorNeutralForeground2 },
})

/** The item this chat is about, one click away. */
export function ItemStrip({ item }: { item: NonNullable<Chat['item']> }) {
  const styles = useStyles()
  return (
    <Link to="/items/$itemId" params={{ itemId: item.id }} className={styles.strip}>
      <span className={styles.title}>
        <span className={styles.key}>{item.key}</span>
        {item.title}
      </span>
      <Stage stage={item.stage} />
      <span className={styles.amount}>{money(item.amount, item.currency)}</span>
      <span className={styles.go} aria-hidden>
        <ChevronRight16Regular />
      </span>
    </Link>
  )
}
