import type { ChatPlatform } from '../../src/ports/chat-platform.ts'
import { readAccount, resolveEmails } from './accounts.ts'
import { type SlackAccess, slackCall } from './call.ts'
import { SLACK_CAPABILITIES } from './capabilities.ts'
import { describeChat, readMembers, type Slack } from './channel.ts'
import { inviteByConnect } from './connect.ts'
import { displayItem } from './display.ts'
import { readGroup } from './groups.ts'
import type { Pace } from '../../src/ports/pace.ts'
import { costsOfWork, pacedCall, timeForWork } from './limits.ts'
import { openChat } from './open.ts'
import { addPeople, removePeople } from './people.ts'
import { probeWorkspace } from './probe.ts'
import { postToAll } from './post.ts'
import { renameChannel } from './rename.ts'
import { showDialog, showHome } from './show.ts'
import { tellPerson } from './tell.ts'
import { unfurlLinks } from './unfurl.ts'

export type SlackPlatformOptions = SlackAccess & {
  readonly teamId: string
  /** The app's own user, as `slackWorkspace` tells it. */
  readonly botUser: string
  /** What the workspace's limits have room for; shared by all who use it. */
  readonly pace: Pace
  /** How many times the limits that Slack documents this workspace has; 1 unless Slack has said otherwise. */
  readonly limitFactor?: number
  readonly now?: () => number
}

/** One Slack workspace as a chat platform. */
export function slackPlatform(options: SlackPlatformOptions): ChatPlatform {
  const { pace, teamId, botUser, limitFactor = 1 } = options
  // For a token of one workspace Slack passes over the name of the workspace.
  const call = slackCall({ ...options, team: teamId })
  const slack: Slack = { call: pacedCall(call, pace, limitFactor), teamId, botUser }
  return {
    capabilities: SLACK_CAPABILITIES,
    open: (wish) => openChat(slack, wish),
    describe: (chat) => describeChat(slack, chat),
    members: (chat) => readMembers(slack, chat),
    add: (chat, accounts, history) => addPeople(slack, chat, accounts, history),
    remove: (chat, accounts) => removePeople(slack, chat, accounts),
    rename: (chat, name) => renameChannel(slack, chat, name),
    display: (chat, wanted, before, doubt) => displayItem(slack, chat, wanted, before, doubt),
    post: (chat, message) => postToAll(slack, chat, message),
    inviteOutsider: (chat, email) => inviteByConnect(slack, chat, email),
    resolve: (emails) => resolveEmails(slack, emails),
    profile: (account) => readAccount(slack, account),
    groupMembers: (group) => readGroup(slack, group),
    tell: (to, message) => tellPerson(slack, options, to, message),
    ask: (where, dialog) => showDialog(slack, where, dialog),
    home: (account, home) => showHome(slack, account, home),
    unfurl: (place, cards) => unfurlLinks(slack, place, cards),
    probe: (prober, told) => probeWorkspace(slack, prober, (options.now ?? Date.now)(), told),
    room: (holder, work, urgent) => pace.reserve(holder, costsOfWork(work, limitFactor), urgent),
    timeFor: (work) => timeForWork(work, limitFactor),
  }
}
