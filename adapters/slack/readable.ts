import { unescape } from './command.ts'

/**
 * The text of a message as people read it. Slack writes what it refers to between angle brackets: `<@U1|name>`, `<#C1|name>`,
 * `<!here>`, `<!subteam^S1|@name>`, `<!date^…|fallback>`, `<https://…|title>`.
 */
export function readable(text: string): string {
  return unescape(text.replaceAll(/<([^<>|]*)(?:\|([^<>]*))?>/g, (_whole, sign: string, title: string | undefined) => shown(sign, title)))
}

function shown(sign: string, title: string | undefined): string {
  if (sign.startsWith('@')) return `@${title || 'somebody'}`
  if (sign.startsWith('#')) return `#${title || 'a private channel'}`
  if (sign.startsWith('!')) return title || `@${sign.slice(1).split('^')[0]}`
  const address = sign.replace(/^mailto:/, '')
  return title && title !== address ? `${title} (${address})` : address
}
