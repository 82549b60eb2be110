import type { Happened } from './graph.ts'
import { memberOf } from './graph.ts'
import type { Signing } from './signing.ts'
import { APP, catchUp, type FakeChat, type FakeState, type FakeUser, idAfter } from './state.ts'

/** What people do in Teams, and what the bot service tells the app of it. */

export type Reply = { readonly status: number; readonly body: unknown }
export type Activity = Readonly<Record<string, unknown>>

const BOT = `28:${APP.id}`

export function openWorld(state: FakeState, signing: Signing) {
  const delivery = { target: null as string | null, serviceUrl: '' }
  const under = new Set<Promise<unknown>>()

  async function send(what: Activity): Promise<Reply> {
    if (!delivery.target) return { status: 0, body: null }
    const token = await signing.sign({ serviceUrl: delivery.serviceUrl, audience: APP.id })
    const answer = await fetch(delivery.target, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(what),
    })
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : null }
  }

  function later(what: Activity): void {
    const sent: Promise<unknown> = send(what).finally(() => under.delete(sent))
    under.add(sent)
  }

  const nobody = { id: '29:system' }
  const accountOf = (id: string) => ({ id: `29:${id}`, aadObjectId: id })

  function activity(chat: FakeChat | null, from: string | null, more: Activity): Activity {
    const conversation = chat
      ? { id: chat.id, conversationType: 'groupChat', isGroup: true, tenantId: state.tenant }
      : { id: `a:${from}`, conversationType: 'personal', tenantId: state.tenant }
    return {
      channelId: 'msteams',
      serviceUrl: delivery.serviceUrl,
      id: idAfter(state),
      timestamp: new Date().toISOString(),
      recipient: { id: BOT, name: 'Ringside' },
      from: from ? accountOf(from) : nobody,
      conversation,
      channelData: { tenant: { id: state.tenant } },
      ...more,
    }
  }

  const update = (chat: FakeChat, by: string | null, more: Activity) => {
    if (chat.installed) later(activity(chat, by, { type: 'conversationUpdate', ...more }))
  }

  const happened: Happened = {
    joined: (chat, user) => update(chat, null, { membersAdded: [accountOf(user)] }),
    left: (chat, user) => update(chat, null, { membersRemoved: [accountOf(user)] }),
    installed: (chat) => update(chat, null, { membersAdded: [{ id: BOT }] }),
  }

  const existing = (id: string): FakeChat => {
    const chat = state.chats.get(id)
    if (!chat) throw new Error(`There is no chat ${id}`)
    return chat
  }

  function signUp(name: string, mail: string, { guest = false } = {}): FakeUser {
    const user: FakeUser = { id: idAfter(state), name, mail, guest, enabled: true, personal: true }
    state.users.set(user.id, user)
    return user
  }

  return {
    state,
    delivery,
    happened,
    send,
    activity,
    signUp,
    /** Somebody brings another one in, with all of the history or none of it. */
    join(id: string, user: string, by: string | null = null, history: 'all' | 'none' = 'all'): void {
      const chat = existing(id)
      chat.members.push(memberOf(chat, user, history === 'all' ? 0 : chat.messages.length))
      if (!state.lags) catchUp(state)
      update(chat, by, { membersAdded: [accountOf(user)] })
    },
    leave(id: string, user: string, by = user): void {
      const chat = existing(id)
      chat.members = chat.members.filter((member) => member.user !== user)
      if (!state.lags) catchUp(state)
      update(chat, by, { membersRemoved: [accountOf(user)] })
    },
    rename(id: string, topic: string, by: string): void {
      const chat = existing(id)
      chat.topic = topic
      update(chat, by, { topicName: topic })
    },
    destroy: (id: string): void => void state.chats.delete(id),
    lockOut(id: string): void {
      const chat = existing(id)
      update(chat, null, { membersRemoved: [{ id: BOT }] })
      chat.installed = false
    },
    say(id: string): void {
      existing(id).messages.push({ id: idAfter(state), by: 'person', text: 'Hello', card: null })
    },
    sees(id: string, user: string): number {
      const chat = existing(id)
      const member = chat.members.find((one) => one.user === user)
      return member ? chat.messages.length - member.seesFrom : 0
    },
    /** Somebody writes to the app: in a chat they mention it. */
    write(user: string, words: string, chat: FakeChat | null = null, more: Activity = {}): Promise<Reply> {
      const mention = { type: 'mention', mentioned: { id: BOT, name: 'Ringside' }, text: '<at>Ringside</at>' }
      const text = chat ? `<at>Ringside</at> ${words}` : words
      return send(activity(chat, user, { type: 'message', text, entities: chat ? [mention] : [], ...more }))
    },
    invoke: (user: string, name: string, value: object, chat: FakeChat | null = null): Promise<Reply> =>
      send(activity(chat, user, { type: 'invoke', name, value })),
    told: (user: string): readonly string[] => (state.told.get(user) ?? []).map(({ text, card }) => (card ? JSON.stringify(card) : text)),
    /** Nothing is on its way to the app. */
    async quiet(): Promise<void> {
      while (under.size > 0) await Promise.allSettled(under)
    },
  }
}
