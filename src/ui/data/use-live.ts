import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { forgetHints, noteHint } from './hinted.ts'
import { keys } from './keys.ts'
import { openLive, type LiveState } from './live.ts'
import type { LiveHint } from './types.ts'
import { noteTyping, stopTyping } from './typing.ts'

/** A hint says that something is new, never what: each kind names the lists to look at again. */
export function staleBy(hint: LiveHint): readonly QueryKey[] {
  switch (hint.kind) {
    case 'hello':
    case 'typing':
      return []
    case 'item':
      return [keys.item(hint.id), keys.items, keys.timeline(hint.id), keys.requests(hint.id), ['chat'], ['members']]
    case 'chat':
      // The item too: its observers say who of them is in the chat.
      return [keys.messages(hint.id), keys.chat(hint.id), keys.chats, ['item']]
    case 'chats':
      return [keys.chats, ['chat'], ['members'], keys.items, ['item']]
    case 'notifications':
      return [keys.notifications]
    case 'items':
      return [keys.items, ['item'], ['timeline'], keys.groupActions]
  }
}

/** Hints come in bursts (one item, its chat, its notifications); one look after the burst is enough. */
const GATHER_MS = 60

/** Keeps what is on the page true, as `person`. After a break everything visible is read again. */
export function useLive(person: string): LiveState {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => {
    const stale = gatherer(client)
    let opened = 0
    const live = openLive(liveAddress(), {
      hint: (hint) => {
        note(hint)
        staleBy(hint).forEach(stale.add)
      },
      state: (next) => {
        setState(next)
        if (next !== 'open') return
        opened += 1
        if (opened === 1) return
        // What was missed is not known, so what was heard does not count either.
        forgetHints()
        void client.invalidateQueries()
      },
    })
    window.addEventListener('online', live.again)
    return () => {
      window.removeEventListener('online', live.again)
      stale.stop()
      live.close()
    }
  }, [client, person])
  return state
}

/** What a hint says beside what to look at again. */
function note(hint: LiveHint): void {
  if (hint.kind === 'typing') noteTyping(hint.id, hint.by)
  if (hint.kind !== 'chat') return
  noteHint(hint.id, hint.seq)
  stopTyping(hint.id)
}

function gatherer(client: QueryClient) {
  const waiting = new Map<string, QueryKey>()
  let timer: ReturnType<typeof setTimeout> | null = null
  function look(): void {
    timer = null
    for (const queryKey of waiting.values()) void client.invalidateQueries({ queryKey })
    waiting.clear()
  }
  return {
    add: (key: QueryKey) => {
      waiting.set(JSON.stringify(key), key)
      timer ??= setTimeout(look, GATHER_MS)
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}

function liveAddress(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/live`
}
