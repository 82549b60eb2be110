import type { SlackEvents } from './events.ts'
import { signedHeaders } from './signing.ts'
import { type FakeState, nextId } from './state.ts'

/** What the app answered to one act: at once, and afterwards to its `response_url`. */
export type Interaction = {
  readonly status: number
  readonly inline: string
  readonly triggerId: string
  readonly responseUrl: string
  readonly replies: readonly Readonly<Record<string, unknown>>[]
}

/** Slash commands and buttons: what a person types and presses, and where the app answers. */
export function interactions(state: FakeState, events: SlackEvents, secret: string, base: () => string) {
  const replies = new Map<string, Record<string, unknown>[]>()

  const start = () => {
    const id = nextId(state, 'R')
    const collected: Record<string, unknown>[] = []
    replies.set(id, collected)
    return { triggerId: `${state.counter}.trigger`, responseUrl: `${base()}/respond/${id}`, replies: collected }
  }

  const post = async (fields: Readonly<Record<string, string>>, target: string | null) => {
    if (!target) return { status: 0, inline: 'nobody listens' }
    const body = new URLSearchParams(fields).toString()
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      ...signedHeaders(secret, body, Math.floor(state.nowMs() / 1000)),
    }
    const response = await fetch(target, { method: 'POST', headers, body })
    return { status: response.status, inline: await response.text() }
  }

  return {
    /** Takes an answer sent to a `response_url`; false for one that never was. */
    take(id: string, body: Record<string, unknown>): boolean {
      const collected = replies.get(id)
      collected?.push(body)
      return collected !== undefined
    },
    async slash(user: string, command: string, text: string, channel = 'C0ELSEWHERE'): Promise<Interaction> {
      const started = start()
      const fields = {
        token: 'deprecated-verification-token',
        team_id: state.team.id,
        team_domain: state.team.domain,
        channel_id: channel,
        channel_name: 'privategroup',
        user_id: user,
        user_name: state.users.get(user)?.name ?? user,
        command,
        text,
        api_app_id: state.app,
        is_enterprise_install: 'false',
        response_url: started.responseUrl,
        trigger_id: started.triggerId,
      }
      return { ...started, ...(await post(fields, events.delivery.target)) }
    },
    async press(user: string, button: { actionId: string; value: string }, channel = 'C0ELSEWHERE'): Promise<Interaction> {
      const started = start()
      const payload = {
        type: 'block_actions',
        user: { id: user, username: user, name: user, team_id: state.team.id },
        api_app_id: state.app,
        token: 'deprecated-verification-token',
        container: { type: 'message', message_ts: '1.000001', channel_id: channel, is_ephemeral: true },
        trigger_id: started.triggerId,
        team: { id: state.team.id, domain: state.team.domain },
        enterprise: null,
        is_enterprise_install: false,
        channel: { id: channel, name: 'privategroup' },
        response_url: started.responseUrl,
        actions: [
          {
            type: 'button',
            action_id: button.actionId,
            block_id: 'b1',
            text: { type: 'plain_text', text: '…' },
            value: button.value,
            action_ts: '1.000002',
          },
        ],
      }
      return { ...started, ...(await post({ payload: JSON.stringify(payload) }, events.delivery.target)) }
    },
  }
}
