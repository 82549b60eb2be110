import type { Failure } from '../core/failure.ts'
import type { Answer, InboundLine, Received } from '../ports/inbound.ts'
import { describeBug, type Engine } from './engine.ts'
import type { Receive } from './receive.ts'

/** Two, so that one hears while the other is renewed, which Slack asks for every few hours. */
const LINES = 2
/** How long before a line is opened again, after so many failures in a row. */
const AGAIN_MS = [250, 1_000, 2_000, 5_000, 15_000, 30_000] as const
/** A token that is not accepted is tried again after this long; nobody but a person can mend it. */
const REFUSED_MS = 60_000
/** A line that was up for less than this counts as a failure, so that nobody calls in a circle. */
const STEADY_MS = 10_000

/** Keeps the lines to a platform open until it is closed. Whatever ends one, another follows. */
export function keepLines(engine: Engine, platform: string, line: InboundLine, receive: Receive) {
  let trouble: string | null = `The line to ${platform} is not open yet.`
  let open = 0
  let noteTried = () => {}
  const tried = new Promise<void>((resolve) => (noteTried = resolve))
  const closing = new AbortController()
  const closed = new Promise<void>((resolve) => closing.signal.addEventListener('abort', () => resolve()))
  const current = new Set<{ close(): void }>()

  /** The rim: a bug is written down, nothing goes back, and the platform sends it again. */
  async function take(read: () => Promise<Received>): Promise<Answer | null> {
    try {
      const reply = await receive(platform, await read())
      if (reply.kind === 'answer') return reply.answer
      engine.log.warn({ platform, code: reply.code }, reply.why)
      return null
    } catch (error) {
      engine.log.error({ platform, error: describeBug(error) }, 'What came over a line could not be dealt with.')
      return null
    }
  }

  /** One line from its opening to its end; the failure, where it is not one to call again at once after. */
  async function live(): Promise<Failure | 'steady' | 'short'> {
    let openedAtMs: number | null = null
    const one = line.open({
      take,
      opened: () => {
        openedAtMs = engine.clock.now()
        open += 1
        trouble = null
        noteTried()
      },
    })
    current.add(one)
    const ended = await one.ended.finally(() => current.delete(one))
    if (openedAtMs !== null) open -= 1
    if (!ended.ok) return ended.failure
    return openedAtMs !== null && engine.clock.now() - openedAtMs >= STEADY_MS ? 'steady' : 'short'
  }

  async function keep(): Promise<void> {
    let failures = 0
    while (!closing.signal.aborted) {
      const ended = await live()
      if (closing.signal.aborted) return
      failures = ended === 'steady' ? 0 : failures + 1
      if (typeof ended === 'object') tell(ended)
      noteTried()
      await Promise.race([engine.clock.wait(waitFor(ended, failures)), closed])
    }
  }

  function tell(failure: Failure): void {
    engine.log.error({ platform, code: failure.code }, failure.why)
    if (open === 0) trouble = failure.why
  }

  const kept = Promise.all(Array.from({ length: LINES }, keep))
  return {
    /** The first line is open, or one could not be opened: `trouble` says which. */
    tried,
    /** Null while at least one line is open; else why none is. */
    trouble: () => trouble,
    async close(): Promise<void> {
      closing.abort()
      for (const one of current) one.close()
      await Promise.race([kept, engine.clock.wait(CLOSE_MS)])
    },
  }
}

/** Whoever is at the other end may not say goodbye. */
const CLOSE_MS = 2_000

function waitFor(ended: Failure | 'steady' | 'short', failures: number): number {
  const again = AGAIN_MS[Math.min(Math.max(failures, 1), AGAIN_MS.length) - 1]!
  if (typeof ended !== 'object') return again
  if (ended.kind === 'later') return Math.max(again, ended.afterMs)
  return ended.kind === 'uncertain' ? again : REFUSED_MS
}
