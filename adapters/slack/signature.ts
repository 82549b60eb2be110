import { createHmac, timingSafeEqual } from 'node:crypto'

/** Slack and we may be this far apart in time; beyond, a request may be a recording. */
const SKEW_MAX_SECONDS = 300

export type Checked = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly why: string }

/** HMAC-SHA256 over `v0:time:body`, with any of the secrets: two of them are in use while one replaces the other. */
export function checkSignature(secrets: readonly string[], headers: Headers, body: string, nowMs: number): Checked {
  const time = headers.get('x-slack-request-timestamp')
  const signature = headers.get('x-slack-signature')
  if (!time || !signature) return no('signature_missing', 'The request carries no Slack signature.')
  if (!/^\d{1,12}$/.test(time) || Math.abs(nowMs / 1000 - Number(time)) > SKEW_MAX_SECONDS) {
    return no('signature_old', 'The request is more than five minutes away from the time on this server.')
  }
  const hex = /^v0=([0-9a-f]{64})$/.exec(signature)?.[1]
  if (!hex) return no('signature_malformed', 'The signature is not one of Slack: it has to be v0= and 64 digits.')
  const given = Buffer.from(hex, 'hex')
  if (secrets.some((secret) => isSignedWith(secret, given, `v0:${time}:${body}`))) return { ok: true }
  return no('signature_wrong', 'The signature does not fit. Compare the signing secret with the one in the Slack app.')
}

const no = (code: string, why: string): Checked => ({ ok: false, code, why })

/** Node's own HMAC, which Workers have as well: WebCrypto takes a trip to another thread for each, several times its cost. */
const isSignedWith = (secret: string, given: Uint8Array, signed: string): boolean =>
  timingSafeEqual(createHmac('sha256', secret).update(signed).digest(), given)
