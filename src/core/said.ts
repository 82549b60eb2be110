/**
 * A message of a chat that something is about. What a dialog is about is written down when it is sent, so a message is carried there by
 * its address and its author alone. Its text is only in the button that opens the dialog once more, which the chat system keeps.
 */
export type Said = { readonly url: string | null; readonly by: string | null; readonly text: string }

/** What a button can carry. */
const ABOUT_MAX = 1_900

export const aboutSaid = ({ url, by }: Omit<Said, 'text'>): string => JSON.stringify({ url, by })

export function aboutSaidWithText(said: Said): string {
  const whole = JSON.stringify(said)
  return whole.length <= ABOUT_MAX ? whole : aboutSaid(said)
}

/** Null for what is about no message. */
export function readSaid(about: string): Said | null {
  if (!about.startsWith('{')) return null
  const { url, by, text } = JSON.parse(about) as Record<string, unknown>
  return { url: isPage(url) ? url : null, by: typeof by === 'string' ? by : null, text: typeof text === 'string' ? text : '' }
}

/** The address of a page, and of nothing that runs. */
const isPage = (url: unknown): url is string => typeof url === 'string' && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
