import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** The keys of the bot service, and tokens signed with them as they should be, or not. */

export type Signing = Awaited<ReturnType<typeof openSigning>>

export type Claims = { readonly serviceUrl: string | null; readonly audience: string; readonly issuer?: string; readonly atMs?: number }

export async function openSigning() {
  const made = await Promise.all(['bot-1', 'other-channel', 'entra-1'].map(async (kid) => ({ kid, ...(await generateKeyPair('RS256')) })))
  const published = made.filter(({ kid }) => kid !== 'entra-1')
  const keys = await Promise.all(
    published.map(async ({ kid, publicKey }) => ({
      ...(await exportJWK(publicKey)),
      kid,
      use: 'sig',
      endorsements: kid === 'bot-1' ? ['msteams', 'webchat'] : ['webchat'],
    })),
  )
  return {
    keys,
    async sign(
      { serviceUrl, audience, issuer = 'https://api.botframework.com', atMs = Date.now() }: Claims,
      kid = 'bot-1',
    ): Promise<string> {
      const key = made.find((one) => one.kid === kid)!.privateKey
      const at = Math.floor(atMs / 1000)
      return new SignJWT(serviceUrl === null ? {} : { serviceurl: serviceUrl })
        .setProtectedHeader({ alg: 'RS256', kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setNotBefore(at)
        .setExpirationTime(at + 3600)
        .sign(key)
    },
  }
}
