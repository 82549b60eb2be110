import { useEffect, useRef } from 'react'

type Keymap = Readonly<Record<string, (event: KeyboardEvent) => void>>

const TYPING = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"], [role="combobox"]'
const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'

/** Single keys for the page. They rest while somebody types, and while a dialog or a menu is open. */
export function useKeys(keymap: Keymap): void {
  const latest = useRef(keymap)
  useEffect(() => {
    latest.current = keymap
  })
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const act = latest.current[event.key]
      if (!act || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return
      act(event)
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [])
}

function isBusy(target: EventTarget | null): boolean {
  return (
    (target instanceof Element && target.closest(`${TYPING}, ${OVERLAY}`) !== null) ||
    document.querySelector('[aria-modal="true"]') !== null
  )
}

export const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['/'], does: 'Search' },
  { keys: ['j', 'k'], does: 'Next and previous in a list' },
  { keys: ['o', 'Enter'], does: 'Open' },
  { keys: ['x'], does: 'Select' },
  { keys: ['d'], does: 'Discuss in chat' },
  { keys: ['e'], does: 'Edit the item' },
  { keys: ['Esc'], does: 'Back' },
  { keys: ['?'], does: 'This help' },
]
