import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { words } from '../words.ts'

export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · ${words.product}` : words.product
  }, [title])
}

export function useDelayed<Value>(value: Value, ms: number): Value {
  const [delayed, setDelayed] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return delayed
}

/** The present minute, so that "5 min ago" does not stand still. */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

export function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed)
      window.addEventListener('offline', changed)
      return () => {
        window.removeEventListener('online', changed)
        window.removeEventListener('offline', changed)
      }
    },
    () => navigator.onLine,
  )
}

/** Calls `reached` when the end of a list comes into view, and again after it moved (`moved`) while still in view. */
export function useEnd<Target extends Element>(reached: () => void, active: boolean, moved?: unknown) {
  const end = useRef<Target>(null)
  const latest = useRef(reached)
  useEffect(() => {
    latest.current = reached
  })
  useEffect(() => {
    if (!active || !end.current) return
    const watcher = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && latest.current(), {
      rootMargin: '300px',
    })
    watcher.observe(end.current)
    return () => watcher.disconnect()
  }, [active, moved])
  return end
}
