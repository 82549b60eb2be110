import { CounterBadge, makeStyles, SearchBox, Tab, TabList, ToggleButton } from '@fluentui/react-components'
import { Eye16Regular, Person16Regular } from '@fluentui/react-icons'
import type { RefCallback } from 'react'
import { ITEM_TYPE_NAMES, ITEM_TYPES } from '../../core/item.ts'
import type { ItemSearch } from '../routes.tsx'
import { media } from '../theme.ts'

const useStyles = makeStyles({
  tabs: { overflowX: 'auto', scrollbarWidth: 'none', padding: '0 18px', flexShrink: 0, [media.belowOnePane]: { padding: '0 6px' } },
  tab: { whiteSpace: 'nowrap', flexShrink: 0 },
  count: { marginLeft: '6px' },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px',
    padding: '12px 28px',
    [media.belowOnePane]: { padding: '10px 16px' },
  },
  search: { width: '320px', maxWidth: '100%', [media.belowOnePane]: { width: '100%' } },
  chip: { borderRadius: '999px' },
})

type Props = {
  readonly search: ItemSearch
  readonly counts: Readonly<Record<string, number>>
  readonly onChange: (change: { [Name in keyof ItemSearch]?: ItemSearch[Name] | undefined }) => void
}

export function TypeTabs({ search, counts, onChange }: Props) {
  const styles = useStyles()
  const total = Object.values(counts).reduce((sum, number) => sum + number, 0)
  const types = ITEM_TYPE_NAMES.filter((type) => (counts[type] ?? 0) > 0 || type === search.type)
  return (
    <div className={styles.tabs}>
      <TabList
        selectedValue={search.type ?? 'all'}
        onTabSelect={(_, data) => onChange({ type: data.value === 'all' ? undefined : String(data.value) })}
        aria-label="Type of item"
      >
        <TypeTab value="all" title="All" count={total} />
        {types.map((type) => (
          <TypeTab key={type} value={type} title={ITEM_TYPES[type].plural} count={counts[type] ?? 0} />
        ))}
      </TabList>
    </div>
  )
}

function TypeTab({ value, title, count }: { value: string; title: string; count: number }) {
  const styles = useStyles()
  return (
    <Tab value={value} className={styles.tab}>
      {title}
      <CounterBadge
        className={styles.count}
        count={count}
        showZero
        overflowCount={9999}
        size="small"
        appearance="filled"
        color="informative"
      />
    </Tab>
  )
}

export function FilterBar({
  search,
  text,
  box,
  onText,
  onChange,
}: Omit<Props, 'counts'> & { text: string; box: RefCallback<HTMLInputElement>; onText: (text: string) => void }) {
  const styles = useStyles()
  return (
    <div className={styles.bar} role="search">
      <SearchBox
        ref={box}
        className={styles.search}
        aria-label="Search items"
        placeholder="Search by title or key"
        value={text}
        onChange={(_, data) => onText(data.value)}
      />
      <ToggleButton
        className={styles.chip}
        icon={<Person16Regular />}
        checked={search.mine === true}
        onClick={() => onChange({ mine: search.mine ? undefined : true })}
      >
        Mine
      </ToggleButton>
      <ToggleButton
        className={styles.chip}
        icon={<Eye16Regular />}
        checked={search.observing === true}
        onClick={() => onChange({ observing: search.observing ? undefined : true })}
      >
        Observing
      </ToggleButton>
    </div>
  )
}
