import { SocketModeClient } from '@slack/socket-mode'
import { type Failure, failed, ok, type Result } from '../../src/core/failure.ts'
import type { Answer, Hearing, InboundLine, Received } from '../../src/ports/inbound.ts'
import { clientOptions, failureOfError, QUIET, type SlackAccess } from './call.ts'
import { type Fields, fieldsOf, textOf } from './fields.ts'
import { handshake, receivedOf } from './inbound.ts'
import { DEFAULT_COMMAND } from './manifest.ts'

/**
 * Socket Mode: Ringside calls Slack, and Slack sends over that line what it would post to an address. No public address and no signing
 * secret are needed: nobody but Slack is at the other end. On Node alone; Workers hold no lines open.
 */
export type SlackSocketOptions = Omit<SlackAccess, 'token' | 'team'> & {
  /** `xapp-…`, with the scope connections:write. */
  readonly appToken: string
  readonly command?: string
}

/** A line that is not up by then is given up. */
const OPEN_WITHIN_MS = 30_000

export const slackSocket = (options: SlackSocketOptions): InboundLine => ({
  open(hearing) {
    const line = new Line(options, hearing)
    return { ended: line.untilEnded(), close: () => line.hangUp() }
  },
})

/**
 * One line. The library gets its address, keeps it alive and says when it ended; it is not let call again by itself, because it then
 * throws where nobody can catch it. Nor is it let read what comes: it stumbles over events without a type.
 */
class Line extends SocketModeClient {
  private readonly hearing: Hearing
  private readonly command: string
  private hangingUp = false

  constructor({ appToken, command = DEFAULT_COMMAND, ...access }: SlackSocketOptions, hearing: Hearing) {
    super({ appToken, autoReconnectEnabled: false, logger: QUIET, clientOptions: clientOptions(access) })
    this.hearing = hearing
    this.command = command
  }

  async untilEnded(): Promise<Result<void>> {
    const ended = new Promise<void>((resolve) => this.once('disconnected', () => resolve()))
    const slow = setTimeout(() => void this.disconnect(), OPEN_WITHIN_MS)
    try {
      await this.start()
    } catch (error) {
      return this.hangingUp && error === undefined ? ok(undefined) : failed(whyNotOpened(error))
    } finally {
      clearTimeout(slow)
    }
    // Closed while it was being opened.
    if (this.hangingUp) this.hangUp()
    else this.hearing.opened()
    await ended
    return ok(undefined)
  }

  hangUp(): void {
    this.hangingUp = true
    void this.disconnect()
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const message = typeof data === 'string' ? readJson(data) : {}
    const envelope = textOf(message['envelope_id'])
    // The library answers the two that are about the line itself; what it does not know it would stumble over.
    if (envelope === null) return ABOUT_THE_LINE.has(message['type']) ? super.onWebSocketMessage(data, isBinary) : undefined
    const body = fieldsOf(message['payload'])
    const answer = await this.hearing.take(() => read(body, envelope, this.command))
    if (answer) this.reply(envelope, message['accepts_response_payload'] === true ? answer : null)
  }

  /** The line may have ended meanwhile: then nothing goes back, Slack sends events again on another one, and they have the same id. */
  private reply(envelope: string, answer: Answer | null): void {
    const payload = typeof answer?.body === 'string' ? { text: answer.body } : (answer?.body ?? null)
    const text = JSON.stringify({ envelope_id: envelope, ...(payload && { payload }) })
    if (this.websocket?.isActive()) this.websocket.send(text, () => {})
  }
}

const ABOUT_THE_LINE: ReadonlySet<unknown> = new Set(['hello', 'disconnect'])

/** A repeat of an event has the same id in another envelope; a command or a press has its trigger. */
const read = async (body: Fields, envelope: string, command: string): Promise<Received> =>
  handshake(body) ?? receivedOf(body, command, async () => textOf(body['event_id']) ?? `line:${textOf(body['trigger_id']) ?? envelope}`)

function readJson(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text))
  } catch {
    return {}
  }
}

/** The library says nothing where the line broke off before it was up. */
function whyNotOpened(error: unknown): Failure {
  if (error !== undefined) return failureOfError('apps.connections.open', error)
  return { kind: 'later', code: 'line_broken', why: 'The connection to Slack broke off before it was open.', afterMs: BROKEN_MS }
}

const BROKEN_MS = 1_000
