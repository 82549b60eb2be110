import { CHAT_PERMISSIONS } from './permissions.ts'

export type TeamsManifestOptions = {
  /** The app in Entra; the bot and the manifest have the same id. */
  readonly appId: string
  /** How people reach this Ringside, without a slash at the end. */
  readonly address: string
}

/** What an administrator of Teams uploads: `npm run manifest:teams` makes the package of it. */
export function teamsManifest({ appId, address }: TeamsManifestOptions) {
  const { hostname } = new URL(address)
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.29/MicrosoftTeams.schema.json',
    manifestVersion: '1.29',
    version: '1.0.0',
    id: appId,
    developer: { name: 'Ringside', websiteUrl: address, privacyUrl: address, termsOfUseUrl: address },
    name: { short: 'Ringside', full: 'Ringside: one private chat for every CRM item' },
    description: {
      short: 'One private chat for every deal, lead and customer, with who observes it.',
      full: 'Ringside opens one group chat for a CRM item when somebody asks for it, and keeps the members of the chat and the observers of the item agreed: who is added to one joins the other, and who is taken off the item leaves the chat. It reads no message but those that mention it or are written to it alone.',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#0a6b6f',
    bots: [
      {
        botId: appId,
        scopes: ['personal', 'groupChat'],
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [
          { scopes: ['personal'], commands: [...COMMANDS, HELP] },
          { scopes: ['groupChat'], commands: [...COMMANDS, ...IN_CHAT, HELP] },
        ],
      },
    ],
    authorization: { permissions: { resourceSpecific: CHAT_PERMISSIONS.map(({ scope }) => ({ name: scope, type: 'Application' })) } },
    webApplicationInfo: { id: appId, resource: `api://${hostname}/botid-${appId}` },
    validDomains: [hostname],
    defaultInstallScope: 'personal',
  }
}

const COMMANDS = [{ title: 'discuss', description: 'Open the chat of a CRM item: discuss deal 42' }]

/** In the chat of an item. */
const IN_CHAT = [
  { title: 'who', description: 'Who is on the item, and who is in the chat' },
  { title: 'why', description: 'Why somebody is in the chat, or is not: why @person' },
  { title: 'add', description: 'Make somebody an observer and bring them in: add @person' },
  { title: 'remove', description: 'Take somebody off the item and out of the chat: remove @person' },
  { title: 'leave', description: 'Leave the chat and go on observing' },
  { title: 'status', description: 'What is agreed, and what waits' },
  { title: 'rename', description: 'Give the chat another name' },
]

const HELP = { title: 'help', description: 'What can be written to Ringside' }
