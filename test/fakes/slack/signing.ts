import { createHmac } from 'node:crypto'

/** Signs a body as Slack does: version 0, over the time and the very bytes. */
export function signedHeaders(secret: string, body: string, seconds: number): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${signature}` }
}
