import { type Arrival, writeArrivals } from '../../db/inbox.ts'
import type { Delivery } from '../ports/inbound.ts'
import { type Engine, nowOf } from './engine.ts'

/**
 * Writes deliveries down before they are answered. Whatever arrives while a write is under way goes into the next one
 * together, so a flood costs a few statements. Resolves once the delivery is stored, and rejects where it is not.
 */
export type Intake = (platform: string, deliveries: readonly Delivery[]) => Promise<{ readonly unknown: number }>

type Waiting = { readonly arrivals: readonly Arrival[]; stored(unknown: number): void; lost(error: unknown): void }

/** Deliveries in one statement at most. */
const BATCH_MAX = 500

export function openIntake(engine: Engine): Intake {
  let waiting: Waiting[] = []
  let writing = false

  return (platform, deliveries) =>
    new Promise((resolve, reject) => {
      const arrivals = deliveries.map((delivery) => ({ platform, delivery }))
      waiting.push({ arrivals, stored: (unknown) => resolve({ unknown }), lost: reject })
      if (!writing) void write()
    })

  async function write(): Promise<void> {
    writing = true
    while (waiting.length > 0) {
      await breath()
      const batch = waiting.slice(0, BATCH_MAX)
      waiting = waiting.slice(BATCH_MAX)
      await store(batch)
    }
    writing = false
  }

  async function store(batch: readonly Waiting[]): Promise<void> {
    try {
      const { unknown } = await writeArrivals(
        engine.db,
        batch.flatMap((one) => one.arrivals),
        nowOf(engine),
      )
      const lost = new Set(unknown)
      for (const one of batch) one.stored(one.arrivals.filter((arrival) => lost.has(arrival)).length)
      engine.wake()
    } catch (error) {
      for (const one of batch) one.lost(error)
    }
  }
}

/** What has arrived at the door already comes along. */
const breath = () => new Promise((resolve) => setTimeout(resolve, 0))
