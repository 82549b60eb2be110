/** The load generator, a process of its own: sends a round of signed events over twenty connections, as fast as they are answered. */
import { Agent, request } from 'node:http'
import { memberEvents, type Payload } from './payloads.ts'

export type Order = { readonly port: number; readonly round: string; readonly count: number }
export type Round = { readonly seconds: number; readonly refused: number }

const CONNECTIONS = 20

process.on('message', (order: Order) => {
  void sendRound(order).then((round) => process.send?.(round))
})
process.send?.('ready')

async function sendRound({ port, round, count }: Order): Promise<Round> {
  const payloads = memberEvents(round, count).values()
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  let refused = 0
  const connection = async () => {
    for (const payload of payloads) if ((await post(agent, port, payload)) !== 200) refused++
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  const seconds = (performance.now() - begun) / 1000
  agent.destroy()
  return { seconds, refused }
}

function post(agent: Agent, port: number, { body, headers }: Payload): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port, host: '127.0.0.1', path: '/slack/events', method: 'POST', headers }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.setHeader('content-length', Buffer.byteLength(body))
    sent.end(body)
  })
}
