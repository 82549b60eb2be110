import type { ChatPlatform } from '../../src/ports/chat-platform.ts'
import { readAccount, resolveEmails } from './accounts.ts'
import { type SlackAccess, slackCall } from './call.ts'
import { SLACK_CAPABILITIES } from './capabilities.ts'
import { describeChat, readMembers, type Slack } from './channel.ts'
import { obedient } from './limits.ts'
import { openChat } from './open.ts'
import { addPeople, removePeople } from './people.ts'
import { tellPerson } from './tell.ts'

export type SlackPlatformOptions = SlackAccess & {
  readonly teamId: string
  /** The app's own user, as `slackWorkspace` tells it. */
  readonly botUser: string
  readonly now?: () => number
}

/** One Slack workspace as a chat platform. */
export function slackPlatform(options: SlackPlatformOptions): ChatPlatform {
  const slack: Slack = { call: obedient(slackCall(options), options.now ?? Date.now), teamId: options.teamId, botUser: options.botUser }
  return {
    capabilities: SLACK_CAPABILITIES,
    open: (wish) => openChat(slack, wish),
    describe: (chat) => describeChat(slack, chat),
    members: (chat) => readMembers(slack, chat),
    add: (chat, accounts, history) => addPeople(slack, chat, accounts, history),
    remove: (chat, accounts) => removePeople(slack, chat, accounts),
    resolve: (emails) => resolveEmails(slack, emails),
    profile: (account) => readAccount(slack, account),
    tell: (to, message) => tellPerson(slack, options, to, message),
  }
}
