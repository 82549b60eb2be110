import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'

export type { HttpBindings } from '@hono/node-server'
export { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'

/** Listens on a free port of this machine alone. Closing also hangs up on calls that were never answered. */
export async function listen(fetch: (request: Request, env: never) => Response | Promise<Response>) {
  const server = createAdaptorServer({ fetch: fetch as never })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  return { origin: `http://127.0.0.1:${port}`, server, close }
}
