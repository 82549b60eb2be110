import { archive, joined, left } from './conversations.ts'
import type { SlackEvents } from './events.ts'
import { shownUser } from './methods.ts'
import { lifecycle } from './lifecycle.ts'
import type { FakeView } from './surfaces.ts'
import { FAKE_TOKEN, type FakeChannel, type FakeState, newChannel, nextId, nextTs, user } from './state.ts'

/** What people and administrators do in Slack. Each act resolves when the app has answered what it was told of it. */
export function slackWorld(state: FakeState, events: SlackEvents) {
  const channel = (id: string): FakeChannel => {
    const found = state.channels.get(id)
    if (!found) throw new Error(`There never was a channel ${id}`)
    return found
  }

  const changed = (id: string) => {
    const one = state.users.get(id)
    if (!one) throw new Error(`There never was a user ${id}`)
    return events.send({ type: 'user_change', user: shownUser(state, one), cache_ts: Math.floor(state.nowMs() / 1000) })
  }

  return {
    state,
    token: FAKE_TOKEN,
    /** A new person; `guest` is a multi-channel guest, `single` one who can be in a single channel, a stranger of another organisation. */
    async signUp(name: string, email: string | null, kind: 'member' | 'guest' | 'single' | 'stranger' = 'member'): Promise<string> {
      const id = nextId(state, 'U')
      state.users.set(id, {
        ...user(id, name, email),
        is_restricted: kind === 'guest' || kind === 'single',
        is_ultra_restricted: kind === 'single',
        is_stranger: kind === 'stranger',
      })
      await events.send({ type: 'team_join', user: shownUser(state, state.users.get(id)!) })
      return id
    },
    async deactivate(id: string): Promise<void> {
      state.users.get(id)!.deleted = true
      await changed(id)
    },
    async reactivate(id: string): Promise<void> {
      state.users.get(id)!.deleted = false
      await changed(id)
    },
    async changeEmail(id: string, email: string): Promise<void> {
      state.users.get(id)!.email = email
      await changed(id)
    },
    async join(channelId: string, id: string, inviter: string | null = 'U0SOMEONE'): Promise<void> {
      channel(channelId).members.add(id)
      await events.send(joined(state, channelId, id, inviter))
    },
    async leave(channelId: string, id: string): Promise<void> {
      channel(channelId).members.delete(id)
      await events.send(left(state, channelId, id))
    },
    async archive(channelId: string, by = 'U0SOMEONE'): Promise<void> {
      archive(state, channel(channelId))
      await events.send({ type: 'group_archive', channel: channelId, user: by, is_moved: 0 })
    },
    async destroy(channelId: string, by = 'U0SOMEONE'): Promise<void> {
      channel(channelId).deleted = true
      await events.send({ type: 'group_deleted', channel: channelId, date_deleted: Math.floor(state.nowMs() / 1000), actor_id: by })
    },
    /** Removes the app from the channel: no member_left_channel, but a group_left. */
    async lockOut(channelId: string, by = 'U0SOMEONE'): Promise<void> {
      channel(channelId).members.delete(state.bot)
      await events.send({ type: 'group_left', channel: channelId, actor_id: by })
    },
    async invite(channelId: string, by = 'U0SOMEONE'): Promise<void> {
      channel(channelId).members.add(state.bot)
      await events.send(joined(state, channelId, state.bot, by))
    },
    async rename(channelId: string, name: string): Promise<void> {
      channel(channelId).name = name
      await events.send({ type: 'group_rename', channel: { id: channelId, name, name_normalized: name, created: 0 } })
    },
    ...lifecycle(state, events),
    /** A private channel of people, which the app does not see. */
    foreign(name: string, creator = 'U0SOMEONE'): FakeChannel {
      const made = newChannel(state, nextId(state, 'C'), name, creator)
      state.channels.set(made.id, made)
      return made
    },
    /** Somebody posts links: in a channel, in their conversation with the app (`direct`), or still writing (`composer`). */
    async share(channelId: string, id: string, urls: readonly string[]): Promise<void> {
      const direct = channelId === 'direct' ? (state.direct.get(id)?.id ?? nextId(state, 'D')) : null
      const inside = direct !== null || state.channels.get(channelId)?.members.has(state.bot) === true
      const links = urls.map((url) => ({ url, domain: new URL(url).hostname }))
      const unfurl_id = nextId(state, 'Ux')
      const place =
        channelId === 'composer'
          ? { channel: 'COMPOSER', message_ts: unfurl_id, unfurl_id, source: 'composer', is_bot_user_member: true }
          : { channel: direct ?? channelId, message_ts: nextTs(state), is_bot_user_member: inside }
      await events.send({ type: 'link_shared', user: id, ...place, links })
    },
    say(channelId: string, id: string, text: string): void {
      channel(channelId).messages.push({ ts: nextTs(state), user: id, text, blocks: [], for: null })
    },
    /** What the app told this person where nobody else could read it. */
    told(id: string): readonly string[] {
      const direct = state.direct.get(id)?.messages ?? []
      const ephemeral = [...state.channels.values()].flatMap((one) => one.messages.filter((message) => message.for === id))
      return [...direct, ...ephemeral].map((message) => message.text)
    },
    /** The modal that this person has open; the one opened last. */
    dialog(id: string): FakeView {
      const open = [...state.views.values()].findLast((view) => view.user === id && view.open)
      if (!open) throw new Error(`${id} has no dialog open.`)
      return open
    },
    /** Whatever was pressed until now was pressed too long ago to open a dialog. */
    letPressesExpire(): void {
      for (const [id, trigger] of state.triggers) state.triggers.set(id, { ...trigger, atMs: 0 })
    },
    /** The workspace's settings answer this method with this word from now on; null lifts it. */
    forbid(method: string, word: string | null): void {
      if (word === null) state.forbidden.delete(method)
      else state.forbidden.set(method, word)
    },
    /** Slack does not let this person be invited, with this word; null lifts it. */
    refuse(id: string, word: string | null): void {
      if (word === null) state.unwelcome.delete(id)
      else state.unwelcome.set(id, word)
    },
    revoke(word: 'token_revoked' | 'account_inactive' | 'token_expired' = 'token_revoked'): void {
      state.tokens.set(FAKE_TOKEN, word)
    },
  }
}
