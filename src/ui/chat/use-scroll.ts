import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { Message } from '../data/types.ts'

/** Within this many pixels of the end, one is reading the newest. */
const NEAR_PX = 80
/** How long a message that was gone to stands out. */
const FOUND_MS = 2_500

type Goal = { readonly seq: number; readonly where: 'middle' | 'top' }

/**
 * Stays at the newest message while one reads there; stays at the line one reads otherwise, whatever comes in or goes out above it. `live`
 * says that the last of these messages is the last of the chat.
 */
export function useScroll(box: RefObject<HTMLDivElement | null>, messages: readonly Message[], pending: number, live: boolean) {
  const [atBottom, setAtBottom] = useState(true)
  const [seenSeq, setSeenSeq] = useState(0)
  const goal = useRef<Goal | null>(null)
  const [went, setWent] = useState(0)
  const [found, setFound] = useState<number | null>(null)
  const anchor = useRef<{ readonly seq: number; readonly top: number } | null>(null)
  const last = messages.at(-1)?.seq ?? 0
  const end = live && atBottom

  const onScroll = useCallback(() => {
    const element = box.current
    if (!element) return
    anchor.current = anchorIn(element)
    setAtBottom(isNearEnd(element))
  }, [box])

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const to = goal.current
    if (to) {
      const line = lineAt(element, to.seq)
      if (!line) return
      goal.current = null
      element.scrollBy({ top: topOf(element, line) - (to.where === 'middle' ? (element.clientHeight - line.clientHeight) / 2 : 8) })
      // Where there was nothing to scroll, nothing says that this is the end.
      requestAnimationFrame(onScroll)
    } else if (end) element.scrollTo({ top: element.scrollHeight })
    else if (anchor.current) {
      const line = lineAt(element, anchor.current.seq)
      if (line) element.scrollBy({ top: topOf(element, line) - anchor.current.top })
    }
    anchor.current = anchorIn(element)
  }, [box, messages, pending, end, went, onScroll])

  if (end && seenSeq !== last) setSeenSeq(last)

  useEffect(() => {
    if (found === null) return
    const timer = setTimeout(() => setFound(null), FOUND_MS)
    return () => clearTimeout(timer)
  }, [found])

  // Neither a phone's keyboard, nor the composer growing, nor a picture that has come may cover the newest message.
  useLayoutEffect(() => {
    const element = box.current
    if (!element || !end) return
    const watcher = new ResizeObserver(() => element.scrollTo({ top: element.scrollHeight }))
    watcher.observe(element)
    if (element.firstElementChild) watcher.observe(element.firstElementChild)
    return () => watcher.disconnect()
  }, [box, end])

  function goTo(next: Goal): void {
    goal.current = next
    setAtBottom(false)
    setWent((times) => times + 1)
    if (next.where === 'middle') setFound(next.seq)
  }

  function toBottom(): void {
    box.current?.scrollTo({ top: box.current.scrollHeight })
    setAtBottom(true)
  }

  return { atBottom: end, news: !end && last > seenSeq, found, onScroll, toBottom, goTo }
}

function isNearEnd(element: HTMLElement): boolean {
  return element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX
}

const topOf = (box: HTMLElement, line: Element) => line.getBoundingClientRect().top - box.getBoundingClientRect().top

const linesIn = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>('[data-seq]')]

const seqOf = (line: HTMLElement) => Number(line.dataset['seq'])

/** The line of this message, or the one that it is folded into. */
function lineAt(box: HTMLElement, seq: number): HTMLElement | null {
  return linesIn(box).findLast((line) => seqOf(line) <= seq) ?? null
}

/** The first line in sight, found by halving: there may be hundreds, and this runs while somebody scrolls. */
function anchorIn(box: HTMLElement): { readonly seq: number; readonly top: number } | null {
  const lines = linesIn(box)
  let [low, high] = [0, lines.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    const line = lines[middle]
    if (line && topOf(box, line) + line.clientHeight < 0) low = middle + 1
    else high = middle
  }
  const line = lines[low]
  return line ? { seq: seqOf(line), top: topOf(box, line) } : null
}
