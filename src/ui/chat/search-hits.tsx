import { Button, makeStyles } from '@fluentui/react-components'
import { ChatMultiple24Regular } from '@fluentui/react-icons'
import type { useSearch } from '../data/search.ts'
import type { SearchHit } from '../data/types.ts'
import { ago, fullTime } from '../parts/format.ts'
import { useEnd, useNow } from '../parts/hooks.ts'
import { Failed, LoadingLines, Note } from '../parts/states.tsx'
import { tokens } from '../theme.ts'
import { words } from '../words.ts'

const useStyles = makeStyles({
  hit: {
    display: 'block',
    width: '100%',
    minHeight: '44px',
    padding: '8px 12px',
    border: 'none',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  head: {
    display: 'flex',
    gap: '8px',
    justifyContent: 'space-between',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  who: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  time: { whiteSpace: 'nowrap' },
  snippet: { display: 'block', overflowWrap: 'anywhere' },
  mark: { backgroundColor: tokens.colorPaletteYellowBackground2, color: tokens.colorNeutralForeground1, borderRadius: '2px' },
})

/** What was found, latest first; with the chat's name where it may be any. */
export function SearchHits({
  search,
  inAll = false,
  onPick,
}: {
  search: ReturnType<typeof useSearch>
  inAll?: boolean
  onPick: (hit: SearchHit) => void
}) {
  const hits = search.data?.pages.flatMap((page) => page.items) ?? []
  const end = useEnd<HTMLLIElement>(() => search.isFetching || void search.fetchNextPage(), search.hasNextPage, hits.length)
  if (search.isPending) return <LoadingLines label="Searching" rows={3} />
  if (search.isError) return <Failed error={search.error} onRetry={() => void search.refetch()} />
  if (hits.length === 0) return inAll ? null : <Note icon={<ChatMultiple24Regular />} title={words.noMatch} />
  return (
    <ul aria-label="Messages found">
      {hits.map((hit) => (
        <li key={hit.message.id}>
          <Hit hit={hit} inAll={inAll} onPick={() => onPick(hit)} />
        </li>
      ))}
      {search.hasNextPage && (
        <li ref={end}>
          <Button appearance="subtle" onClick={() => void search.fetchNextPage()}>
            Show more
          </Button>
        </li>
      )}
    </ul>
  )
}

function Hit({ hit, inAll, onPick }: { hit: SearchHit; inAll: boolean; onPick: () => void }) {
  const styles = useStyles()
  const now = useNow()
  const { author, at: saidAt } = hit.message
  const who = author?.name ?? 'Somebody'
  return (
    <button type="button" className={styles.hit} onClick={onPick}>
      <span className={styles.head}>
        <span className={styles.who}>{inAll ? `${hit.chat.name} · ${who}` : who}</span>
        <time className={styles.time} dateTime={saidAt} title={fullTime(saidAt)}>
          {ago(saidAt, now)}
        </time>
      </span>
      <span className={styles.snippet}>
        {placed(hit.snippet).map(({ text, marked, at }) =>
          marked ? (
            <mark key={at} className={styles.mark}>
              {text}
            </mark>
          ) : (
            <span key={at}>{text}</span>
          ),
        )}
      </span>
    </button>
  )
}

/** With where in the line each piece begins. */
function placed(pieces: SearchHit['snippet']) {
  return pieces.map((piece, place) => ({ ...piece, at: pieces.slice(0, place).reduce((sum, before) => sum + before.text.length, 0) }))
}
