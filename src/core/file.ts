/** Files in chats: how large they may be, what they are, and what they are called. */

export const FILE_MAX_BYTES = 25 * 1024 * 1024
/** One request carries one part; every part but the last is as long as this. */
export const FILE_PART_BYTES = 512 * 1024
export const FILES_PER_MESSAGE_MAX = 10
export const FILE_NAME_MAX = 200

export const partsOf = (size: number) => Math.max(1, Math.ceil(size / FILE_PART_BYTES))

/** How long the part at this place has to be. */
export const partLength = (size: number, place: number) => Math.min(FILE_PART_BYTES, size - place * FILE_PART_BYTES)

export const UNKNOWN_TYPE = 'application/octet-stream'

/** What a browser may show in the page: pictures made of dots, which can run nothing. */
export const isPicture = (type: string | null) => type !== null && type.startsWith('image/')

const SIGNATURES: readonly { readonly type: string; readonly at: number; readonly bytes: readonly number[] }[] = [
  { type: 'image/png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', at: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
  { type: 'application/pdf', at: 0, bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: 'application/zip', at: 0, bytes: [0x50, 0x4b, 0x03, 0x04] },
]

/** What a file is, by its first part. Neither its name nor what its sender said counts; HTML and SVG are text here, and stay that. */
export function typeOf(first: Uint8Array): string {
  const signed = SIGNATURES.find(({ at, bytes }) => bytes.every((byte, place) => first[at + place] === byte))
  if (signed) return signed.type
  return isText(first) ? 'text/plain; charset=utf-8' : UNKNOWN_TYPE
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.includes(0)) return false
  try {
    // The part may end inside a character.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Without a path, without signs that cannot be seen, and without those that turn the reading direction and hide an ending. */
export function fileName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim()
  return plain.replace(/^\.+$/, '').slice(0, FILE_NAME_MAX) || 'file'
}

/** How the name travels with the bytes (RFC 6266): once for old programs, once as it is. */
export function dispositionOf(how: 'inline' | 'attachment', name: string): string {
  const old = name.replace(/[^\w. -]/g, '_')
  const whole = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${how}; filename="${old}"; filename*=UTF-8''${whole}`
}
