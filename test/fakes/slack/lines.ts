import type { IncomingMessage, Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { type FakeState, nextId } from './state.ts'

/** Where the app listens when it has called us: the way of Socket Mode. */
export const OVER_A_LINE = 'over a line'

export const FAKE_APP_TOKEN = 'xapp-fake-app-token'

export type Acknowledged = { readonly status: number; readonly answer: string; readonly attempts: number }
type Envelope = { readonly envelope_id: string; readonly payload?: unknown }

/** An event that is not acknowledged comes again so often; a command or a press never does. */
const REPEATS_MAX = 3

/** The lines of Socket Mode: who may open one, what goes over them, and how Slack renews and loses them. */
export function slackLines(state: FakeState) {
  const tickets = new Set<string>()
  const lines = new Map<WebSocket, Map<string, (payload: unknown) => void>>()
  const waiting: (() => void)[] = []
  const settings = {
    /** An acknowledgement that takes longer comes too late. */
    withinMs: 3_000,
    /** Lines are turned away while this is true. */
    shut: false,
  }
  const server = new WebSocketServer({ noServer: true })

  function welcome(socket: WebSocket): void {
    const sent = new Map<string, (payload: unknown) => void>()
    lines.set(socket, sent)
    socket.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse((data as Buffer).toString()) as Envelope
      sent.get(envelope_id)?.(payload ?? null)
    })
    socket.on('close', () => lines.delete(socket))
    const connection_info = { app_id: state.app }
    socket.send(
      JSON.stringify({ type: 'hello', num_connections: lines.size, connection_info, debug_info: { approximate_connection_time: 18_060 } }),
    )
    for (const go of waiting.splice(0)) go()
  }

  /** Over any of the lines; null where it broke off, or nobody acknowledged it in time. */
  async function once(envelope: Envelope & Readonly<Record<string, unknown>>): Promise<{ readonly payload: unknown } | null> {
    const [socket, sent] = [...lines].at(state.counter % lines.size)!
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(null), settings.withinMs)
      const done = (outcome: { readonly payload: unknown } | null) => {
        clearTimeout(late)
        resolve(outcome)
      }
      sent.set(envelope.envelope_id, (payload) => done({ payload }))
      socket.once('close', () => done(null))
      socket.send(JSON.stringify(envelope))
    })
  }

  const untilOpen = async (): Promise<void> => {
    if (lines.size === 0) await new Promise<void>((resolve) => waiting.push(resolve))
  }

  return {
    settings,
    /** How many are open. */
    count: () => lines.size,
    untilOpen,
    /** `apps.connections.open`: an address that is good once. */
    ticket(origin: string): string {
      const ticket = nextId(state, 'ticket-')
      tickets.add(ticket)
      return `${origin.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${state.app}`
    },
    listenAt(http: Server): void {
      http.on('upgrade', (request: IncomingMessage, socket, head) => {
        const ticket = new URL(request.url ?? '', 'http://localhost').searchParams.get('ticket') ?? ''
        if (settings.shut || !tickets.delete(ticket)) return socket.destroy()
        server.handleUpgrade(request, socket, head, welcome)
      })
    },
    async deliver(type: 'events_api' | 'slash_commands' | 'interactive', payload: object): Promise<Acknowledged> {
      const repeats = type === 'events_api' ? REPEATS_MAX : 0
      for (let attempt = 0; attempt <= repeats; attempt++) {
        await untilOpen()
        const envelope = { envelope_id: nextId(state, 'E'), type, payload, accepts_response_payload: type !== 'events_api' }
        const acknowledged = await once({ ...envelope, retry_attempt: attempt, retry_reason: attempt > 0 ? 'timeout' : '' })
        if (acknowledged) return { status: 200, answer: textOf(acknowledged.payload), attempts: attempt + 1 }
      }
      return { status: 0, answer: 'nobody acknowledged it', attempts: repeats + 1 }
    },
    /** Slack asks every line to be opened anew, as it does every few hours. */
    refresh(): void {
      for (const socket of lines.keys()) socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: {} }))
    },
    /** Whatever one likes, to all lines. */
    say(message: string): void {
      for (const socket of lines.keys()) socket.send(message)
    },
    /** All lines break off without a word. */
    cut(): void {
      for (const socket of lines.keys()) socket.terminate()
      lines.clear()
    },
    close(): void {
      for (const socket of lines.keys()) socket.terminate()
      server.close()
    },
  }
}

const textOf = (payload: unknown): string =>
  payload === null || (typeof payload === 'object' && Object.keys(payload).length === 0) ? '' : JSON.stringify(payload)
