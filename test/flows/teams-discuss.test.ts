import { describe, expect, test } from 'vitest'
import { DOUBT_MS } from '../../src/engine/engine.ts'
import { runningTeams } from './teams-running.ts'

describe('Microsoft Teams, from the word to the chat', () => {
  const at = runningTeams()
  const created = () => at.teams.calls('POST', /^\/chats$/).length

  test('O18 O20 “discuss deal 42” opens one group chat with the responsible person and all observers in it, and tells the asker alone', async () => {
    const answer = await at.write('Ann Reed', 'discuss deal 42')
    expect(answer).toContain('The chat of Acme renewal (D-42) is open.')
    expect(answer).toContain('https://teams.microsoft.com/l/chat/')
    const [chat, ...others] = [...at.teams.state.chats.values()]
    expect(others).toEqual([])
    expect(chat?.members.map(({ user }) => user).toSorted()).toEqual(
      ['Ann Reed', 'Bob Chen', 'Dan Okafor', 'Eve Lindqvist'].map(at.account).toSorted(),
    )
    expect(at.teams.calls('POST', /\/members$/)).toEqual([])
    expect(at.told('Bob Chen')).toEqual([])
    await at.settled()
    expect(chat?.topic).toBe('D-42 Acme renewal')
    expect(chat?.messages.filter(({ card }) => card)).toHaveLength(1)
  })

  test('O21 asked again, by the same person or another, the chat that is there is opened', async () => {
    const before = created()
    for (const name of ['Ann Reed', 'Bob Chen']) expect(await at.write(name, 'd-42')).toContain('Opened the chat of Acme renewal (D-42).')
    expect(created()).toBe(before)
  })

  test('O21 many who ask at once open one chat, and an activity that is sent twice is answered once', async () => {
    const item = await at.item('Everybody at once', ['Bob Chen', 'Dan Okafor'])
    const before = created()
    await Promise.all(['Ann Reed', 'Bob Chen', 'Dan Okafor'].map((name) => at.write(name, item.key)))
    expect(created() - before).toBe(1)
    const words = at.world.activity(null, at.account('Ann Reed'), { type: 'message', text: item.key })
    const told = at.told('Ann Reed').length
    for (let n = 0; n < 2; n++) await at.world.send(words)
    await at.settled()
    expect(at.told('Ann Reed').length - told).toBe(1)
  })

  test('O21 after a lost answer the chat that was made is found, and nobody is let in twice', async () => {
    const item = await at.item('Lost in the cloud', ['Bob Chen'])
    const before = created()
    at.teams.state.troubles.push({ method: 'POST', path: /^\/chats$/, lost: true })
    await at.world.write(at.account('Ann Reed'), item.key)
    await at.pass(6_000)
    expect(created() - before).toBe(1)
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('O22 somebody who is brought into the chat becomes an observer', async () => {
    const item = await at.item('Brought in', ['Bob Chen'])
    await at.write('Ann Reed', item.key)
    await at.settled()
    at.world.join((await at.chatOf(item)).id, at.account('Eve Lindqvist'), at.account('Bob Chen'))
    await at.pass(DOUBT_MS + 1)
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Eve Lindqvist'])
  })

  test('O23 O28 whoever leaves the chat stays an observer and out of it, over looks and later saves', async () => {
    const item = await at.item('Left by choice', ['Bob Chen', 'Dan Okafor'])
    await at.write('Ann Reed', item.key)
    await at.settled()
    at.world.leave((await at.chatOf(item)).id, at.account('Bob Chen'))
    await at.pass(DOUBT_MS + 1)
    await at.change(item, { add: ['Eve Lindqvist'] })
    await at.pass(2 * 3_600_000)
    expect(await at.members(item)).toEqual(['Ann Reed', 'Dan Okafor', 'Eve Lindqvist'])
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Dan Okafor', 'Eve Lindqvist'])
  })

  test('O24 O25 an observer who is added joins the chat and sees all of its messages', async () => {
    const item = await at.item('Added later')
    await at.write('Ann Reed', item.key)
    await at.settled()
    const chat = await at.chatOf(item)
    for (let n = 0; n < 3; n++) at.world.say(chat.id)
    await at.change(item, { add: ['Dan Okafor'] })
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed', 'Dan Okafor'])
    expect(at.world.sees(chat.id, at.account('Dan Okafor'))).toBe(chat.messages.length)
  })

  test('O27 who is brought in without the history becomes an observer and sees new messages only, and it stays so', async () => {
    const item = await at.item('Without the history', ['Bob Chen'])
    await at.write('Ann Reed', item.key)
    await at.settled()
    const chat = await at.chatOf(item)
    for (let n = 0; n < 3; n++) at.world.say(chat.id)
    at.world.join(chat.id, at.account('Dan Okafor'), at.account('Bob Chen'), 'none')
    await at.pass(DOUBT_MS + 1)
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Dan Okafor'])
    const before = at.world.sees(chat.id, at.account('Dan Okafor'))
    at.world.say(chat.id)
    expect(at.world.sees(chat.id, at.account('Dan Okafor'))).toBe(before + 1)
    expect(before).toBeLessThan(chat.messages.length - 3)
    // Out and in again by his own wish, he sees nothing of what he was not to see.
    at.world.leave(chat.id, at.account('Dan Okafor'))
    await at.pass(DOUBT_MS + 1)
    await at.write('Dan Okafor', item.key)
    await at.settled()
    expect(await at.members(item)).toContain('Dan Okafor')
    expect(at.world.sees(chat.id, at.account('Dan Okafor'))).toBe(0)
  })

  test('O16 O8 what is wrong with a dialog is said at its field, and what was filled in is kept', async () => {
    const item = await at.item('Wrong in the dialog')
    await at.write('Ann Reed', item.key)
    await at.settled()
    const stranger = at.world.signUp('Zoe', 'zoe@elsewhere.example').id
    const data = { ringside: 'add-people', about: item.id, way: 'sent', 'several.people': stranger }
    const answer = await at.world.invoke(at.account('Ann Reed'), 'task/submit', { data }, await at.chatOf(item))
    expect(answer.body).toMatchObject({ task: { type: 'continue' } })
    for (const kept of ['Zoe', stranger]) expect(JSON.stringify(answer.body)).toContain(kept)
    expect(await at.observers(item)).toEqual([])
  })

  test('O26 who is taken off the item is taken out of the chat, also while lists lag behind', async () => {
    const item = await at.item('Taken off', ['Bob Chen', 'Dan Okafor'])
    await at.write('Ann Reed', item.key)
    await at.settled()
    await at.change(item, { remove: ['Dan Okafor'] })
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
    at.teams.state.lags = true
    try {
      await at.change(item, { remove: ['Bob Chen'] })
      await at.settled()
    } finally {
      at.teams.state.lags = false
    }
    await at.pass(DOUBT_MS + 1)
    expect(await at.members(item)).toEqual(['Ann Reed'])
    expect(await at.observers(item)).toEqual([])
  })

  test('O3 an item that one may not see is answered in exactly the words for one that does not exist', async () => {
    const hidden = await at.item('A secret of others', [], 'deal', 'Max Weber')
    const asked = await at.write('Bob Chen', hidden.key)
    expect((await at.write('Bob Chen', 'D-99999')).replaceAll('D-99999', '…')).toBe(asked.replaceAll(hidden.key, '…'))
  })

  test('U2 U7 in the chat of an item the app says who is on it and why, to the asker alone', async () => {
    const item = await at.item('Who and why', ['Bob Chen'])
    await at.write('Ann Reed', item.key)
    await at.settled()
    const chat = await at.chatOf(item)
    const said = chat.messages.length
    expect(await at.write('Ann Reed', 'who', chat)).toContain('Bob Chen')
    expect(await at.write('Ann Reed', 'why @Bob', chat)).toContain('Bob Chen')
    expect(await at.write('Ann Reed', 'help', chat)).toContain('@Ringside deal 42')
    expect(chat.messages.length).toBe(said)
  })

  test('O8 “add” alone gives a button, which opens the dialog; sent, it makes observers who join the chat', async () => {
    const item = await at.item('By the dialog')
    await at.write('Ann Reed', item.key)
    await at.settled()
    const chat = await at.chatOf(item)
    expect(await at.write('Ann Reed', 'add', chat)).toContain('Open it')
    const data = { ringside: 'add-people', about: item.id, msteams: { type: 'task/fetch' } }
    const opened = await at.world.invoke(at.account('Ann Reed'), 'task/fetch', { data }, chat)
    expect(opened.body).toMatchObject({ task: { type: 'continue', value: { title: expect.any(String) } } })
    const filled = { ...data, way: 'sent', 'several.people': at.account('Dan Okafor') }
    await at.world.invoke(at.account('Ann Reed'), 'task/submit', { data: filled }, chat)
    await at.settled()
    expect(await at.observers(item)).toEqual(['Dan Okafor'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Dan Okafor'])
  })

  test('O29 the dialog of the observers takes one off, by a press in it', async () => {
    const item = await at.item('Off by the dialog', ['Dan Okafor'])
    await at.write('Ann Reed', item.key)
    await at.settled()
    const chat = await at.chatOf(item)
    const fetched = { data: { ringside: 'observers', about: item.id, msteams: { type: 'task/fetch' } } }
    const opened = JSON.stringify((await at.world.invoke(at.account('Ann Reed'), 'task/fetch', fetched, chat)).body)
    const about = /"ringside":"remove-observer","about":"([^"]+)"/.exec(opened)?.[1]
    await at.world.invoke(at.account('Ann Reed'), 'task/submit', { data: { ringside: 'remove-observer', about } }, chat)
    await at.settled()
    expect(await at.observers(item)).toEqual([])
    expect(await at.members(item)).toEqual(['Ann Reed'])
  })

  test('U11 no word that is said in a chat is kept, and nothing unasked arrives from a tenant that nobody connected', async () => {
    const activity = at.world.activity(null, at.account('Ann Reed'), { type: 'message', text: 'discuss deal 42' })
    const foreign = { ...activity, channelData: { tenant: { id: 'ffffffff-0000-4000-8000-00000000000f' } } }
    expect((await at.world.send(foreign)).status).toBe(404)
    expect((await at.outcomes()).filter((outcome) => outcome?.startsWith('failed'))).toEqual([])
  })
})
