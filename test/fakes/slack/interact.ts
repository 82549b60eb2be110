import type { SlackEvents, SlackLines } from './events.ts'
import { OVER_A_LINE } from './lines.ts'
import { signedHeaders } from './signing.ts'
import { type FakeState, nextId } from './state.ts'
import type { FakeView } from './surfaces.ts'

/** What the app answered to one act: at once, and afterwards to its `response_url`. */
export type Interaction = {
  readonly status: number
  readonly inline: string
  readonly triggerId: string
  readonly responseUrl: string
  readonly replies: readonly Readonly<Record<string, unknown>>[]
}

/** Slash commands and buttons: what a person types and presses, and where the app answers. */
export function interactions(state: FakeState, events: SlackEvents, secret: string, lines: SlackLines, base: () => string) {
  const replies = new Map<string, Record<string, unknown>[]>()

  const start = (user: string) => {
    const id = nextId(state, 'R')
    const collected: Record<string, unknown>[] = []
    replies.set(id, collected)
    const triggerId = `${state.counter}.trigger`
    state.triggers.set(triggerId, { user, atMs: state.nowMs(), used: false })
    return { triggerId, responseUrl: `${base()}/respond/${id}`, replies: collected }
  }

  const post = async (fields: Readonly<Record<string, string>>, target: string | null) => {
    if (!target) return { status: 0, inline: 'nobody listens' }
    if (target === OVER_A_LINE) return overALine(fields)
    const body = new URLSearchParams(fields).toString()
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      ...signedHeaders(secret, body, Math.floor(state.nowMs() / 1000)),
    }
    const response = await fetch(target, { method: 'POST', headers, body })
    return { status: response.status, inline: await response.text() }
  }

  const overALine = async (fields: Readonly<Record<string, string>>) => {
    const { payload } = fields
    const { status, answer } = payload
      ? await lines.deliver('interactive', JSON.parse(payload) as object)
      : await lines.deliver('slash_commands', fields)
    return { status, inline: answer }
  }

  return {
    /** Takes an answer sent to a `response_url`; false for one that never was. */
    take(id: string, body: Record<string, unknown>): boolean {
      const collected = replies.get(id)
      collected?.push(body)
      return collected !== undefined
    },
    async slash(user: string, command: string, text: string, channel = 'C0ELSEWHERE'): Promise<Interaction> {
      const started = start(user)
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
        is_enterprise_install: state.enterprise ? 'true' : 'false',
        ...(state.enterprise && { enterprise_id: state.enterprise.id, enterprise_name: state.enterprise.name }),
        response_url: started.responseUrl,
        trigger_id: started.triggerId,
      }
      return { ...started, ...(await post(fields, events.delivery.target)) }
    },
    /** A button in a message, or in the modal or the page that is open. */
    async press(user: string, button: { actionId: string; value: string }, where: string | FakeView = 'C0ELSEWHERE'): Promise<Interaction> {
      const started = start(user)
      const action = {
        type: 'button',
        action_id: button.actionId,
        block_id: 'b1',
        text: { type: 'plain_text', text: '…' },
        value: button.value,
      }
      const place =
        typeof where === 'string'
          ? {
              container: { type: 'message', message_ts: '1.000001', channel_id: where, is_ephemeral: true },
              channel: { id: where, name: 'privategroup' },
              response_url: started.responseUrl,
            }
          : { container: { type: 'view', view_id: where.id }, view: { ...where.view, id: where.id } }
      const actions = [{ ...action, action_ts: '1.000002' }]
      return { ...started, ...(await interactive(user, { type: 'block_actions', trigger_id: started.triggerId, ...place, actions })) }
    },
    /** Sends a modal with what was filled in, by the name of its field: a text, chosen values, people. */
    async submit(user: string, { id, view }: FakeView, filled: Readonly<Record<string, string | readonly string[]>>): Promise<Interaction> {
      const started = start(user)
      const values = valuesOf(view['blocks'] as FilledBlock[], filled)
      const sent = { ...view, id, state: { values } }
      const answer = await interactive(user, { type: 'view_submission', trigger_id: started.triggerId, view: sent, response_urls: [] })
      const shown = state.views.get(id)
      if (shown && answer.status === 200 && !answer.inline.includes('"errors"')) shown.open = false
      return { ...started, ...answer }
    },
    /** Fills in a field of the modal that is open, before it is sent; Slack says so for fields that ask for it. */
    async fill(user: string, shown: FakeView, filled: Readonly<Record<string, string | readonly string[]>>): Promise<Interaction> {
      const started = start(user)
      const blocks = shown.view['blocks'] as FilledBlock[]
      const live = blocks.filter(({ block_id, dispatch_action }) => dispatch_action && block_id && block_id in filled)
      if (live.length === 0) return { ...started, status: 0, inline: 'Slack tells nobody' }
      const actions = live.map(({ block_id, element }) => ({
        block_id,
        action_id: element?.action_id,
        type: element?.type,
        ...stateOf(element?.type ?? '', filled[block_id ?? '']),
      }))
      const view = { ...shown.view, id: shown.id, state: { values: valuesOf(blocks, filled) } }
      const place = { container: { type: 'view', view_id: shown.id }, view }
      return { ...started, ...(await interactive(user, { type: 'block_actions', trigger_id: started.triggerId, ...place, actions })) }
    },
    /** What a field offers for the words typed into it. */
    async suggest(user: string, { id, view }: FakeView, field: string, words: string): Promise<readonly { text: string; value: string }[]> {
      const { inline } = await interactive(user, {
        type: 'block_suggestion',
        action_id: 'look-up',
        block_id: field,
        value: words,
        view: { ...view, id },
        container: { type: 'view', view_id: id },
      })
      const { options = [] } = JSON.parse(inline || '{}') as { options?: { text: { text: string }; value: string }[] }
      return options.map(({ text, value }) => ({ text: text.text, value }))
    },
    /** A global shortcut. */
    async shortcut(user: string, callbackId: string): Promise<Interaction> {
      const started = start(user)
      const body = { type: 'shortcut', callback_id: callbackId, trigger_id: started.triggerId, action_ts: '1.000002' }
      return { ...started, ...(await interactive(user, body)) }
    },
    /** A shortcut on one message. */
    async messageShortcut(
      user: string,
      callbackId: string,
      message: { readonly channel: string; readonly text: string; readonly by: string; readonly ts?: string; readonly thread?: string },
    ): Promise<Interaction> {
      const started = start(user)
      const { ts = '1700000000.000100' } = message
      const body = {
        type: 'message_action',
        callback_id: callbackId,
        trigger_id: started.triggerId,
        response_url: started.responseUrl,
        message_ts: ts,
        channel: { id: message.channel, name: 'privategroup' },
        message: { type: 'message', user: message.by, ts, text: message.text, ...(message.thread && { thread_ts: message.thread }) },
      }
      return { ...started, ...(await interactive(user, body)) }
    },
  }

  function interactive(user: string, body: object) {
    const payload = {
      user: { id: user, username: user, name: user, team_id: state.team.id },
      api_app_id: state.app,
      token: 'deprecated-verification-token',
      team: { id: state.team.id, domain: state.team.domain },
      enterprise: state.enterprise,
      is_enterprise_install: state.enterprise !== null,
      ...body,
    }
    return post({ payload: JSON.stringify(payload) }, events.delivery.target)
  }
}

type FilledBlock = {
  readonly type: string
  readonly block_id?: string
  readonly dispatch_action?: boolean
  readonly element?: { readonly type: string; readonly action_id: string }
}

const valuesOf = (blocks: readonly FilledBlock[], filled: Readonly<Record<string, string | readonly string[]>>) =>
  Object.fromEntries(
    blocks.flatMap(({ block_id, element }) =>
      block_id && element ? [[block_id, { [element.action_id]: { type: element.type, ...stateOf(element.type, filled[block_id]) } }]] : [],
    ),
  )

/** What Slack says of an element that was filled in. */
function stateOf(type: string, filled: string | readonly string[] | undefined): Readonly<Record<string, unknown>> {
  const list = filled === undefined ? [] : typeof filled === 'string' ? [filled] : filled
  const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value })
  switch (type) {
    case 'multi_users_select':
      return { selected_users: list }
    case 'checkboxes':
    case 'multi_static_select':
      return { selected_options: list.map(option) }
    case 'external_select':
    case 'static_select':
    case 'radio_buttons':
      return { selected_option: list[0] === undefined ? null : option(list[0]) }
    default:
      return { value: list[0] ?? null }
  }
}
