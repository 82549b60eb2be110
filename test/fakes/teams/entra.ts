import { Hono } from 'hono'
import { APP, type FakeState } from './state.ts'

/** Entra: tokens by client credentials, for a tenant that let the app in. */
export function entraApp(state: FakeState, issued: Map<string, { tenant: string; scope: string }>) {
  const app = new Hono()
  app.post('/:tenant/oauth2/v2.0/token', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const tenant = c.req.param('tenant')
    const refuse = (error: string, number: string) => c.json({ error, error_description: `AADSTS${number}: no.` }, 400)
    if (form.get('client_secret') !== APP.secret) return refuse('invalid_client', '7000215')
    if (form.get('client_id') !== APP.id || !state.consented.has(tenant)) return refuse('unauthorized_client', '700016')
    const token = `token-${issued.size + 1}`
    issued.set(token, { tenant, scope: form.get('scope') ?? '' })
    return c.json({ token_type: 'Bearer', expires_in: 3599, access_token: token })
  })
  return app
}
