import { type Failure, failed } from '../../src/core/failure.ts'
import type { ChatPlatform } from '../../src/ports/chat-platform.ts'
import type { Pace } from '../../src/ports/pace.ts'
import { readAccount, resolveEmails } from './accounts.ts'
import { type TeamsAccess, teamsCall } from './call.ts'
import { TEAMS_CAPABILITIES } from './capabilities.ts'
import { describeChat, readMembers, type Teams } from './chat.ts'
import { displayItem } from './display.ts'
import { costsOfWork, pacedCall, timeForWork } from './limits.ts'
import { openChat } from './open.ts'
import { addPeople, removePeople } from './people.ts'
import { probeTenant } from './probe.ts'
import { renameChat } from './rename.ts'
import { postToAll, tellPerson } from './say.ts'

export type TeamsPlatformOptions = TeamsAccess & {
  /** The app in Entra, which is the bot too, and what its manifest is named by. */
  readonly appId: string
  /** What the tenant's limits have room for; shared by all who use it. */
  readonly pace: Pace
  /** How many times the limits that Microsoft documents this tenant has; 1 unless Microsoft has said otherwise. */
  readonly limitFactor?: number
  readonly now?: () => number
}

/** One tenant of Microsoft 365 as a chat platform: a group chat for every item. */
export function teamsPlatform(options: TeamsPlatformOptions): ChatPlatform {
  const { pace, tenant, appId, limitFactor = 1 } = options
  const teams: Teams = { call: pacedCall(teamsCall(options), pace, limitFactor), tenant, appId }
  return {
    capabilities: TEAMS_CAPABILITIES,
    open: (wish) => openChat(teams, wish),
    describe: (chat) => describeChat(teams, chat),
    members: (chat) => readMembers(teams, chat),
    add: (chat, accounts, history) => addPeople(teams, chat, accounts, history),
    remove: (chat, accounts) => removePeople(teams, chat, accounts),
    rename: (chat, name) => renameChat(teams, chat, name),
    display: (chat, wanted, before, doubt) => displayItem(teams, chat, wanted, before, doubt),
    post: (chat, message) => postToAll(teams, chat, message),
    inviteOutsider: async () => failed(NO_OUTSIDERS),
    resolve: (emails) => resolveEmails(teams, emails),
    profile: (account) => readAccount(teams, account),
    groupMembers: async () => failed(NO_GROUPS),
    tell: (to, message) => tellPerson(teams, to.account, message),
    ask: async () => failed(IN_THE_REPLY),
    home: async () => failed(NO_HOME),
    unfurl: async () => failed(IN_THE_REPLY),
    probe: (prober) => probeTenant(teams, prober, (options.now ?? Date.now)()),
    room: (holder, work, urgent) => pace.reserve(holder, costsOfWork(work, limitFactor), urgent),
    timeFor: (work) => timeForWork(work, limitFactor),
  }
}

const absent = (code: string, why: string): Failure => ({ kind: 'refused', code, why, mender: 'nobody' })

const NO_OUTSIDERS = absent('no_outsiders', 'Ringside invites nobody from outside into your Microsoft 365. An administrator there can.')
const NO_GROUPS = absent('no_groups', 'Ringside does not look into groups of Microsoft 365. Name the people one by one.')
const NO_HOME = absent('no_home', 'Ringside has no page of its own in Teams. The items are in the web workspace.')
const IN_THE_REPLY = absent('in_the_reply', 'Teams shows this only in answer to a press, which is over.')
