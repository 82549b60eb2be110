import { joined } from './conversations.ts'
import type { SlackEvents } from './events.ts'
import { type FakeChannel, type FakeState, nextId } from './state.ts'

/** What people and workspace owners make of a channel as a whole. */
export function lifecycle(state: FakeState, events: SlackEvents) {
  const channel = (id: string): FakeChannel => {
    const found = state.channels.get(id)
    if (!found) throw new Error(`There never was a channel ${id}`)
    return found
  }
  return {
    /** Whoever was put out by archiving stays out. An app that is out hears nothing, unless `heard`. */
    async unarchive(id: string, heard = channel(id).members.has(state.bot)): Promise<void> {
      channel(id).is_archived = false
      if (heard) await events.send({ type: 'group_unarchive', channel: id, actor_id: 'U0SOMEONE' })
    },
    /** Slack tells nobody. */
    publish(id: string): void {
      channel(id).is_private = false
    },
    /** Slack says of everybody who is in that they joined, without an inviter. */
    async makePrivate(id: string): Promise<void> {
      channel(id).is_private = true
      for (const member of channel(id).members) await events.send(joined(state, id, member, null))
    },
    /** Somebody comes into a public channel by themselves; an app without `channels:read` does not hear of it. */
    stepIn(id: string, user: string): void {
      channel(id).members.add(user)
    },
    /** Slack gives the channel another id. What happens before it says so comes under the new one already. */
    async moveId(id: string, before: (to: string) => Promise<void> = async () => {}): Promise<string> {
      const to = nextId(state, 'C')
      state.channels.set(to, { ...channel(id), id: to })
      state.channels.delete(id)
      await before(to)
      await events.send({ type: 'channel_id_changed', old_channel_id: id, new_channel_id: to })
      return to
    },
    shareOutside: (id: string) => events.send({ type: 'channel_shared', channel: id, connected_team_id: 'T0OTHER' }),
    unshareOutside: (id: string) =>
      events.send({ type: 'channel_unshared', channel: id, previously_connected_team_id: 'T0OTHER', is_ext_shared: false }),
  }
}
