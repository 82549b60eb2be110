import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { notification } from '../../db/schema.ts'
import { drain } from '../../src/engine/worker.ts'
import { eventually, type Item } from './demo-people.ts'
import { type runningSlack } from './slack-running.ts'

/** What people are told directly: the messages, their buttons, and what became of each notification. */
export function telling(at: ReturnType<typeof runningSlack>) {
  const direct = (name: string) => at.world.state.direct.get(at.account(name))?.messages ?? []

  return {
    /** The direct messages of one person that say these words. */
    direct: (name: string, words: string): Told[] =>
      direct(name)
        .filter((message) => JSON.stringify(message).includes(words))
        .map(({ text, blocks }) => ({ text, blocks: blocks as Block[] })),
    /** The quiet time is over, now; resolves when everything that was due is told or settled. */
    async due(): Promise<void> {
      const { engine } = at.service
      const waits = and(isNotNull(notification.tellAt), sql`${notification.told} is distinct from 'telling'`)
      await engine.db.update(notification).set({ tellAt: new Date() }).where(waits)
      await drain(engine)
      await eventually(async () => {
        const waiting = await engine.db.select().from(notification).where(isNotNull(notification.tellAt))
        const soon = waiting.filter((row) => row.told === 'telling' || (row.tellAt?.getTime() ?? 0) <= Date.now())
        if (soon.length > 0) throw new Error(`${soon.length} are still to be told.`)
      }, 20_000)
    },
    /** What became of telling this person of the item, the latest first. */
    fates: async (name: string, item: Item): Promise<(string | null)[]> => {
      const rows = await at.service.engine.db
        .select({ told: notification.told })
        .from(notification)
        .where(and(eq(notification.personId, at.person(name)), eq(notification.itemId, item.id)))
        .orderBy(desc(notification.id))
      return rows.map(({ told }) => told)
    },
  }
}

export type Told = { readonly text: string; readonly blocks: readonly Block[] }
type Element = {
  readonly type: string
  readonly action_id: string
  readonly value?: string
  readonly url?: string
  readonly text: { text: string }
}
export type Block = {
  readonly type: string
  readonly text?: { readonly text: string }
  readonly elements?: readonly Element[]
  readonly accessory?: Element
}

/** Every button in a message or a view, by what it says. */
export const buttonsIn = (blocks: readonly Block[]): readonly Pressed[] =>
  blocks
    .flatMap(({ elements = [], accessory }) => (accessory ? [accessory] : elements))
    .filter(({ type }) => type === 'button')
    .map(({ action_id, value, url, text }) => ({ label: text.text, actionId: action_id, value: value ?? '', url: url ?? null }))

export type Pressed = { readonly label: string; readonly actionId: string; readonly value: string; readonly url: string | null }
