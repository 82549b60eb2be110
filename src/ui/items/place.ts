/** Where a note was said, by the address of the message. */
const PLACES: readonly (readonly [host: RegExp, title: string])[] = [
  [/(^|\.)slack\.com$/, 'in Slack'],
  [/(^|\.)teams\.(microsoft|cloud\.microsoft)(\.com)?$/, 'in Teams'],
]

export function placeOf(address: string): string {
  const { hostname } = new URL(address)
  return PLACES.find(([host]) => host.test(hostname))?.[1] ?? 'where it was said'
}

/** A page, and nothing that runs. */
export const isAddress = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === 'https:'
