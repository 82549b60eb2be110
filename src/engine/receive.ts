import type { Answer, Delivery, Question, Received, Told } from '../ports/inbound.ts'
import { describeBug, type Engine } from './engine.ts'
import { dealWithPassing, HELD_MS } from './inbox.ts'
import type { Intake } from './intake.ts'
import { answerQuestion, checkSubmission } from './talk/questions.ts'

/** What goes back to whoever sent it. Whoever gets no answer sends it again. */
export type Answered =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'refusal'; readonly status: 400 | 401 | 404; readonly code: string; readonly why: string }

/** Deals with one request from outside, by whichever way it came: what it tells is written down before it is answered. */
export type Receive = (platform: string, received: Received) => Promise<Answered>

/** Chat systems wait three seconds for a reply. What takes longer goes on, and the person is told in another way. */
const REPLY_MS = 2_500

export function openReceive(engine: Engine, intake: Intake): Receive {
  async function store(platform: string, deliveries: readonly Delivery[], accepted: Answer): Promise<Answered> {
    const { unknown } = await intake(platform, deliveries)
    // That somebody left whom nobody knows is no news, and no failure either.
    if (unknown === 0 || deliveries.every(({ news }) => news.kind === 'access-changed')) return answer(accepted)
    return { kind: 'refusal', status: 404, code: 'unknown_workspace', why: 'This workspace does not belong to any organisation here.' }
  }

  /** What was typed and must not be written down is dealt with here and now; the rest of the dialog is written like any delivery. */
  async function submit(platform: string, { delivery, submission, accepted }: Extract<Received, { kind: 'submitted' }>): Promise<Answered> {
    const { passing } = submission
    if (Object.values(passing).every((texts) => texts.length === 0)) return store(platform, [delivery], accepted)
    const stored = await store(platform, [{ ...delivery, heldMs: HELD_MS }], accepted)
    if (stored.kind === 'answer') void dealWithPassing(engine, { platform, ...delivery }, passing).catch(logged)
    return stored
  }

  /** The rim: whoever asked has had an answer by now. */
  const logged = (error: unknown) => engine.log.error({ error: describeBug(error) }, 'Something that a person waited for went wrong.')

  async function soon<Value>(work: Promise<Value>): Promise<Value | null> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => {
        work.catch(logged)
        resolve(null)
      }, REPLY_MS)
    })
    return Promise.race([work, late]).finally(() => clearTimeout(timer))
  }

  async function drawAnew(platform: string, { delivery, submission }: Extract<Received, { kind: 'submitted' }>): Promise<Told> {
    const { press, from, values } = submission
    const question: Question = { name: 'dialog', press, from, message: null, values }
    return (await soon(answerQuestion(engine, platform, delivery.workspace, question))) ?? NOTHING
  }

  const deal: Receive = async (platform, received) => {
    switch (received.kind) {
      case 'rejected':
        return { ...received, kind: 'refusal' }
      case 'answered':
        return answer(received.answer)
      case 'asked': {
        const told = await soon(answerQuestion(engine, platform, received.workspace, received.question))
        return answer(told ? received.answer(told) : received.late)
      }
      case 'submitted': {
        const { workspace } = received.delivery
        const errors = (await soon(checkSubmission(engine, platform, workspace, received.submission))) ?? {}
        if (Object.keys(errors).length > 0)
          return answer(received.refused(errors, received.drawsAnew ? await drawAnew(platform, received) : NOTHING))
        return submit(platform, received)
      }
      case 'accepted': {
        const stored = store(platform, received.deliveries, received.answer)
        return received.late ? ((await soon(stored)) ?? answer(received.late)) : stored
      }
    }
  }

  return async (platform, received) => {
    const answered = await deal(platform, received)
    engine.tally?.count('requests', { platform, ...cameTo(received, answered) })
    return answered
  }
}

/** What became of a request at the door. What was written down is counted again when it is dealt with. */
function cameTo(received: Received, answered: Answered) {
  if (answered.kind === 'refusal') return { outcome: 'rejected', reason: answered.code }
  if (received.kind === 'answered') return { outcome: 'discarded', reason: received.discarded }
  return { outcome: received.kind, reason: '' }
}

const NOTHING: Told = { kind: 'nothing' }

const answer = (content: Answer): Answered => ({ kind: 'answer', answer: content })
