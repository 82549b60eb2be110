import type { Failure, Outcome, Result } from '../core/failure.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import type { Clock } from '../ports/clock.ts'

/**
 * Wraps a platform so that a method that was told to wait is not called before its time: what would be asked meanwhile
 * comes back as `later`, at once and without a call. One organisation's wait holds up nobody else's.
 */
export function paced(platform: ChatPlatform, clock: Clock): ChatPlatform {
  const notBefore = new Map<string, { untilMs: number; failure: Extract<Failure, { kind: 'later' }> }>()

  const waiting = (method: string) => {
    const wait = notBefore.get(method)
    if (!wait || wait.untilMs <= clock.now()) return null
    return { ...wait.failure, afterMs: wait.untilMs - clock.now() }
  }
  const heard = (method: string, failure: Failure | Outcome) => {
    if (failure.kind === 'later') notBefore.set(method, { untilMs: clock.now() + failure.afterMs, failure })
  }

  async function ask<Value>(method: string, call: () => Promise<Result<Value>>): Promise<Result<Value>> {
    const wait = waiting(method)
    if (wait) return { ok: false, failure: wait }
    const result = await call()
    if (!result.ok) heard(method, result.failure)
    return result
  }

  async function askEach(
    method: string,
    accounts: readonly unknown[],
    call: () => Promise<readonly Outcome[]>,
  ): Promise<readonly Outcome[]> {
    const wait = waiting(method)
    if (wait) return accounts.map(() => wait)
    const outcomes = await call()
    for (const outcome of outcomes) heard(method, outcome)
    return outcomes
  }

  return {
    capabilities: platform.capabilities,
    open: (wish) => ask('open', () => platform.open(wish)),
    describe: (chat) => ask('describe', () => platform.describe(chat)),
    members: (chat) => ask('members', () => platform.members(chat)),
    add: (chat, accounts, history) => askEach('add', accounts, () => platform.add(chat, accounts, history)),
    remove: (chat, accounts) => askEach('remove', accounts, () => platform.remove(chat, accounts)),
    rename: (chat, name, granted) => ask('rename', () => platform.rename(chat, name, granted)),
    async display(chat, wanted, before, doubtful) {
      const wait = waiting('display')
      if (wait) return { shown: before ?? {}, left: [wait] }
      const displayed = await platform.display(chat, wanted, before, doubtful)
      for (const failure of displayed.left) heard('display', failure)
      return displayed
    },
    post: (chat, message) => ask('post', () => platform.post(chat, message)),
    inviteOutsider: (chat, email, granted) => ask('inviteOutsider', () => platform.inviteOutsider(chat, email, granted)),
    resolve: (emails) => ask('resolve', () => platform.resolve(emails)),
    profile: (account) => ask('profile', () => platform.profile(account)),
    groupMembers: (group) => ask('groupMembers', () => platform.groupMembers(group)),
    tell: (to, message) => ask('tell', () => platform.tell(to, message)),
    ask: (where, dialog) => ask('ask', () => platform.ask(where, dialog)),
    home: (account, home) => ask('home', () => platform.home(account, home)),
    unfurl: (place, cards) => ask('unfurl', () => platform.unfurl(place, cards)),
    probe: () => platform.probe(),
    room: (holder, work) => platform.room(holder, work),
    timeFor: (work) => platform.timeFor(work),
  }
}
