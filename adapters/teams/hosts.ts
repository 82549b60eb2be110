/** Hosts that an activity of the bot service may name for its answers. */
const HOSTS = ['smba.trafficmanager.net', 'botframework.com', 'teams.microsoft.com', 'teams.microsoft.us']

/** An address of Microsoft's bot service, or of the fake that stands in its place. */
export function isMicrosoft(address: string, connectorUrl: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.origin === new URL(connectorUrl).origin) return true
  return url.protocol === 'https:' && HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
}
