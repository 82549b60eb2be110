import type { Answer, Delivery, Received } from '../ports/inbound.ts'
import type { Engine } from './engine.ts'
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
    if (unknown === 0) return answer(accepted)
    return { kind: 'refusal', status: 404, code: 'unknown_workspace', why: 'This workspace does not belong to any organisation here.' }
  }

  return async (platform, received) => {
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
        if (Object.keys(errors).length > 0) return answer(received.refused(errors))
        return store(platform, [received.delivery], received.accepted)
      }
      case 'accepted':
        return store(platform, received.deliveries, received.answer)
    }
  }
}

const answer = (content: Answer): Answered => ({ kind: 'answer', answer: content })

async function soon<Value>(work: Promise<Value>): Promise<Value | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), REPLY_MS)))
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
