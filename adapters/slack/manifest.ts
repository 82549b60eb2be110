import { BOT_EVENTS, OPTIONAL_SCOPES, SCOPES } from './scopes.ts'

export const DEFAULT_COMMAND = '/discuss'

export type ManifestOptions = {
  /** How Slack and people reach this Ringside, without a slash at the end; null: Slack cannot. */
  readonly address: string | null
  /** Events and commands come over a connection that Ringside opens itself, and need no address. */
  readonly socket: boolean
  readonly command?: string
}

/** What a customer gives to Slack to make the app: `manifest/slack/` holds it for both ways, `npm run manifest:slack` prints it for one address. */
export function slackManifest({ address, socket, command = DEFAULT_COMMAND }: ManifestOptions) {
  if (!socket && address === null) throw new Error('Without Socket Mode Slack needs an address to send to.')
  const events = socket ? {} : { request_url: `${address}/slack/events` }
  const url = socket ? {} : { url: `${address}/slack/events` }
  const menu = socket ? {} : { message_menu_options_url: `${address}/slack/events` }
  return {
    _metadata: { major_version: 2 },
    display_information: {
      name: 'Ringside',
      description: 'One private channel for every deal, lead and customer, with the people who observe it.',
      long_description: `Ringside opens one private channel for a CRM item when somebody asks for it with ${command}, and keeps the members of the channel and the observers of the item agreed: who is added to one joins the other, and who is taken off the item leaves the channel. It never reads what is written in the channel, except a message that somebody hands to it with a shortcut.`,
      background_color: '#1f3a5f',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'ringside', always_online: true },
      shortcuts: SHORTCUTS,
      slash_commands: [
        {
          command,
          ...url,
          description: 'Open the chat of a CRM item',
          usage_hint: '[deal 42 or words | who | why @person | add @people | help]',
          should_escape: true,
        },
      ],
      ...(address && { unfurl_domains: [new URL(address).hostname] }),
    },
    oauth_config: {
      ...(address && { redirect_urls: [`${address}/slack/oauth_redirect`] }),
      scopes: { bot: SCOPES.map(({ scope }) => scope), bot_optional: OPTIONAL_SCOPES.map(({ scope }) => scope) },
    },
    settings: {
      event_subscriptions: { ...events, bot_events: BOT_EVENTS.map(({ event }) => event) },
      interactivity: { is_enabled: true, ...events, ...menu },
      org_deploy_enabled: !socket,
      socket_mode_enabled: socket,
      token_rotation_enabled: false,
    },
  }
}

/** Their callback ids are the presses they mean (src/core/press.ts). */
const SHORTCUTS = [
  { name: 'Discuss a CRM item', type: 'global', callback_id: 'choose-item', description: 'Find an item and open its chat' },
  { name: 'New private chat', type: 'global', callback_id: 'new-chat', description: 'Invite people into a chat of your own' },
  {
    name: 'Discuss this message',
    type: 'message',
    callback_id: 'choose-item-for-message',
    description: 'Open the chat of the item that a message is about',
  },
  { name: 'Save to timeline', type: 'message', callback_id: 'save-note', description: 'Keep a message on the timeline of an item' },
] as const
