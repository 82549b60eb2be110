import { isNotNull, lte, or } from 'drizzle-orm'
import { vi } from 'vitest'
import { inbox, link } from '../../db/schema.ts'
import type { Database } from '../../db/open.ts'
import type { ItemId } from '../../src/core/ids.ts'
import type { ItemType } from '../../src/core/item.ts'

/** The demo's people as they ask a running service for something in the web workspace, whatever chat system it is connected to. */
export function demoPeople(origin: () => string) {
  const ids = new Map<string, string>()
  const cookies = new Map<string, string>()

  async function cookieOf(name: string): Promise<string> {
    const known = cookies.get(name)
    if (known) return known
    const answer = await fetch(`${origin()}/api/demo/sign-in`, { ...json({ personId: ids.get(name) }), method: 'POST' })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    cookies.set(name, cookie)
    return cookie
  }

  /** One request of somebody. Anything but success throws. */
  async function asked(name: string, method: string, path: string, body?: object): Promise<Response> {
    const cookie = await cookieOf(name)
    const { headers, ...rest } = body ? json(body) : { headers: {} }
    const answer = await fetch(`${origin()}/api/${path}`, { ...rest, method, headers: { ...headers, cookie } })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }

  const asks = async <Body>(name: string, method: string, path: string, body?: object): Promise<Body> =>
    (await (await asked(name, method, path, body)).json()) as Body
  const idsOf = (names: readonly string[] = []) => names.map((name) => ids.get(name))
  const read = (item: Item): Promise<Item> => asks<Item>('Ada Novak', 'GET', `items/${item.id}`)

  return {
    /** Finds out who they are, once the service is there. */
    async meet(): Promise<void> {
      const answer = await fetch(`${origin()}/api/demo/people`)
      for (const { id, name } of ((await answer.json()) as { items: { id: string; name: string }[] }).items) ids.set(name, id)
    },
    idOf: (name: string): string => ids.get(name) ?? '',
    cookieOf,
    asked,
    asks,
    /** An item of its own for a test: Ann is responsible. */
    item: (title: string, observers: readonly string[] = [], type: ItemType = 'deal', responsible = 'Ann Reed'): Promise<Item> =>
      asks<Item>('Ada Novak', 'POST', 'items', { type, title, responsible: ids.get(responsible), observers: idsOf(observers) }),
    read,
    observers: async (item: Item): Promise<string[]> => (await read(item)).observers.map(({ name }) => name).toSorted(),
    change: (item: Item, { add, remove }: { add?: string[]; remove?: string[] }, by = 'Ada Novak') =>
      asks<object>(by, 'POST', `items/${item.id}/observers`, { add: idsOf(add), remove: idsOf(remove) }),
  }
}

const json = (body: object) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** Waits until it no longer throws. */
export const eventually = <Value>(check: () => Value | Promise<Value>, timeout = 15_000): Promise<Value> =>
  vi.waitFor(check, { timeout, interval: 20 })

/** Nothing waits in the inbox, and no item is due. */
export const nothingDue = (db: Database, now: () => Date, timeout?: number): Promise<void> =>
  eventually(async () => {
    // The inbox first: what is worked off there makes an item due.
    const arrivals = await db.select().from(inbox).where(lte(inbox.dueAt, now()))
    const turns = await db
      .select()
      .from(link)
      .where(or(isNotNull(link.leaseUntil), lte(link.dueAt, now())))
    if (arrivals.length + turns.length > 0) throw new Error('Something is still due.')
  }, timeout)

export type Item = {
  readonly id: ItemId
  readonly key: string
  readonly title: string
  readonly revision: number
  readonly responsible: { readonly name: string } | null
  readonly observers: readonly { readonly name: string; readonly because: string }[]
  readonly chat: {
    readonly id: string
    readonly url: string
    readonly state: string
    readonly why: string | null
    readonly unshown: readonly string[]
    readonly past: readonly { readonly name: string; readonly url: string }[]
  } | null
}

export type Seat = {
  readonly person: { readonly name: string }
  readonly listed: boolean
  readonly inChat: boolean
  readonly refused: { readonly code: string; readonly why: string; readonly mender: string } | null
}
