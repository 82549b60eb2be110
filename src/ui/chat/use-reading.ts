import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useReadMark } from '../data/messages.ts'
import type { Chat, Message } from '../data/types.ts'

/** Marks as read what was really in sight: the end of the chat, in a window that is looked at. */
export function useReading(chat: Chat, messages: readonly Message[], atBottom: boolean): void {
  const { mutate: mark } = useReadMark(chat.id)
  const marked = useRef(0)
  const looking = useSyncExternalStore(watchWindow, () => document.visibilityState === 'visible')
  const last = messages.at(-1)?.seq ?? 0
  useEffect(() => {
    if (!looking || !atBottom || last <= marked.current) return
    const previous = marked.current
    marked.current = last
    mark(last, {
      onError: () => {
        marked.current = previous
      },
    })
    // A failed mark is tried again with the next message, not in a loop.
  }, [looking, atBottom, last, mark])
}

function watchWindow(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed)
  return () => document.removeEventListener('visibilitychange', changed)
}
