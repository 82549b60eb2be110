/**
 * `npm run bench`: what the machine it runs on makes of the two places where speed is felt, and what Ringside makes of Slack's limits.
 *
 *   npm run bench            all of them; the last takes a quarter of an hour
 *   npm run bench -- rule    one of them
 */
import { cpus } from 'node:os'
import { benchGroup } from './group.ts'
import { benchIngest } from './ingest.ts'
import { benchPace } from './pace.ts'
import { benchRule } from './rule.ts'

const BENCHES = { rule: benchRule, ingest: benchIngest, group: benchGroup, pace: benchPace }

console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`)
const asked = process.argv.slice(2)
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length === 0 || asked.includes(name)) await bench()
}
