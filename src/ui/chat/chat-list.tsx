import { Button, makeStyles, SearchBox, Tooltip } from '@fluentui/react-components'
import { ChatMultiple24Regular, LockClosed20Regular } from '@fluentui/react-icons'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useChats } from '../data/chats.ts'
import type { Chat } from '../data/types.ts'
import { useSearch } from '../data/search.ts'
import { useDelayed, useEnd, useNow } from '../parts/hooks.ts'
import { useKeys } from '../parts/keyboard.ts'
import { Failed, LoadingLines, Note } from '../parts/states.tsx'
import { media, tokens } from '../theme.ts'
import { words } from '../words.ts'
import { ChatOptionsAt } from './chat-options.tsx'
import { ChatRow } from './chat-row.tsx'
import { type Other, OtherChatsMenu } from './other-chats.tsx'
import { SearchHits } from './search-hits.tsx'
import type { Spot } from './use-press-for-options.ts'

const useStyles = makeStyles({
  pane: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    padding: '20px 16px 8px 20px',
    [media.belowOnePane]: { padding: '12px 16px 8px' },
  },
  title: {
    flex: 1,
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
    letterSpacing: '-0.01em',
  },
  search: { margin: '4px 16px 8px 20px', maxWidth: 'none', [media.belowOnePane]: { margin: '4px 16px 8px' } },
  section: {
    padding: '12px 12px 4px',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  list: { flex: 1, minHeight: 0, overflowY: 'auto', padding: '0 8px 16px', display: 'flex', flexDirection: 'column', gap: '2px' },
})

/** What was said is searched as well, from two characters on: one alone is in nearly everything. */
const SAID_FROM = 2
const TYPING_MS = 200

export function ChatList({ chatId, onNew }: { chatId: string | null; onNew: (kind: 'private' | Other) => void }) {
  const styles = useStyles()
  const chats = useChats()
  const now = useNow()
  const [query, setQuery] = useState('')
  const [asked, setAsked] = useState<{ readonly id: string; readonly spot: Spot | null } | null>(null)
  const box = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()
  const wanted = useDelayed(query.trim(), TYPING_MS)
  const said = useSearch(wanted.length >= SAID_FROM ? wanted : '', null)
  const all = chats.data?.pages.flatMap((page) => page.items) ?? []
  const shown = all.filter((chat) => matches(chat, query))
  const end = useEnd<HTMLLIElement>(() => chats.isFetching || void chats.fetchNextPage(), chats.hasNextPage)
  const options = all.find((chat) => chat.id === asked?.id)
  useListKeys(shown, box)
  return (
    <section className={styles.pane} aria-label="Chats">
      <header className={styles.head}>
        {chatId ? <h2 className={styles.title}>Chats</h2> : <h1 className={styles.title}>Chats</h1>}
        <Tooltip content="A chat that only its members know of" relationship="description">
          <Button icon={<LockClosed20Regular />} onClick={() => onNew('private')}>
            New private chat
          </Button>
        </Tooltip>
        <OtherChatsMenu onPick={onNew} />
      </header>
      <SearchBox
        ref={(element: HTMLInputElement | null) => void (box.current = element)}
        className={styles.search}
        aria-label="Search chats"
        placeholder="Search chats"
        value={query}
        onChange={(_, data) => setQuery(data.value)}
      />
      {chats.isPending && <LoadingLines label="Loading chats" />}
      {chats.isError && !chats.data && <Failed error={chats.error} onRetry={() => void chats.refetch()} />}
      {chats.data && all.length === 0 && wanted === '' && (
        <Note icon={<ChatMultiple24Regular />} title="No chats yet. Open an item and discuss it." />
      )}
      {shown.length === 0 && wanted !== '' && said.data?.pages[0]?.items.length === 0 && (
        <Note icon={<ChatMultiple24Regular />} title={words.noMatch}>
          <Button onClick={() => setQuery('')}>Clear search</Button>
        </Note>
      )}
      <ul className={styles.list}>
        {shown.map((chat) => (
          <li key={chat.id}>
            <ChatRow chat={chat} now={now} onOptions={(spot) => setAsked({ id: chat.id, spot })} />
          </li>
        ))}
        {chats.hasNextPage && <li ref={end} aria-hidden />}
        {wanted.length >= SAID_FROM && (
          <li>
            <h3 className={styles.section}>Messages</h3>
            <SearchHits
              search={said}
              inAll
              onPick={({ chat, message }) =>
                void navigate({ to: '/chats/$chatId', params: { chatId: chat.id }, search: { at: message.seq } })
              }
            />
          </li>
        )}
      </ul>
      {asked && options && (
        <ChatOptionsAt key={options.id} chat={options} spot={asked.spot} onClose={() => setAsked({ id: options.id, spot: null })} />
      )}
    </section>
  )
}

function matches(chat: Chat, query: string): boolean {
  const wanted = query.trim().toLowerCase()
  return [chat.name, chat.item?.key, chat.item?.title].some((text) => text?.toLowerCase().includes(wanted))
}

function useListKeys(chats: readonly Chat[], box: React.RefObject<HTMLInputElement | null>): void {
  const move = (step: number) => {
    const at = chats.findIndex((chat) => chat.id === (document.activeElement as HTMLElement | null)?.dataset['chat'])
    const next = chats[Math.max(0, Math.min(chats.length - 1, at + step))]
    if (next) document.querySelector<HTMLElement>(`[data-chat="${CSS.escape(next.id)}"]`)?.focus()
  }
  useKeys({
    '/': (event) => {
      event.preventDefault()
      box.current?.focus()
    },
    j: () => move(1),
    k: () => move(-1),
    o: () => (document.activeElement as HTMLElement | null)?.closest<HTMLElement>('[data-chat]')?.click(),
  })
}
