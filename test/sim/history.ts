import type { OpenDatabase } from '../../db/open.ts'
import { act } from '../../db/schema.ts'
import { DEFAULT_POLICY } from '../../src/core/policy.ts'
import { drain } from '../../src/engine/worker.ts'
import { allowRemovals, GONE, nextDue, readLinks } from './calm.ts'
import { ITEMS, STAFF } from './cast.ts'
import type { Tally } from './excuse.ts'
import { moodFrom, nextStep } from './generate.ts'
import { openOracle } from './oracle.ts'
import { handOver, perform, type Play } from './perform.ts'
import { randomFrom } from './random.ts'
import { openStage, type Settings, USUAL } from './stage.ts'
import { isFault, isHuman, type Step } from './step.ts'

/** One history from its beginning to rest: what happened, and what was wrong with it. */
export type History = { readonly seed: number; readonly settings: Settings; readonly steps: readonly Step[] }
export type Told = {
  readonly history: History
  /** Null: every promise was kept. */
  readonly broken: string | null
  readonly acts: number
  readonly faults: number
  readonly crashes: number
  readonly judged: number
  /** Admissions of a turn that has read no list of members. */
  readonly remembered: number
  readonly tally: Tally
}

const STEPS_MIN = 10
const STEPS_MORE = 50
const ROUNDS_MAX = 120

/** Lives a new history as its seed has it. */
export async function live(database: OpenDatabase, seed: number): Promise<Told> {
  const random = randomFrom(seed)
  // Of two that follow each other, one lives with a chat system that lets people in together with the opening.
  const settings = { ...settingsFrom(random.below(8)), opensWithMax: seed % 2 === 0 ? 2 : 0 }
  const mood = moodFrom(random)
  const length = STEPS_MIN + random.below(STEPS_MORE)
  const opening: Step[] = [
    { do: 'assign', item: 'D-1', person: 'ann' },
    { do: 'list', item: 'D-1', person: 'ben' },
    { do: 'discuss', item: 'D-1', person: 'ann' },
  ]
  return tell(database, seed, settings, (play, count) => opening[count] ?? (count < length ? nextStep(play.stage, random, mood) : null))
}

/** Lives a history again, or a part of it. */
export function relive(database: OpenDatabase, { seed, settings, steps }: History): Promise<Told> {
  return tell(database, seed, settings, (_, count) => steps[count] ?? null)
}

export function settingsFrom(draw: number): Settings {
  switch (draw) {
    case 0:
      return { ...USUAL, policy: { ...DEFAULT_POLICY, removalsMax: { perItem: 1, perPass: 50 } } }
    case 1:
      return { ...USUAL, policy: { ...DEFAULT_POLICY, formerResponsible: 'removed' } }
    default:
      return USUAL
  }
}

async function tell(
  database: OpenDatabase,
  seed: number,
  settings: Settings,
  next: (play: Play, count: number) => Step | null,
): Promise<Told> {
  const oracle = openOracle()
  const stage = await openStage(database, settings, oracle.witness)
  oracle.attach(stage)
  const play: Play = { stage, oracle, engine: stage.incarnate() }
  const steps: Step[] = []
  const broken = await lives(play, steps, next)
  return {
    history: { seed, settings, steps },
    broken,
    acts: steps.filter(isHuman).length,
    faults: steps.filter(isFault).length,
    crashes: stage.state.crashes,
    judged: oracle.count.judged,
    remembered: oracle.count.remembered,
    tally: oracle.tally,
  }
}

async function lives(play: Play, steps: Step[], next: (play: Play, count: number) => Step | null): Promise<string | null> {
  for (let step = next(play, 0); step; step = next(play, steps.length)) {
    steps.push(step)
    try {
      await perform(play, step)
    } catch (error) {
      return `${String(error)} ${(error as Error).stack ?? ''}`
    }
    if (play.oracle.complaints.length > 0) return play.oracle.complaints.join('; ')
  }
  return comeToRest(play, steps.filter(isFault).length)
}

/** Nothing goes wrong any more: the engine must come to rest, in agreement, and stay there. */
export async function comeToRest(play: Play, faults: number): Promise<string | null> {
  const { stage, oracle } = play
  stage.calmDown()
  for (const item of ITEMS) {
    await perform(play, { do: 'bring back', item })
    await perform(play, { do: 'let in', item })
  }
  for (let round = 0; ; round++) {
    for (const word of stage.words.splice(0)) await handOver(stage, word)
    await drain(play.engine)
    await allowRemovals(stage)
    const restless = [...(await oracle.look())].filter(([, why]) => why !== GONE)
    if (oracle.complaints.length > 0) return `at rest: ${oracle.complaints.join('; ')}`
    if (restless.length === 0) break
    if (round === ROUNDS_MAX) return `I11: does not come to rest: ${restless.map((one) => one.join(': ')).join('; ')}`
    stage.advance(Math.max(1, ((await nextDue(stage)) ?? stage.now()) - stage.now()))
  }
  return (await staysAtRest(play)) ?? (await isWrittenDown(play)) ?? isBounded(play, faults)
}

/** I10: two further looks at everything change nothing. */
async function staysAtRest({ stage, oracle, engine }: Play): Promise<string | null> {
  if (oracle.owesALook()) await lookAgain()
  const before = await written()
  for (let look = 0; look < 2; look++) await lookAgain()
  await oracle.look()
  const after = await written()
  if (oracle.complaints.length > 0) return `after rest: ${oracle.complaints.join('; ')}`
  return before === after ? null : `I10: at rest, and something was written: ${before} → ${after}`

  async function lookAgain(): Promise<void> {
    stage.advance(25 * 3_600_000)
    await drain(engine)
  }

  async function written(): Promise<string> {
    return `${oracle.count.writes} writes, ${(await stage.database.db.select({ id: act.id }).from(act)).length} acts`
  }
}

/** I15: every change that we made stands in the audit. */
async function isWrittenDown({ stage, oracle }: Play): Promise<string | null> {
  const acts = await stage.database.db.select().from(act)
  for (const [key, times] of oracle.effects) {
    const [item, person, move] = key.split(' ')
    const intended = acts.filter(
      (row) => row.itemId === item && row.personId === person && row.move === move && row.phase === 'intended',
    ).length
    if (intended < times) return `I15: ${key} took effect ${times} times and was intended ${intended} times`
  }
  const links = await readLinks(stage)
  return links.every(({ held }) => held.length === 0) ? null : 'U5: removals are still held after they were allowed'
}

/** I7: no ping-pong. */
function isBounded({ oracle }: Play, faults: number): string | null {
  const most = 4 * oracle.count.acts + 4 * faults + 3 * oracle.rooms() * STAFF.length + 6
  return oracle.count.writes <= most ? null : `I7: ${oracle.count.writes} writes, and ${most} are the most that so few acts may cause`
}
