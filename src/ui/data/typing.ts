import { useRef, useSyncExternalStore } from 'react'
import { request } from './fetch.ts'

/** Somebody who wrote nothing for this long is not writing any more. */
const SHOWN_MS = 6_000
/** And while they write, the others are told this often. */
const TELL_EVERY_MS = 3_000

let writing: Readonly<Record<string, readonly string[]>> = {}
const timers = new Map<string, ReturnType<typeof setTimeout>>()
const watchers = new Set<() => void>()

export function noteTyping(chatId: string, by: string): void {
  const key = `${chatId} ${by}`
  clearTimeout(timers.get(key))
  timers.set(
    key,
    setTimeout(() => put(chatId, without(chatId, by)), SHOWN_MS),
  )
  put(chatId, [...without(chatId, by), by])
}

/** Whoever has said something has stopped writing it. */
export function stopTyping(chatId: string): void {
  if (writing[chatId]?.length) put(chatId, [])
}

const without = (chatId: string, by: string) => (writing[chatId] ?? []).filter((one) => one !== by)

function put(chatId: string, all: readonly string[]): void {
  writing = { ...writing, [chatId]: all }
  watchers.forEach((changed) => changed())
}

const NOBODY: readonly string[] = []

/** Who is writing in this chat at the moment. */
export const useTyping = (chatId: string) => useSyncExternalStore(watch, () => writing[chatId] ?? NOBODY)

function watch(changed: () => void): () => void {
  watchers.add(changed)
  return () => watchers.delete(changed)
}

/** Call it at each key: the others hear of it now and then. That it did not get through is nothing to speak of. */
export function useTellTyping(chatId: string): () => void {
  const toldAt = useRef(0)
  return () => {
    if (Date.now() - toldAt.current < TELL_EVERY_MS) return
    toldAt.current = Date.now()
    request<void>('PUT', `/chats/${chatId}/typing`).catch(() => undefined)
  }
}
