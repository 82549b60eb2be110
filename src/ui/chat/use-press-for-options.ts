import { useRef, type MouseEvent, type PointerEvent, type TouchEvent } from 'react'

export type Spot = { readonly x: number; readonly y: number }

/** Where a menu opens for it. */
export function spotTarget(spot: Spot | null) {
  return { getBoundingClientRect: () => new DOMRect(spot?.x ?? 0, spot?.y ?? 0, 0, 0) }
}

/** As long as phones themselves wait. */
const LONG_PRESS_MS = 500
/** A finger that moves further than this scrolls. */
const STILL_PX = 10

/** Right click, the menu key, or a long press: not every phone's browser says `contextmenu` by itself. */
export function usePressForOptions(open: (spot: Spot) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const start = useRef<Spot>({ x: 0, y: 0 })
  const pressed = useRef(false)
  const touching = useRef(false)
  const stop = () => clearTimeout(timer.current)

  function begin(spot: Spot): void {
    stop()
    pressed.current = true
    open(spot)
  }

  return {
    onContextMenu: (event: MouseEvent<HTMLElement>) => {
      event.preventDefault()
      const box = event.currentTarget.getBoundingClientRect()
      // The menu key has no pointer: then it opens at the row.
      begin(event.clientX || event.clientY ? { x: event.clientX, y: event.clientY } : { x: box.left + 48, y: box.top + box.height / 2 })
      pressed.current = touching.current
    },
    onPointerDown: (event: PointerEvent) => {
      pressed.current = false
      touching.current = event.pointerType === 'touch'
      if (!touching.current) return
      start.current = { x: event.clientX, y: event.clientY }
      timer.current = setTimeout(() => begin(start.current), LONG_PRESS_MS)
    },
    onPointerMove: (event: PointerEvent) => {
      if (Math.hypot(event.clientX - start.current.x, event.clientY - start.current.y) > STILL_PX) stop()
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    /** The touch that ends a long press is no click: neither on the row nor, for the menu, outside of it. */
    onTouchEnd: (event: TouchEvent) => {
      if (pressed.current && event.cancelable) event.preventDefault()
      pressed.current = false
    },
  }
}
