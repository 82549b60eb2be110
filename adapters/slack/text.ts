/** Text on its way into Slack: cut to its limits, and harmless where Slack would read its own signs into it. */

export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Escaped, and still no longer than `max`. */
export function escapeWithin(text: string, max: number): string {
  let plain = cut(text, max)
  while (escape(plain).length > max) plain = plain.slice(0, -1)
  return escape(plain)
}

const TITLE_MAX = 75

export const linkText = ({ title, url }: { readonly title: string; readonly url: string }): string =>
  `<${safeUrl(url)}|${escape(cut(title, TITLE_MAX)).replaceAll('|', '¦')}>`

/** The address of a page, and of nothing that runs. */
export function pageAddress(url: string): string {
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`Not an address of a page: ${protocol}`)
  return href
}

/** An address between Slack's own signs. */
function safeUrl(url: string): string {
  return pageAddress(url).replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('&', '&amp;')
}

export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`
}
