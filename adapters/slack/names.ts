/** What Slack allows in the name of a channel, and the room we keep at its end for "-2". */
export const NAME_MAX = 80
const SUFFIX_MAX = 8

/** Letters that do not come apart into a plain letter and a mark, or do so in another way than people write them. */
const LETTERS: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  å: 'a',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  '&': ' and ',
}

/** "D-42 Müller & Söhne" → "d-42-mueller-and-soehne". A title with no letter Slack knows falls back to the operation. */
export function channelName(title: string, operation: string): string {
  return slug(title) || `chat-${slug(operation)}`.replace(/-$/, '')
}

/** The name as it is on the first try, then with -2, -3 … */
export function withSuffix(name: string, attempt: number): string {
  return attempt === 0 ? name : `${name}-${attempt + 1}`
}

function slug(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^a-z0-9]/gu, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, NAME_MAX - SUFFIX_MAX)
    .replace(/^[-_]+|[-_]+$/g, '')
}
