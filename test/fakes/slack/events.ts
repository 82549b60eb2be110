import { type FakeState, nextId, nextTs } from './state.ts'
import { OVER_A_LINE, type slackLines } from './lines.ts'
import { signedHeaders } from './signing.ts'

export type SlackEvent = { readonly type: string } & Readonly<Record<string, unknown>>

export type Sending = {
  /** How many times the same delivery goes out. */
  readonly copies?: number
  /** Marks a repeat, as Slack does. */
  readonly retry?: { readonly num: number; readonly reason: string }
  readonly authorizations?: readonly Readonly<Record<string, unknown>>[]
  /** When it happened, in seconds; now when left out. */
  readonly atSeconds?: number
  /** The envelope's own words, where they differ. */
  readonly envelope?: Readonly<Record<string, unknown>>
}

export type Sent = { readonly eventId: string; readonly event: SlackEvent; readonly status: number; readonly answer: string }

/** The app may have been killed: Slack takes no answer for one that says nothing. */
const tried = <Answered extends { status: number; answer: string }>(answer: Promise<Answered>) =>
  answer.catch((error: unknown) => ({ status: 0, answer: String(error) }))

export type SlackLines = ReturnType<typeof slackLines>
export type SlackEvents = ReturnType<typeof slackEvents>

/** The events side of Slack: envelopes, signatures, and the ways in which deliveries go wrong. */
export function slackEvents(state: FakeState, secret: string, lines: SlackLines) {
  const sent: Sent[] = []
  const held: (() => Promise<Sent>)[] = []
  const underWay = new Set<Promise<unknown>>()
  const delivery = {
    /** Where the app listens; nothing is sent while it is null. */
    target: null as string | null,
    /** Does word of the app's own act come before the answer to its call, or after it? */
    order: 'after' as 'before' | 'after',
    copies: 1,
    drop: (_event: SlackEvent): boolean => false,
    /** Keep events back until `release`. */
    hold: false,
  }

  const envelope = (event: SlackEvent, eventId: string, { authorizations, atSeconds, envelope: other }: Sending) => ({
    token: 'deprecated-verification-token',
    team_id: state.team.id,
    context_team_id: state.team.id,
    context_enterprise_id: state.enterprise?.id ?? null,
    api_app_id: state.app,
    event: { ...event, event_ts: event['event_ts'] ?? nextTs(state) },
    type: 'event_callback',
    event_id: eventId,
    event_time: atSeconds ?? Math.floor(state.nowMs() / 1000),
    authorizations: authorizations ?? [
      {
        enterprise_id: state.enterprise?.id ?? null,
        team_id: state.team.id,
        user_id: state.bot,
        is_bot: true,
        is_enterprise_install: state.enterprise !== null,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${eventId}`,
    ...other,
  })

  const post = async (target: string, body: string, extra: Record<string, string>) => {
    if (target === OVER_A_LINE) return lines.deliver('events_api', JSON.parse(body) as object)
    const headers = { 'content-type': 'application/json', ...signedHeaders(secret, body, Math.floor(state.nowMs() / 1000)), ...extra }
    const response = await fetch(target, { method: 'POST', headers, body })
    return { status: response.status, answer: await response.text() }
  }

  const retryHeaders = (retry: Sending['retry']): Record<string, string> =>
    retry ? { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason } : {}

  const deliver = async (event: SlackEvent, eventId: string, body: string, retry: Sending['retry']): Promise<Sent> => {
    const target = delivery.target
    const answer = target ? await tried(post(target, body, retryHeaders(retry))) : { status: 0, answer: 'nobody listens' }
    const one = { eventId, event, ...answer }
    sent.push(one)
    return one
  }

  const track = <Value>(work: Promise<Value>): Promise<Value> => {
    const watched: Promise<unknown> = work.finally(() => underWay.delete(watched))
    underWay.add(watched)
    return work
  }

  /** Sends one event as the settings say; resolves when it has been answered, or was dropped or held back. */
  const send = async (event: SlackEvent, how: Sending = {}): Promise<readonly Sent[]> => {
    if (delivery.drop(event)) return []
    const eventId = nextId(state, 'Ev')
    const body = JSON.stringify(envelope(event, eventId, how))
    const go = () => track(deliver(event, eventId, body, how.retry))
    const copies = Array.from({ length: how.copies ?? delivery.copies }, () => go)
    if (delivery.hold) {
      held.push(...copies)
      return []
    }
    return Promise.all(copies.map((copy) => copy()))
  }

  /** Sends what was held back, one after the other: as it happened, backwards, or in an order of indexes. */
  const release = async (order: 'forward' | 'backward' | readonly number[] = 'forward'): Promise<readonly Sent[]> => {
    const waiting = held.splice(0)
    const sorted = order === 'forward' ? waiting : order === 'backward' ? waiting.reverse() : order.map((index) => waiting[index])
    const answers: Sent[] = []
    for (const go of sorted) if (go) answers.push(await go())
    return answers
  }

  const quiet = async (): Promise<void> => {
    while (underWay.size) await Promise.all(underWay)
  }

  return { delivery, sent, send, release, quiet, post, track }
}
