import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { eventually } from './demo-people.ts'
import { type Reply, replyTo, runningSlack } from './slack-running.ts'

describe('/discuss, from the press to the answer', () => {
  const at = runningSlack()
  const channels = () => [...at.world.state.channels.values()]
  const createdSince = (before: number) => at.calls('conversations.create').length - before

  test('O18 O20 /discuss deal 42 opens one private channel with the responsible person and all observers, and tells the asker alone', async () => {
    const reply = await at.discuss('Ann Reed', 'deal 42')
    const [channel, ...others] = channels()
    expect(others).toEqual([])
    expect(channel?.name).toBe('d-42-acme-renewal')
    expect(at.calls('conversations.create')).toMatchObject([{ args: { is_private: 'true' } }])
    expect(reply.text).toContain('The chat of Acme renewal (D-42) is open.')
    expect(reply.all).toContain(`channel=${channel?.id}`)
    expect(reply.typed.replies).toMatchObject([{ response_type: 'ephemeral', replace_original: false }])
    const invited = at.calls('conversations.invite').map((call) => call.args['users']?.split(',').toSorted())
    expect(invited).toEqual([['Ann Reed', 'Bob Chen', 'Dan Okafor', 'Eve Lindqvist'].map(at.account).toSorted()])
  })

  test('O21 asked again, by the same person or another, the chat that is there is opened', async () => {
    const before = at.calls('conversations.create').length
    for (const name of ['Ann Reed', 'Bob Chen']) {
      const reply = await at.discuss(name, 'd-42')
      expect(reply.text).toBe(
        `Opened the chat of Acme renewal (D-42).\n<https://slack.com/app_redirect?channel=${channels()[0]?.id}&amp;team=T0TEAM|d-42-acme-renewal>`,
      )
    }
    expect(createdSince(before)).toBe(0)
  })

  test('O21 twenty presses at once open one chat, and everybody is told', async () => {
    const item = await at.item('Everybody at once', ['Bob Chen', 'Dan Okafor'])
    const before = at.calls('conversations.create').length
    const names = ['Ann Reed', 'Bob Chen', 'Dan Okafor', 'Max Weber']
    const replies = await Promise.all(Array.from({ length: 20 }, (_, press) => at.discuss(names[press % 4]!, item.key)))
    const channel = await at.channelOf(item)
    expect(createdSince(before)).toBe(1)
    for (const reply of replies) expect(reply.all).toContain(`channel=${channel.id}`)
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Dan Okafor', 'Max Weber'])
  })

  test('O21 a command that is delivered twice is answered once', async () => {
    const item = await at.item('Sent twice')
    const reply = await at.discuss('Ann Reed', item.key)
    await at.settled()
    expect(reply.typed.replies).toHaveLength(1)
  })

  test('O18 one hit opens, several offer buttons of which one opens it, none says so', async () => {
    await at.item('Zephyr airships, phase one', ['Bob Chen'])
    const second = await at.item('Zephyr airships, phase two', ['Bob Chen'])
    const unique = await at.discuss('Bob Chen', 'phase one')
    expect(unique.text).toContain('is open.')

    const several = await at.discuss('Bob Chen', 'zephyr')
    expect(several.text).toContain('Several items match “zephyr”')
    expect(several.choices.map(({ title }) => title)).toEqual([
      expect.stringContaining(second.title),
      expect.stringContaining('Zephyr airships, phase one'),
    ])
    const choice = several.choices[0]!
    const opened = await replyTo(await at.world.press(at.account('Bob Chen'), choice))
    expect(opened.text).toContain(`The chat of ${second.title} (${second.key}) is open.`)
    expect(await at.members(second)).toContain('Bob Chen')

    expect((await at.discuss('Bob Chen', 'nothing of that name')).text).toContain('nothing of that name')
  })

  test('O3 an item that one may not see is answered in exactly the words for one that does not exist', async () => {
    const hidden = await at.item('A secret of others', [], 'deal', 'Max Weber')
    const same = (reply: Reply, words: string) => JSON.stringify(reply.typed.replies).replaceAll(words, '…')
    const asked = await at.discuss('Bob Chen', hidden.key)
    const unknown = await at.discuss('Bob Chen', 'D-99999')
    expect(same(asked, hidden.key)).toBe(same(unknown, 'D-99999'))
    const searched = await at.discuss('Bob Chen', 'A secret of others')
    expect(same(searched, 'A secret of others')).toBe(same(await at.discuss('Bob Chen', 'quux'), 'quux'))
    const pressed = await replyTo(await at.world.press(at.account('Bob Chen'), { actionId: 'discuss#0', value: hidden.id }))
    const invented = await replyTo(await at.world.press(at.account('Bob Chen'), { actionId: 'discuss#0', value: crypto.randomUUID() }))
    const forged = await replyTo(await at.world.press(at.account('Bob Chen'), { actionId: 'discuss#0', value: 'no id at all' }))
    expect(pressed.all).toBe(invented.all)
    expect(forged.all).toBe(invented.all)
  })

  test('O7 an estimate has no chat, and says so', async () => {
    const estimate = await at.item('An offer', [], 'estimate')
    const reply = await at.discuss('Ann Reed', estimate.key)
    expect(reply.text).toMatch(/estimate/i)
    expect(reply.text).toMatch(/\.$/)
    expect((await at.read(estimate)).chat).toBeNull()
  })

  test('U10 whoever is nobody in the CRM is told what is missing and who can mend it', async () => {
    const zoe = await at.world.signUp('Zoe', 'zoe@elsewhere.example')
    const reply = await replyTo(await at.world.slash(zoe, '/discuss', 'deal 42'))
    expect(reply.text).toBe(
      'Zoe, nobody in the CRM has the address zoe@elsewhere.example. An administrator can give you that address there.',
    )
  })

  test('O22 whoever opens the chat and is not named on the item becomes an observer', async () => {
    const item = await at.item('Opened by the manager', ['Bob Chen'])
    await at.discuss('Max Weber', item.key)
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Max Weber'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Max Weber'])
  })

  test('O23 pressing Discuss brings back whoever left by themselves', async () => {
    const item = await at.item('Left and back', ['Bob Chen'])
    await at.discuss('Ann Reed', item.key)
    const channel = await at.channelOf(item)
    await at.world.leave(channel.id, at.account('Bob Chen'))
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed'])
    await at.discuss('Bob Chen', item.key)
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('U2 /discuss why @person says why, in the chat of the item', async () => {
    const item = await at.item('Why is Bob here', ['Bob Chen'])
    await at.discuss('Ann Reed', item.key)
    const channel = await at.channelOf(item)
    await at.settled()
    const why = (about: string) => at.discuss('Ann Reed', `why <@${at.account(about)}|${about}>`, channel.id)
    expect((await why('Bob Chen')).text).toContain(`Bob Chen is in this chat because Bob Chen observes ${item.key}. Ada Novak added them`)
    expect((await why('Ann Reed')).text).toContain(`is responsible for ${item.key}`)
    await at.world.leave(channel.id, at.account('Bob Chen'))
    await at.settled()
    expect((await why('Bob Chen')).text).toContain('left the chat')
    expect((await at.discuss('Ann Reed', 'why', 'C0ELSEWHERE')).text).toBe('Ask this in the chat of an item, in Slack.')
  })

  test('O18 help explains the command', async () => {
    expect((await at.discuss('Bob Chen', 'help')).text).toContain('/discuss deal 42')
  })

  test('O19 before anything is typed, the items whose chats one is in come first, and nothing that one may not see', async () => {
    const mine = await at.item('Where Cid talks', ['Cid Baker'])
    await at.discuss('Cid Baker', mine.key)
    await at.settled()
    const later = await at.item('Later, and not talked about', ['Cid Baker'])
    const hidden = await at.item('None of Cid’s')
    const cid = at.account('Cid Baker')
    await at.world.slash(cid, '/discuss', '')
    const offered = (await at.world.suggest(cid, at.world.dialog(cid), 'item', '')).map(({ value }) => value)
    expect(offered.indexOf(mine.id)).toBe(0)
    expect(offered).toContain(later.id)
    expect(new Set(offered).size).toBe(offered.length)
    expect(offered).not.toContain(hidden.id)
  })

  test('O18 while our own database is slow nobody is left without a word: what was typed is carried out, and a dialog can be opened again', async () => {
    const item = await at.item('Patience is asked', ['Bob Chen'])
    const [ann, bob] = ['Ann Reed', 'Bob Chen'].map(at.account) as [string, string]
    const { promise: over, resolve: end } = Promise.withResolvers<void>()
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const slow = at.service.engine.db.transaction(async (tx) => {
      await tx.execute(sql`lock table inbox, connection in access exclusive mode`)
      begin()
      await over
    })
    await begun
    const pressed = Promise.all([at.world.slash(ann, '/discuss', item.key), at.world.slash(bob, '/discuss', '')])
    // They are answered in time, whether or not anything could be read or written by then.
    const [typed, asked] = await pressed
    at.world.letPressesExpire()
    end()
    expect(typed.inline).toContain('Ringside is slow at this moment.')
    await slow
    await eventually(() => expect(JSON.stringify(typed.replies)).toContain('is open.'), 15_000)
    const late = await replyTo(asked)
    expect(late.text).toContain('did not open in time')
    await at.world.press(bob, late.choices[0]!)
    expect(JSON.stringify(at.world.dialog(bob).view)).toContain('Discuss a CRM item')
  })

  test('O18 O19 nothing typed, and the shortcut, open a dialog that finds items as one types and opens the chat', async () => {
    const item = await at.item('Quokka supplies', ['Bob Chen'])
    const bob = at.account('Bob Chen')
    await at.world.slash(bob, '/discuss', '')
    expect(await at.world.suggest(bob, at.world.dialog(bob), 'item', 'quokka')).toEqual([
      { text: `${item.key} Quokka supplies`, value: item.id },
    ])
    expect(await at.world.suggest(at.account('Dan Okafor'), at.world.dialog(bob), 'item', 'quokka')).toEqual([])
    await at.world.shortcut(bob, 'choose-item')
    await at.world.submit(bob, at.world.dialog(bob), { item: item.id })
    await at.settled()
    expect(await at.members(item)).toContain('Bob Chen')
  })
})
