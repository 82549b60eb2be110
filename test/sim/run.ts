import { parseArgs } from 'node:util'
import { freshDatabase } from '../database.ts'
import { noTally } from './excuse.ts'
import { live, type Told } from './history.ts'
import { historyJson, minimise, story } from './minimise.ts'

/** `npm run sim -- --runs 10000 --seed 7`: long random histories against the real engine and a real database. */
const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' }, keep: { type: 'boolean' } } })
const runs = Number(values.runs ?? process.env['RUNS'] ?? 1_000)
const first = Number(values.seed ?? process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

const database = await freshDatabase()
const tally = noTally()
const total = { acts: 0, faults: 0, crashes: 0, judged: 0, remembered: 0 }
const begun = Date.now()
let broken = 0
console.log(`${runs} histories from seed ${first}`)
for (let run = 0; run < runs; run++) {
  const told = await live(database, first + run)
  add(told)
  if (told.broken) {
    broken++
    console.log(`\n${story(told)}`)
    const least = await minimise(database, told)
    console.log(`\nmade shorter:\n${story(least)}\n${historyJson(least.history)}\n`)
    if (!values.keep) break
  }
  if ((run + 1) % 100 === 0) report(run + 1)
}
report(runs)
await database.close()
process.exitCode = broken > 0 ? 1 : 0

function add(told: Told): void {
  for (const name of ['acts', 'faults', 'crashes', 'judged', 'remembered'] as const) total[name] += told[name]
  for (const name of Object.keys(tally) as (keyof typeof tally)[]) tally[name] += told.tally[name]
}

function report(done: number): void {
  const excuses = Object.entries(tally).filter(([, times]) => times > 0)
  const each = Math.round((Date.now() - begun) / done)
  console.log(
    `${done} histories, ${each} ms each, ${JSON.stringify(total)}, broken ${broken}, excuses ${excuses.map((one) => one.join(' ')).join(', ')}`,
  )
}
