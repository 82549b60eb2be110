import type { LiveHint } from './types.ts'

export type LiveState = 'connecting' | 'open' | 'broken'

const FIRST_WAIT_MS = 500
const WAIT_MAX_MS = 15_000

/** Twice as long after each failure, with a little chance in it, so that a restarted server is not met by everybody at once. */
export function waitMs(failures: number, chance: number): number {
  const longest = Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 10))
  return Math.round(longest * (0.5 + chance / 2))
}

export type Live = { readonly close: () => void; readonly again: () => void }

/** A socket that comes back by itself. It tells of its state and passes hints on; it knows nothing of what they mean. */
export function openLive(address: string, told: { hint: (hint: LiveHint) => void; state: (state: LiveState) => void }): Live {
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let failures = 0
  let closed = false

  function connect(): void {
    timer = null
    const mine = new WebSocket(address)
    socket = mine
    mine.onopen = () => {
      failures = 0
      told.state('open')
    }
    mine.onmessage = (event) => {
      const hint = hintFrom(event.data)
      if (hint) told.hint(hint)
    }
    mine.onclose = () => {
      if (closed || socket !== mine) return
      told.state('broken')
      timer = setTimeout(connect, waitMs(failures, Math.random()))
      failures += 1
    }
  }

  function again(): void {
    if (closed || timer === null) return
    clearTimeout(timer)
    failures = 0
    connect()
  }

  connect()
  return {
    again,
    close: () => {
      closed = true
      if (timer !== null) clearTimeout(timer)
      socket?.close()
    },
  }
}

const KINDS: readonly LiveHint['kind'][] = ['hello', 'item', 'items', 'chat', 'typing', 'chats', 'notifications']

export function hintFrom(data: unknown): LiveHint | null {
  if (typeof data !== 'string') return null
  try {
    const hint = JSON.parse(data) as LiveHint
    return KINDS.includes(hint?.kind) ? hint : null
  } catch {
    return null
  }
}
