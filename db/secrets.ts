/**
 * Texts that must not stand in the database in clear: sealed with AES-GCM by WebCrypto, under a key that is not in the database.
 * The name of the key stands beside the sealed text, so that a new key can take over while texts under the old one are still around.
 */
export type Secrets = {
  /** `place` says where the sealed text is kept; it opens nowhere else. */
  seal(text: string, place: string): Promise<string>
  /** Null where none of the keys is the one it was sealed with. */
  open(sealed: string, place: string): Promise<string | null>
  /** Sealed with a key that is on its way out? */
  isOutdated(sealed: string): boolean
}

export const SECRET_LENGTH_MIN = 32
const VERSION = 'v1'
const KEY_BYTES = 32
const IV_BYTES = 12
/** The most that Workers do in one derivation. */
const ROUNDS = 100_000

type Key = { readonly name: string; readonly key: CryptoKey }

/** The first of the keys seals; all of them open. Each is 32 bytes in base64, or a passphrase. */
export async function openSecrets(keys: readonly [string, ...string[]]): Promise<Secrets> {
  const known = await Promise.all(keys.map(keyOf))
  const [current] = known as [Key, ...Key[]]

  return {
    async seal(text, place) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(place) }, current.key, bytesOf(text))
      return [VERSION, current.name, base64Of(iv), base64Of(new Uint8Array(sealed))].join('.')
    },
    async open(sealed, place) {
      const [, name, iv, body] = partsOf(sealed)
      const used = known.find((one) => one.name === name)
      if (!used) return null
      const clear = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: fromBase64(iv), additionalData: bytesOf(place) },
        used.key,
        fromBase64(body),
      )
      return new TextDecoder().decode(clear)
    },
    isOutdated: (sealed) => partsOf(sealed)[1] !== current.name,
  }
}

function partsOf(sealed: string): [string, string, string, string] {
  const parts = sealed.split('.')
  if (parts.length !== 4 || parts[0] !== VERSION) throw new Error('A sealed text has a form that is not ours.')
  return parts as [string, string, string, string]
}

async function keyOf(secret: string): Promise<Key> {
  const raw = asKeyBytes(secret) ?? (await derived(secret))
  const name = new Uint8Array(await crypto.subtle.digest('SHA-256', raw))
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { name: Array.from(name.slice(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(''), key }
}

/** 32 bytes in base64 are the key itself; anything else is a passphrase. */
function asKeyBytes(secret: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(secret)) return null
  const bytes = fromBase64(secret)
  return bytes.length === KEY_BYTES ? bytes : null
}

async function derived(passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
  const material = await crypto.subtle.importKey('raw', bytesOf(passphrase), 'PBKDF2', false, ['deriveBits'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf('ringside secrets v1'), iterations: ROUNDS }
  return new Uint8Array(await crypto.subtle.deriveBits(how, material, KEY_BYTES * 8))
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

const base64Of = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')), (letter) => letter.charCodeAt(0))

/** A key that nobody chose. */
export const newSecret = (): string => base64Of(crypto.getRandomValues(new Uint8Array(KEY_BYTES)))
