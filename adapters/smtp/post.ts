import { createTransport } from 'nodemailer'
import { failed, ok } from '../../src/core/failure.ts'
import type { Post } from '../../src/ports/post.ts'

/** A server takes a mail within seconds; one that hangs must not keep a browser waiting. */
const TIMEOUT_MS = 10_000

/** `url`: smtp://user:password@host:587, or smtps:// where the line is sealed from the first byte. `from`: who writes. */
export function smtpPost({ url, from }: { readonly url: string; readonly from: string }): Post {
  const transport = createTransport(url, { from })
  return {
    async send({ to, subject, text }) {
      try {
        await within(transport.sendMail({ to, subject, text }))
        return ok(undefined)
      } catch (error) {
        return failed({
          kind: 'later',
          code: codeOf(error),
          why: 'The mail server did not take the mail. Try again in a few minutes, or ask whoever runs Ringside to look at SMTP_URL.',
          afterMs: 60_000,
        })
      }
    },
  }
}

async function within(sending: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('ETIMEDOUT')), TIMEOUT_MS)
  })
  try {
    await Promise.race([sending, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Nodemailer names what went wrong: EAUTH, ECONNECTION, EENVELOPE. */
function codeOf(error: unknown): string {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' ? `mail_${code.toLowerCase()}` : 'mail_failed'
}
