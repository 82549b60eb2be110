import { useSyncExternalStore } from 'react'
import { WIDTH } from '../theme.ts'

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}

export const useOnePane = () => useMedia(`(max-width: ${WIDTH.onePane - 1}px)`)
export const useTwoPanes = () => useMedia(`(min-width: ${WIDTH.twoPanes}px)`)
export const useWide = () => useMedia(`(min-width: ${WIDTH.wide}px)`)
export const useDark = () => useMedia('(prefers-color-scheme: dark)')
