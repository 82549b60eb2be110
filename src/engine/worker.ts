import { dueGroups, type DueGroup } from '../../db/group-actions.ts'
import { arrivalsDue } from '../../db/inbox.ts'
import type { Jobs } from '../../db/jobs.ts'
import { type Due, dueLinks } from '../../db/links.ts'
import { type DueTelling, dueTellings } from '../../db/tellings.ts'
import { tellDirectly } from './direct.ts'
import { describeBug, type Engine, nowOf } from './engine.ts'
import { workGroup } from './group-work.ts'
import { workInbox } from './inbox.ts'
import { turn } from './reconcile.ts'

/** Carries out what is due. What is due stands in the database; losing a tick or a job loses nothing. */
export type Worker = { stop(): Promise<void> }

const TICK_MS = 1_000
const LINKS_AT_ONCE = 100
const TURNS_AT_ONCE = 2
/** Two, so that commands whose calls get no answer do not hold up what arrives after them. */
const INBOXES_AT_ONCE = 2
const ARRIVALS_AT_ONCE = 8
const PEOPLE_AT_ONCE = 100
const TELLINGS_AT_ONCE = 2
const GROUPS_WAITING = 20
/** One at a time in each process: what many items cost must not keep the turns of single ones waiting. */
const GROUPS_AT_ONCE = 1

export async function startWorker(engine: Engine, jobs: Jobs, woken: (wake: () => void) => void): Promise<Worker> {
  await jobs.work('inbox', INBOXES_AT_ONCE, async () => {
    while ((await workInbox(engine, ARRIVALS_AT_ONCE)) > 0);
    await offerDue()
  })
  await jobs.work('turn', TURNS_AT_ONCE, (due) => attempt(engine, due as Due))
  await jobs.work('tell', TELLINGS_AT_ONCE, (due) => tellDirectly(engine, due as DueTelling))
  await jobs.work('group', GROUPS_AT_ONCE, (due) => attemptGroup(engine, due as DueGroup))

  let running: Promise<void> | null = null
  let again = false
  let stopped = false

  /** One look at a time; a wake during a look makes one more. */
  function tick(): void {
    if (stopped) return
    again = running !== null
    running ??= offerDue()
      .catch((error: unknown) => engine.log.error({ error: describeBug(error) }, 'The worker could not see what is due.'))
      .finally(() => {
        running = null
        if (again) tick()
      })
  }

  async function offerDue(): Promise<void> {
    const now = nowOf(engine)
    const waiting = await arrivalsDue(engine.db, now)
    if (waiting) await jobs.offer('inbox', 'inbox', {})
    const due = await dueLinks(engine.db, now, LINKS_AT_ONCE)
    for (const one of due) await jobs.offer('turn', one.link, one)
    const untold = await dueTellings(engine.db, now, PEOPLE_AT_ONCE)
    for (const one of untold) await jobs.offer('tell', `${one.organisation} ${one.person}`, one)
    const groups = await dueGroups(engine.db, now, GROUPS_WAITING)
    for (const one of groups) await jobs.offer('group', one.action, one)
    if (waiting || due.length + untold.length + groups.length > 0) jobs.nudge()
  }

  woken(tick)
  const timer = setInterval(tick, TICK_MS)
  tick()
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await running
      await jobs.stop()
    },
  }
}

/** The rim: a turn that goes wrong is logged, and due again when its lease has run out. */
async function attempt(engine: Engine, due: Due): Promise<void> {
  try {
    await turn(engine, due.organisation, due.link)
  } catch (error) {
    engine.log.error(
      { organisation: due.organisation, link: due.link, error: describeBug(error) },
      'A turn failed; it is tried again when its lease is over.',
    )
  }
}

async function attemptGroup(engine: Engine, due: DueGroup): Promise<void> {
  try {
    await workGroup(engine, due)
  } catch (error) {
    engine.log.error({ ...due, error: describeBug(error) }, 'A group action failed; it goes on when its lease is over.')
  }
}

/** Works until nothing is due at this moment; for tests. Returns how much it did. */
export async function drain(engine: Engine, roundsMax = 1_000): Promise<number> {
  let worked = 0
  for (let rounds = 0; rounds < roundsMax; rounds++) {
    const done = await workRound(engine)
    if (done === 0) return worked
    worked += done
  }
  throw new Error(`Something stayed due through ${roundsMax} rounds.`)
}

/** Works while something is due, and begins nothing more once the time is up; for places without timers. */
export async function workOff(engine: Engine, forMs: number): Promise<void> {
  const until = engine.clock.now() + forMs
  while ((await workRound(engine)) > 0 && engine.clock.now() < until);
}

async function workRound(engine: Engine): Promise<number> {
  const dealt = await workInbox(engine)
  const due = await dueLinks(engine.db, nowOf(engine), LINKS_AT_ONCE)
  for (const one of due) await attempt(engine, one)
  const untold = await dueTellings(engine.db, nowOf(engine), PEOPLE_AT_ONCE)
  for (const one of untold) await tellDirectly(engine, one)
  const groups = await dueGroups(engine.db, nowOf(engine), GROUPS_WAITING)
  for (const one of groups) await attemptGroup(engine, one)
  return dealt + due.length + untold.length + groups.length
}
