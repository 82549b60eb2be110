import { describe, expect, test } from 'vitest'
import { failing, given } from './expecting.ts'
import { connectedSlack, WISH } from './slack-connected.ts'

const at = connectedSlack()

describe('opening', () => {
  test('C1 the channel is private, and carries its marker, its topic and a link that opens it', async () => {
    const chat = given(await at.platform.open(WISH))
    expect(at.channels()).toMatchObject([{ id: chat.id, name: 'd-42-order', topic: 'Deal &lt;D-42&gt;' }])
    expect(at.channels()[0]?.purpose).toContain('ringside:op-1')
    expect(at.called('conversations.create')).toMatchObject([{ args: { is_private: 'true' } }])
    expect(chat.url).toBe(`https://slack.com/app_redirect?channel=${chat.id}&team=T0TEAM`)
  })

  test('the name is the one Slack gave', async () => {
    at.world.state.nameRule = (name) => `${name}-renamed`
    expect(given(await at.platform.open(WISH)).name).toBe('d-42-order-renamed')
  })

  test.each(['internal_error', 'http_500', 'dropped', 'timeout'] as const)(
    'O21 the answer to the creation was lost (%s): opened again, it is the one channel',
    async (trouble) => {
      at.world.breakNext('conversations.create', 'after', trouble)
      const impatient = at.impatient()
      expect(failing(await impatient.open(WISH)).kind).toBe('uncertain')
      expect(at.channels()).toHaveLength(1)
      expect(given(await at.platform.open(WISH)).id).toBe(at.channels()[0]?.id)
      expect(at.channels()).toHaveLength(1)
      expect(at.channels()[0]?.purpose).toContain('ringside:op-1')
    },
  )

  test('O21 the marker could not be set: the chat is not opened yet, and opened again it is the one channel', async () => {
    at.world.limit('conversations.setPurpose', 1, 3)
    expect(failing(await at.platform.open(WISH))).toMatchObject({ kind: 'later', afterMs: 3000 })
    at.pass(3000)
    expect(given(await at.platform.open(WISH)).id).toBe(at.channels()[0]?.id)
    expect(at.channels()).toHaveLength(1)
  })

  test('without its topic the chat is as good', async () => {
    at.world.forbid('conversations.setTopic', 'restricted_action')
    expect((await at.platform.open(WISH)).ok).toBe(true)
  })

  test('a crash after the opening: the marker finds the channel, whatever people wrote around it', async () => {
    const chat = await at.opened()
    at.channels()[0]!.purpose = `Our deal!\n${at.channels()[0]!.purpose} Thanks`
    await at.world.join(chat, 'U1')
    expect(given(await at.platform.open(WISH)).id).toBe(chat)
  })

  test('C2 a channel of others with this name is neither found nor joined; the next name is taken', async () => {
    at.world.foreign('d-42-order')
    at.world.foreign('d-42-order-2')
    expect(given(await at.platform.open(WISH)).name).toBe('d-42-order-3')
  })

  test('an unmarked channel of ours that has people in it is nobody’s lost one', async () => {
    const lost = at.world.foreign('d-42-order', at.world.state.bot)
    await at.world.join(lost.id, 'U1')
    expect(given(await at.platform.open(WISH)).id).not.toBe(lost.id)
  })

  test('a channel that somebody else made and let us into is not ours', async () => {
    const theirs = at.world.foreign('d-42-order', 'U0ANN')
    await at.world.invite(theirs.id, 'U0ANN')
    await at.world.leave(theirs.id, 'U0ANN')
    expect(given(await at.platform.open(WISH)).id).not.toBe(theirs.id)
  })

  test('one operation is no beginning of another', async () => {
    const long = given(await at.platform.open({ ...WISH, operation: 'op-12' }))
    expect(given(await at.platform.open(WISH)).id).not.toBe(long.id)
  })

  test('the lost channel is found among hundreds, over all pages', async () => {
    for (let n = 0; n < 250; n++) at.world.foreign(`other-${n}`, at.world.state.bot)
    at.world.breakNext('conversations.create', 'after', 'internal_error')
    await at.platform.open(WISH)
    const lost = at.channels().at(-1)
    expect(given(await at.platform.open(WISH)).id).toBe(lost?.id)
    expect(at.called('users.conversations').length).toBeGreaterThan(2)
  })

  test('when all names are taken a person has to choose', async () => {
    for (const suffix of ['', '-2', '-3', '-4', '-5']) at.world.foreign(`d-42-order${suffix}`)
    expect(failing(await at.platform.open(WISH))).toMatchObject({ kind: 'refused', code: 'name_taken', mender: 'you' })
    expect(at.called('users.conversations')).toHaveLength(1)
  })

  test('a workspace in which apps may create no channels says who can change it', async () => {
    at.world.forbid('conversations.create', 'restricted_action')
    expect(failing(await at.platform.open(WISH))).toMatchObject({ kind: 'refused', mender: 'workspace-owner' })
  })
})
