import { Button, makeStyles, Spinner } from '@fluentui/react-components'
import { Add20Regular, DocumentSearch24Regular, Grid24Regular } from '@fluentui/react-icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useItems } from '../data/items.ts'
import { useMe } from '../data/me.ts'
import type { Item } from '../data/types.ts'
import { Coach } from '../parts/coach.tsx'
import { useEnd, useTitle } from '../parts/hooks.ts'
import { useKeys } from '../parts/keyboard.ts'
import { useTwoPanes } from '../parts/media.ts'
import { PageHead } from '../parts/page.tsx'
import { Failed, LoadingLines, Note } from '../parts/states.tsx'
import type { ItemSearch } from '../routes.tsx'
import { media, tokens } from '../theme.ts'
import { words } from '../words.ts'
import { useDiscuss } from './discuss.tsx'
import { GroupStrip } from './group-strip.tsx'
import type { GroupStage } from './group-panel.tsx'
import { ItemCards } from './item-cards.tsx'
import { ItemTable } from './item-table.tsx'
import { FilterBar, TypeTabs } from './list-filters.tsx'
import { asked } from './selection.ts'
import { SelectionBar } from './selection-bar.tsx'
import { useSeen } from './use-seen.ts'
import { type Selecting, useSelection } from './use-selection.ts'

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, [media.belowTwoPanes]: { overflow: 'auto' } },
  list: {
    flex: 1,
    minHeight: 0,
    overflow: 'auto',
    margin: '0 28px 24px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    [media.belowTwoPanes]: { overflow: 'visible', flex: 'none', margin: 0, backgroundColor: 'transparent', border: 'none' },
  },
  end: { display: 'grid', placeItems: 'center', minHeight: '1px' },
})

/** Its pickers and menus are a third of this page's code, and wanted by few who open it. */
const NewItemDialog = lazy(() => import('./new-item.tsx').then((module) => ({ default: module.NewItemDialog })))

const GroupPanel = lazy(() => import('./group-panel.tsx').then((module) => ({ default: module.GroupPanel })))

const SEARCH_WAIT_MS = 200

export function ListPage() {
  const styles = useStyles()
  useTitle('Items')
  const { search, change, text, typed } = useFilters()
  const me = useMe().id
  const filter = {
    ...(search.type ? { type: search.type } : {}),
    ...(search.query ? { query: search.query } : {}),
    ...(search.mine ? { responsible: me } : {}),
    ...(search.observing ? { observer: me } : {}),
  }
  const list = useItems(filter)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const box = useRef<HTMLInputElement>(null)
  const [creating, setCreating] = useState(false)
  const total = list.data?.pages[0]?.total ?? 0
  const selecting = useSelection(items, total, JSON.stringify(filter))
  const [group, setGroup] = useState<GroupStage | null>(null)
  const seen = useSeen()
  useListKeys(items, box, selecting)
  const clear = () => change({ query: undefined, mine: undefined, observing: undefined, type: undefined })
  return (
    <div className={styles.page}>
      <Coach />
      <PageHead title="Items">
        <Button appearance="primary" icon={<Add20Regular />} onClick={() => setCreating(true)}>
          New item
        </Button>
      </PageHead>
      <TypeTabs search={search} counts={list.data?.pages[0]?.counts ?? {}} onChange={change} />
      <FilterBar search={search} text={text} box={(element) => void (box.current = element)} onText={typed} onChange={change} />
      <GroupStrip seen={seen} onShow={({ id, action }) => setGroup({ stage: 'begun', id, action })} />
      <div className={styles.list} aria-busy={list.isFetching}>
        {list.isPending && <LoadingLines label="Loading items" rows={8} />}
        {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && items.length === 0 && (
          <Nothing filtered={Object.keys(search).length > 0} onClear={clear} onNew={() => setCreating(true)} />
        )}
        {items.length > 0 && <Items items={items} selecting={selecting} />}
        <More active={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => list.isFetching || void list.fetchNextPage()} />
      </div>
      {selecting.count > 0 && (
        <SelectionBar
          selecting={selecting}
          total={total}
          onAct={(action) => setGroup({ stage: 'asking', action, selection: asked(selecting.selection, filter) })}
        />
      )}
      <Suspense>
        {group && (
          <GroupPanel
            stage={group}
            onSeen={seen.add}
            onBegun={(id) => setGroup({ stage: 'begun', action: group.action, id })}
            onClose={() => {
              if (group.stage === 'begun') selecting.clear()
              setGroup(null)
            }}
          />
        )}
        {creating && <NewItemDialog {...(search.type ? { type: search.type } : {})} onClose={() => setCreating(false)} />}
      </Suspense>
    </div>
  )
}

