import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** A company's own sign-in (OpenID Connect): discovery, consent that is given at once, tokens that are signed. */
export type FakeCompany = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Who is at the browser, and whether the company says that their address is verified. */
  person: { readonly subject: string; readonly email: string; readonly verified: boolean; readonly name: string }
  close(): Promise<void>
}

export async function startCompany(): Promise<FakeCompany> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const key = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
  const codes = new Map<string, { readonly nonce: string | undefined; readonly challenge: string | undefined }>()
  const app = new Hono()
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const company: FakeCompany = {
    issuer,
    clientId: 'ringside',
    clientSecret: 'shared-with-the-company',
    person: { subject: 's1', email: 'ann@example.com', verified: true, name: 'Ann' },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  const claims = () => ({
    sub: company.person.subject,
    email: company.person.email,
    email_verified: company.person.verified,
    name: company.person.name,
  })

  app.get('/.well-known/openid-configuration', (c) =>
    c.json({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    }),
  )
  app.get('/keys', (c) => c.json({ keys: [key] }))
  app.get('/authorize', (c) => {
    const { redirect_uri: back, state, nonce, code_challenge: challenge, client_id: client } = c.req.query()
    if (!back || client !== company.clientId) return c.text('unknown client', 400)
    const code = crypto.randomUUID()
    codes.set(code, { nonce, challenge })
    const url = new URL(back)
    url.searchParams.set('code', code)
    if (state) url.searchParams.set('state', state)
    return c.redirect(url.toString())
  })
  app.post('/token', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const asked = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    if (!asked) return c.json({ error: 'invalid_grant' }, 400)
    if (asked.challenge && (await challengeOf(form.get('code_verifier') ?? '')) !== asked.challenge)
      return c.json({ error: 'invalid_grant' }, 400)
    const id_token = await new SignJWT({ ...claims(), ...(asked.nonce && { nonce: asked.nonce }) })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer(issuer)
      .setAudience(company.clientId)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey)
    return c.json({ access_token: 'opaque', token_type: 'Bearer', expires_in: 300, id_token })
  })
  app.get('/userinfo', (c) => c.json(claims()))
  return company
}

async function challengeOf(verifier: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return Buffer.from(hash).toString('base64url')
}
