import { describe, expect, test } from 'vitest'
import { putConnection } from '../../db/installations.ts'
import { createOrganisation } from '../../db/organisations.ts'
import { eventually } from './demo-people.ts'
import { installingSlack } from './slack-installing.ts'

/** An administrator connects Slack in a browser, loses it, and connects it again. */

const OLD_NEWS = ['discarded: before_installation', 'discarded: still_works']

describe('connecting Slack', () => {
  const at = installingSlack()

  test('nobody but an administrator begins it, and everybody else is told what to do', async () => {
    const stranger = await at.browser().go('/slack/install')
    expect([stranger.status, stranger.text]).toEqual([401, expect.stringContaining('sign in to Ringside as an administrator')])
    const ann = await (await at.as('Ann Reed')).go('/slack/install')
    expect([ann.status, ann.text]).toEqual([403, expect.stringContaining('Ask an administrator')])
    await expect(at.asks('Ann Reed', 'GET', 'admin/connections')).rejects.toThrow('403')
  })

  test('somebody who says no at Slack is told so, and nothing was changed', async () => {
    const { settings } = at.world.oauth
    const agreed = settings.decision
    settings.decision = { to: 'deny' }
    const denied = await (await at.as('Ada Novak')).install()
    settings.decision = agreed
    expect([denied.status, denied.text]).toEqual([400, expect.stringContaining('not allowed in, and nothing was changed')])
    expect(await at.connections()).toEqual([])
  })

  test('an answer is taken once, within ten minutes, in the browser that asked, and from nobody else', async () => {
    const ada = await at.as('Ada Novak')
    const back = await ada.toSlackAndBack()
    const elsewhere = await (await at.as('Ada Novak')).go(back)
    expect(elsewhere.text).toContain('begun in another browser')
    const foreign = await ada.go(`/slack/oauth_redirect?code=code-of-mine&state=${'0'.repeat(64)}`)
    expect(foreign.text).toContain('nobody asked for it here')
    const late = await ada.toSlackAndBack()
    at.pass(10 * 60_000)
    expect((await ada.go(late)).text).toContain('longer than ten minutes')
    at.pass(-10 * 60_000)
    expect(await at.connections()).toEqual([])
    const again = await ada.toSlackAndBack()
    expect(await ada.go(again)).toMatchObject({ status: 302, location: '/admin?connected=slack-T0TEAM' })
    expect((await ada.go(again)).text).toContain('used already')
    expect(at.calls('oauth.v2.access')).toHaveLength(1)
  })

  test('whoever signed out meanwhile is told all the same, on a page by itself', async () => {
    const ada = await at.as('Ada Novak')
    const back = await ada.toSlackAndBack()
    ada.forget('ringside_session')
    expect(await ada.go(back)).toMatchObject({ status: 200, text: expect.stringContaining('Slack is connected') })
  })

  test('K11 U9 the administrators see what is connected, by whom, and every permission with its reason', async () => {
    const [connection, ...others] = await at.connections()
    expect(others).toEqual([])
    expect(connection).toMatchObject({
      id: 'slack-T0TEAM',
      title: 'Slack (Example)',
      state: 'connected',
      installedBy: { name: 'Ada Novak' },
      may: { disconnect: true },
    })
    for (const { why, granted } of connection!.scopes) expect([why, granted]).toEqual([expect.stringMatching(/^To .+\.$/), true])
  })

  test('O18 O20 discussions open there from now on', async () => {
    const item = await at.item('First in Slack', ['Bob Chen'])
    expect((await at.discuss('Ann Reed', item.key)).all).toContain('app_redirect')
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('no token stands in the database in clear', async () => {
    const [token] = at.world.oauth.secrets()
    expect(token).toMatch(/^xoxb-/)
    const everything = await at.everything()
    expect(everything).toContain('T0TEAM')
    expect(everything).not.toContain(token)
    expect(everything).not.toContain('secret-')
  })

  test('U7 word of an earlier uninstallation changes nothing', async () => {
    const agesAgo = Math.floor(Date.now() / 1000) - 3_600
    await at.world.send({ type: 'app_uninstalled' }, { atSeconds: agesAgo })
    // Moments before a re-install, and told late: the clocks cannot say which one is meant.
    await at.world.send({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0BOT'] } })
    await eventually(async () => expect(await at.outcomes()).toEqual(expect.arrayContaining(OLD_NEWS)))
    expect(await at.connections()).toMatchObject([{ state: 'connected' }])
  })

  test('U7 uninstalled: the item says so, nothing opens elsewhere meanwhile, and all of it goes on after a re-install', async () => {
    const item = await at.item('Interrupted', ['Bob Chen'])
    await at.discuss('Ann Reed', item.key)
    const channel = await at.channelOf(item)
    await eventually(async () => expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen']))

    at.world.oauth.end({ to: 'workspace', team: 'T0TEAM' })
    await at.world.send({ type: 'app_uninstalled' })
    await eventually(async () => expect(await at.connections()).toMatchObject([{ state: 'broken', may: { disconnect: false } }]))
    await eventually(async () => expect((await at.read(item)).chat?.why).toContain('An administrator can connect it again'))
    expect(await at.everything()).not.toContain('v1.')

    const before = at.calls('conversations.create').length
    await at.change(item, { add: ['Cid Baker'], remove: ['Bob Chen'] })
    const other = await at.item('Wished for meanwhile')
    await expect(at.asks('Ann Reed', 'POST', `items/${other.id}/discuss`)).rejects.toThrow('connect it again')
    expect(at.calls('conversations.create')).toHaveLength(before)

    expect(await (await at.as('Ada Novak')).install()).toMatchObject({ status: 302 })
    await eventually(async () => expect(await at.members(item)).toEqual(['Ann Reed', 'Cid Baker']))
    expect((await at.channelOf(item)).id).toBe(channel.id)
    await eventually(async () => expect(await at.members(other)).toEqual(['Ann Reed']))
    await eventually(async () => expect((await at.read(item)).chat).toMatchObject({ state: 'open', why: null }))
    expect(await at.connections()).toMatchObject([{ state: 'connected', why: null }])
  })

  test('U7 a token that died without a word is found out by the next call', async () => {
    const item = await at.item('Without a word')
    at.world.oauth.end({ to: 'workspace', team: 'T0TEAM' })
    await expect(at.asks('Ann Reed', 'POST', `items/${item.id}/discuss`)).rejects.toThrow('422')
    await eventually(async () =>
      expect(await at.connections()).toMatchObject([{ state: 'broken', why: expect.stringContaining('connect it again') as string }]),
    )
    await (await at.as('Ada Novak')).install()
    await eventually(async () => expect(await at.members(item)).toEqual(['Ann Reed']))
  })

  test('U7 what was refused for want of access is tried again at once after a re-install', async () => {
    const item = await at.item('Half-way')
    await at.discuss('Ann Reed', item.key)
    await at.settled()
    at.world.forbid('conversations.invite', 'missing_scope')
    await at.change(item, { add: ['Bob Chen'] })
    await eventually(async () => expect((await at.seats(item)).get('Bob Chen')?.refused?.code).toBe('missing_scope'))
    expect(await at.connections()).toMatchObject([{ state: 'connected' }])
    at.world.forbid('conversations.invite', null)
    await (await at.as('Ada Novak')).install()
    await eventually(async () => expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen']))
  })

  test('a workspace that belongs to another organisation cannot be taken from it', async () => {
    const { db } = at.service.engine
    const theirs = await createOrganisation(db, 'Theirs')
    at.world.workspace('T0THEIRS', 'Theirs')
    const of = { organisation: theirs, platform: 'slack', installationId: null, appAccount: 'U1' }
    await db.transaction((tx) => putConnection(tx, of, { id: 'T0THEIRS', title: 'Theirs' }))
    const { settings } = at.world.oauth
    const usual = settings.decision
    settings.decision = { to: 'workspace', team: 'T0THEIRS' }
    const refused = await (await at.as('Ada Novak')).install()
    settings.decision = usual
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('connected to another organisation')])
    expect((await at.connections()).map(({ id }) => id)).toEqual(['slack-T0TEAM'])
  })

  test('an administrator disconnects it: the token is given up, and chats wait', async () => {
    const id = (await at.connections())[0]?.id ?? ''
    await expect(at.asks('Ann Reed', 'DELETE', `admin/connections/${id}`)).rejects.toThrow('403')
    const gone = await fetch(`${at.origin}/api/admin/connections/${id}`, {
      method: 'DELETE',
      headers: { cookie: await at.cookie('Ada Novak') },
    })
    expect(gone.status).toBe(204)
    expect(at.world.oauth.tokens({ to: 'workspace', team: 'T0TEAM' })).toEqual([])
    expect(await at.connections()).toMatchObject([{ state: 'broken', why: expect.stringContaining('Ada Novak disconnected it') as string }])
    expect(await at.asks<{ discussIn: string }>('Ada Novak', 'GET', 'me')).toMatchObject({ discussIn: 'web' })
  })

  test('that somebody left whom nobody knows is answered with 200; any other news of a stranger is not', async () => {
    const other = at.world.workspace('T0STRANGER', 'Strangers')
    await other.leave(other.foreign('theirs').id, 'U0SOMEONE')
    const { sent } = at.world
    const [uninstalled] = await at.world.send({ type: 'app_uninstalled' }, { authorizations: [{ team_id: 'T0STRANGER', user_id: 'U1' }] })
    expect(uninstalled?.status).toBe(200)
    expect(sent.length).toBeGreaterThan(0)
    const [left] = await at.world.send(
      { type: 'member_left_channel', user: 'U1', channel: 'C1' },
      { authorizations: [{ team_id: 'T0STRANGER' }] },
    )
    expect(left?.status).toBe(404)
  })
})