function Items(props: { items: readonly Item[]; selecting: Selecting }) {
  return useTwoPanes() ? <ItemTable {...props} /> : <ItemCards {...props} />
}

function Nothing({ filtered, onClear, onNew }: { filtered: boolean; onClear: () => void; onNew: () => void }) {
  if (!filtered) {
    return (
      <Note icon={<Grid24Regular />} title="No items yet. Create the first one.">
        <Button onClick={onNew}>New item</Button>
      </Note>
    )
  }
  return (
    <Note icon={<DocumentSearch24Regular />} title={words.noMatch}>
      <Button onClick={onClear}>{words.clearFilters}</Button>
    </Note>
  )
}

function More({ active, busy, onMore }: { active: boolean; busy: boolean; onMore: () => void }) {
  const styles = useStyles()
  const end = useEnd<HTMLDivElement>(onMore, active)
  return (
    <div ref={end} className={styles.end}>
      {busy && <Spinner size="tiny" label="Loading more" style={{ padding: 16 }} />}
      {active && !busy && (
        <Button appearance="subtle" onClick={onMore}>
          Load more
        </Button>
      )}
    </div>
  )
}

function useFilters() {
  const search: ItemSearch = useSearch({ from: '/' })
  const navigate = useNavigate({ from: '/' })
  const change = (changed: { [Name in keyof ItemSearch]?: ItemSearch[Name] | undefined }) =>
    void navigate({
      search: (old) => Object.fromEntries(Object.entries({ ...old, ...changed }).filter(([, value]) => value !== undefined)),
      replace: true,
    })
  return { search, change, ...useTyped(search.query ?? '', (query) => change({ query: query || undefined })) }
}

/** What stands in the search box. It moves the address when the typing pauses, and follows it when a link or Back moved it. */
function useTyped(query: string, settle: (query: string) => void) {
  const [text, setText] = useState(query)
  const [settled, setSettled] = useState(query)
  const [seen, setSeen] = useState(query)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (query !== seen) {
    setSeen(query)
    if (query !== settled) setText(query)
    setSettled(query)
  }
  const typed = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setSettled(next)
      settle(next)
    }, SEARCH_WAIT_MS)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  return { text, typed }
}

/** j and k move the focus from title to title, so that o and Enter, d and the screen reader all mean the same row. */
function useListKeys(items: readonly Item[], box: React.RefObject<HTMLInputElement | null>, selecting: Selecting): void {
  const { discuss } = useDiscuss()
  const here = () =>
    items.findIndex(
      (item) => item.id === document.activeElement?.closest('tr, li')?.querySelector<HTMLElement>('[data-item]')?.dataset['item'],
    )
  const move = (step: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, here() + step))]
    if (next) document.querySelector<HTMLElement>(`[data-item="${CSS.escape(next.id)}"]`)?.focus()
  }
  useKeys({
    '/': (event) => {
      event.preventDefault()
      box.current?.focus()
    },
    j: () => move(1),
    k: () => move(here() < 0 ? 1 : -1),
    o: () => document.querySelector<HTMLElement>(`[data-item="${CSS.escape(items[here()]?.id ?? '')}"]`)?.click(),
    x: () => {
      const item = items[here()]
      if (item) selecting.toggle(item.id, false)
    },
    d: () => {
      const item = items[here()]
      if (item) discuss(item)
    },
  })
}
