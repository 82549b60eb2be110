import { asAccountId, asChatId } from '../../src/core/ids.ts'
import { markOf } from '../../src/core/account.ts'
import type { ChatChange, News } from '../../src/ports/inbound.ts'
import { wholeProfile } from './accounts.ts'
import { type Fields, fieldsOf, idOf, textOf } from './fields.ts'
import { placeOf, whereShared } from './unfurl.ts'

/** What each event we act upon tells; null when it lacks what we need of it. */
type Translate = (event: Fields, body: Fields) => News | null

/** `channel` is a text in most events, and an object in those about a new name. */
const chatChanged =
  (what: ChatChange): Translate =>
  (event) => {
    const chat = textOf(event['channel']) ?? idOf(event['channel'])
    const name = what === 'renamed' ? textOf(fieldsOf(event['channel'])['name']) : null
    return chat ? { kind: 'chat-changed', chat: asChatId(chat), what, ...(name && { name }) } : null
  }

/** Slack tells of every new status and picture of everybody. Where it says all that matters of them, that goes along. */
const accountChanged: Translate = (event) => {
  const account = idOf(event['user']) ?? textOf(event['user'])
  if (!account) return null
  const profile = wholeProfile(event['user'])
  return { kind: 'account-changed', account: asAccountId(account), ...(profile && { mark: markOf(profile) }) }
}

/** Which ones is read anew: word of it may come late, or in another order. */
const workspacesChanged: Translate = (event, body) => ({ kind: 'access-changed', what: 'workspaces', atMs: timeOf(event, body) })

export const EVENTS: Readonly<Record<string, Translate>> = {
  member_joined_channel: (event, body) => {
    const [chat, account, by] = [textOf(event['channel']), textOf(event['user']), textOf(event['inviter'])]
    if (!chat || !account) return null
    // The app joins by creating a channel and by being invited back. Neither is a member's joining; the second makes the chat whole again.
    if (account === ownUser(body)) return { kind: 'chat-changed', chat: asChatId(chat), what: 'let-in' }
    // Nobody joins a private channel by themselves. Slack says so of everybody in a channel that was public and is private again.
    if (!by) return { kind: 'chat-changed', chat: asChatId(chat), what: 'made-private' }
    return { kind: 'joined', chat: asChatId(chat), account: asAccountId(account), by: asAccountId(by), atMs: timeOf(event, body) }
  },
  member_left_channel: (event, body) => {
    const [chat, account] = [textOf(event['channel']), textOf(event['user'])]
    return chat && account ? { kind: 'left', chat: asChatId(chat), account: asAccountId(account), atMs: timeOf(event, body) } : null
  },
  group_left: chatChanged('app-left'),
  group_archive: chatChanged('archived'),
  group_unarchive: chatChanged('unarchived'),
  group_rename: chatChanged('renamed'),
  group_deleted: chatChanged('deleted'),
  channel_left: chatChanged('app-left'),
  channel_archive: chatChanged('archived'),
  channel_unarchive: chatChanged('unarchived'),
  channel_rename: chatChanged('renamed'),
  channel_deleted: chatChanged('deleted'),
  channel_id_changed: (event) => {
    const [chat, to] = [textOf(event['old_channel_id']), textOf(event['new_channel_id'])]
    return chat && to ? { kind: 'chat-moved', chat: asChatId(chat), to: asChatId(to) } : null
  },
  channel_shared: chatChanged('shared'),
  channel_unshared: chatChanged('unshared'),
  user_change: accountChanged,
  team_join: accountChanged,
  subteam_members_changed: (event) => {
    const group = textOf(event['subteam_id'])
    return group ? { kind: 'group-changed', group } : null
  },
  app_home_opened: (event) => {
    const account = textOf(event['user'])
    // The other tab is the conversation with the app, and shows nothing of ours.
    return account && event['tab'] !== 'messages' ? { kind: 'home-opened', account: asAccountId(account) } : null
  },
  link_shared: (event) => {
    const [account, chat, place] = [textOf(event['user']), textOf(event['channel']), placeOf(event)]
    if (!account || !place) return null
    const links = ((event['links'] as unknown[] | undefined) ?? []).flatMap((link) => textOf(fieldsOf(link)['url']) ?? [])
    const where = whereShared(event)
    const from = { account: asAccountId(account), chat: chat && where !== 'elsewhere' ? asChatId(chat) : null, reply: null }
    return { kind: 'links-shared', from, links: links.slice(0, LINKS_MAX), place, where }
  },
  app_uninstalled: (_event, body) => ({ kind: 'access-changed', what: 'removed', atMs: secondsOf(body['event_time']) }),
  tokens_revoked: (event, body) => {
    const ours = fieldsOf(event['tokens'])['bot']
    return Array.isArray(ours) && ours.length > 0 ? { kind: 'access-changed', what: 'revoked', atMs: secondsOf(body['event_time']) } : null
  },
  team_access_granted: workspacesChanged,
  team_access_revoked: workspacesChanged,
}

/** Links of one message that are looked at. */
const LINKS_MAX = 20

export function newsOfEvent(type: string, event: Fields, body: Fields): News {
  const translate = EVENTS[type]
  if (!translate) return { kind: 'unknown', reason: reasonOf('event', type) }
  return translate(event, body) ?? { kind: 'unknown', reason: reasonOf('incomplete', type) }
}

/** A word for the metrics, whatever somebody put there. */
export const reasonOf = (kind: string, name: unknown): string =>
  `${kind}_${(textOf(name) ?? 'none')
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '_')
    .slice(0, 60)}`

/**
 * In a channel shared between organisations `team_id` may be the other one's; `authorizations` names ours. Of an app that was installed
 * to a whole organisation it may name no workspace: then the news is told to the organisation.
 */
export function workspaceOf(body: Fields): string | null {
  const ours = authorization(body)
  const organisation = isTrue(ours['is_enterprise_install']) ? textOf(ours['enterprise_id']) : null
  return textOf(ours['team_id']) ?? organisation ?? textOf(body['team_id']) ?? textOf(body['enterprise_id'])
}

/** Commands say it in words. */
const isTrue = (value: unknown): boolean => value === true || value === 'true'

const authorization = (body: Fields): Fields => fieldsOf((body['authorizations'] as unknown[] | undefined)?.[0])

const ownUser = (body: Fields): string | null => textOf(authorization(body)['user_id'])

/** Slack's times are seconds, those of an event with a fraction. */
const timeOf = (event: Fields, body: Fields): number => secondsOf(event['event_ts'] ?? body['event_time'])

const secondsOf = (seconds: unknown): number => Math.round(Number(seconds ?? 0) * 1000)
