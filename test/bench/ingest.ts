import postgres from 'postgres'
import { startPostgres } from '../postgres.ts'
import { type Child, startChild } from './child.ts'
import type { Order, Round } from './load.ts'

/**
 * Signed member events per second, written to the inbox of a PostgreSQL that waits for its disk, paired with stock Bolt that
 * only acknowledges. Both get the same rounds in turn, so that what else the machine does hits both.
 */

const ROUNDS = 5
const PER_ROUND = 4_000
const WARM_UP = 1_500

type Side = { readonly name: string; readonly server: Child; readonly rates: number[]; readonly cpu: number[] }

export async function benchIngest(): Promise<void> {
  const database = await startPostgres({ durable: true })
  if ('missing' in database) return console.log(`ingest: skipped, ${database.missing}.`)
  const load = await startChild('load.ts')
  const sides: Side[] = [
    { name: 'Bolt ExpressReceiver, acknowledges', server: await startChild('bolt-server.ts'), rates: [], cpu: [] },
    {
      name: 'Ringside, writes to the inbox',
      server: await startChild('ringside-server.ts', { DATABASE_URL: database.url }),
      rates: [],
      cpu: [],
    },
  ]
  try {
    for (const side of sides) await send(load, side, 'w', WARM_UP)
    for (let round = 0; round < ROUNDS; round++) {
      for (const side of round % 2 ? sides : sides.toReversed()) await measure(load, side, String(round))
    }
    await expectInInbox(database.url, WARM_UP + ROUNDS * PER_ROUND)
    report(sides[0]!, sides[1]!)
  } finally {
    for (const child of [load, ...sides.map((side) => side.server)]) await child.stop()
    await database.stop()
  }
}

async function measure(load: Child, side: Side, round: string): Promise<void> {
  const before = await side.server.ask<number>('cpu')
  const seconds = await send(load, side, round, PER_ROUND)
  const used = (await side.server.ask<number>('cpu')) - before
  side.rates.push(PER_ROUND / seconds)
  side.cpu.push(used / PER_ROUND)
}

async function send(load: Child, side: Side, round: string, count: number): Promise<number> {
  const order: Order = { port: side.server.first as number, round, count }
  const { seconds, refused } = await load.ask<Round>(order)
  if (refused > 0) throw new Error(`${side.name} refused ${refused} of ${count} events.`)
  return seconds
}

/** What was answered with 200 has to be there. */
async function expectInInbox(url: string, count: number): Promise<void> {
  const sql = postgres(url, { max: 1 })
  try {
    const [row] = await sql<{ written: number; fsync: string }[]>`
      select (select count(*)::int from inbox) as written, current_setting('fsync') || current_setting('synchronous_commit') as fsync`
    if (row?.written !== count) throw new Error(`${row?.written} of ${count} acknowledged events are in the inbox.`)
    if (row.fsync !== 'onon') throw new Error('This PostgreSQL does not wait for its disk.')
  } finally {
    await sql.end()
  }
}

function report(bolt: Side, ringside: Side): void {
  const ratios = ringside.rates.map((rate, round) => rate / bolt.rates[round]!)
  console.table(
    Object.fromEntries(
      [bolt, ringside].map(({ name, rates, cpu }) => [
        name,
        {
          'events/s, median': Math.round(median(rates)),
          'CPU µs/event': Math.round(median(cpu)),
          rounds: rates.map((rate) => Math.round(rate)).join(' '),
        },
      ]),
    ),
  )
  console.log(
    `ratio ${median(ratios).toFixed(2)} (rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}); every acknowledged event is in the inbox\n`,
  )
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
