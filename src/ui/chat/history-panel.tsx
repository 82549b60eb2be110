import { makeStyles, SearchBox } from '@fluentui/react-components'
import { useEffect, useRef, useState } from 'react'
import { useSearch } from '../data/search.ts'
import type { Chat } from '../data/types.ts'
import { useDelayed } from '../parts/hooks.ts'
import { FileList } from './file-list.tsx'
import { SearchHits } from './search-hits.tsx'

/** A key every few milliseconds is not a question every few milliseconds. */
const TYPING_MS = 200

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 },
  search: { margin: '0 20px 8px', maxWidth: 'none' },
  hits: { flex: 1, minHeight: 0, overflowY: 'auto', padding: '0 8px 16px' },
})

/** The history of one chat, searched (C14, C15). */
export function HistoryPanel({ chat, onJump }: { chat: Chat; onJump: (seq: number) => void }) {
  const styles = useStyles()
  const [text, setText] = useState('')
  const query = useDelayed(text.trim(), TYPING_MS)
  const search = useSearch(query, chat.id)
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div className={styles.panel}>
      <SearchBox
        ref={(element: HTMLInputElement | null) => void (box.current = element)}
        className={styles.search}
        aria-label="Search this chat"
        placeholder="Search this chat"
        maxLength={200}
        value={text}
        onChange={(_, data) => setText(data.value)}
      />
      <div className={styles.hits}>
        {query === '' ? (
          <FileList chatId={chat.id} onJump={onJump} />
        ) : (
          <SearchHits search={search} onPick={(hit) => onJump(hit.message.seq)} />
        )}
      </div>
    </div>
  )
}
