import { once } from 'node:events'
import { type AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail server on this machine that keeps what it was given. */
export type FakeMailServer = {
  readonly url: string
  /** Resolves with the newest mail to this address, when there is one more than `after`. */
  mailTo(address: string, after?: number): Promise<string>
  countTo(address: string): number
  close(): Promise<void>
}

const WAIT_MS = 20_000
const LOOK_MS = 20

export async function startMailServer(): Promise<FakeMailServer> {
  const mails: { readonly to: string; readonly text: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = ''
      stream.on('data', (chunk) => (text += String(chunk)))
      stream.on('end', () => {
        for (const { address } of session.envelope.rcptTo) mails.push({ to: address, text: plain(text) })
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const to = (address: string) => mails.filter((one) => one.to === address)
  return {
    url: `smtp://127.0.0.1:${port}`,
    countTo: (address) => to(address).length,
    async mailTo(address, after = 0) {
      const until = Date.now() + WAIT_MS
      while (to(address).length <= after) {
        if (Date.now() > until) throw new Error(`No mail came to ${address}.`)
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      }
      return to(address).at(-1)?.text ?? ''
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Quoted-printable, as mail carries long lines. */
const plain = (text: string) =>
  text.replaceAll(/=\r?\n/g, '').replaceAll(/=([0-9A-F]{2})/g, (_all, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
