import { useLayoutEffect, useRef, useState } from 'react'
import type { Message } from '../data/types.ts'

/** Within this many pixels of the end, one is reading the newest. */
const NEAR_PX = 80

/** Stays at the newest message while one reads there; stays where one is otherwise, also when older messages come in above. */
export function useScroll(messages: readonly Message[], pending: number) {
  const box = useRef<HTMLDivElement>(null)
  const [atBottom, setAtBottom] = useState(true)
  const [seenSeq, setSeenSeq] = useState(0)
  const before = useRef({ first: 0, height: 0 })
  const first = messages[0]?.seq ?? 0
  const last = messages.at(-1)?.seq ?? 0

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const grewAbove = before.current.first > 0 && first < before.current.first
    if (grewAbove) element.scrollTop += element.scrollHeight - before.current.height
    else if (atBottom) element.scrollTop = element.scrollHeight
    before.current = { first, height: element.scrollHeight }
  }, [first, last, pending, atBottom])

  if (atBottom && seenSeq !== last) setSeenSeq(last)

  // The keyboard of a phone, or the composer growing, must not cover the newest message.
  useLayoutEffect(() => {
    const element = box.current
    if (!element || !atBottom) return
    const watcher = new ResizeObserver(() => {
      element.scrollTop = element.scrollHeight
    })
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [atBottom])

  function onScroll(): void {
    const element = box.current
    if (element) setAtBottom(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX)
  }

  function toBottom(): void {
    const element = box.current
    if (element) element.scrollTop = element.scrollHeight
    setAtBottom(true)
  }

  return { box, atBottom, news: !atBottom && last > seenSeq, onScroll, toBottom }
}
