import { describe, expect, test } from 'vitest'
import { FAKE_ENTERPRISE } from '../fakes/slack/oauth.ts'
import { installingSlack } from './slack-installing.ts'
import { eventually } from './demo-people.ts'
import { replyTo } from './slack-running.ts'

/** Several workspaces of one organisation: each by an installation of its own, or all of them by one. */

const HOUR_MS = 3_600_000

describe('a second workspace beside the first', () => {
  const at = installingSlack()

  test('O18 a chat opens in the workspace where it was asked for, with the people who have an account there', async () => {
    await (await at.as('Ada Novak')).install()
    const second = at.world.workspace('T0SECOND', 'Second')
    const ann = await second.signUp('Ann Reed', 'ann@example.com')
    at.world.oauth.settings.decision = { to: 'workspace', team: 'T0SECOND' }
    await (await at.as('Ada Novak')).install()
    expect(await at.connections()).toMatchObject([
      { id: 'slack-T0SECOND', title: 'Slack (Second)', state: 'connected' },
      { id: 'slack-T0TEAM', title: 'Slack (Example)', state: 'connected' },
    ])

    const there = await at.item('Asked for in the second')
    const typed = await second.slash(ann, '/discuss', there.key)
    expect((await replyTo(typed)).all).toContain('team=T0SECOND')
    expect([...second.state.channels.values()][0]?.members).toContain(ann)
    const here = await at.item('Asked for in the first')
    expect((await at.discuss('Ann Reed', here.key)).all).toContain('team=T0TEAM')
    expect((await at.discuss('Ann Reed', there.key)).all).toContain('team=T0SECOND')
  })
})

describe('a whole organisation of workspaces', () => {
  const at = installingSlack(({ world }) => {
    world.state.enterprise = FAKE_ENTERPRISE
    world.oauth.settings.decision = { to: 'enterprise' }
  })
  let sales: ReturnType<typeof at.world.workspace>
  const ofOrganisation = (more: object = {}) => ({
    envelope: { team_id: null, enterprise_id: FAKE_ENTERPRISE.id },
    authorizations: [{ enterprise_id: FAKE_ENTERPRISE.id, team_id: null, user_id: 'U0BOT', is_enterprise_install: true, ...more }],
  })

  test('installed before any workspace was opened to it: nothing is connected yet, and each is once it is opened', async () => {
    sales = at.world.workspace('T0SALES', 'Sales', true)
    sales.state.enterprise = FAKE_ENTERPRISE
    expect(await (await at.as('Ada Novak')).install()).toMatchObject({ status: 302, location: '/admin?connected=slack-E0ORG' })
    expect(await at.connections()).toEqual([])
    at.world.oauth.opened.add('T0TEAM')
    const [granted] = await at.world.send({ type: 'team_access_granted', team_ids: ['T0TEAM'] }, ofOrganisation())
    expect(granted?.status).toBe(200)
    await eventually(async () =>
      expect(await at.connections()).toMatchObject([{ id: 'slack-T0TEAM', state: 'connected', organisation: 'Example Group' }]),
    )
    at.world.oauth.opened.add('T0SALES')
    await at.world.send({ type: 'team_access_granted', team_ids: ['T0SALES'] }, ofOrganisation())
    await eventually(async () => expect((await at.connections()).map(({ id }) => id)).toEqual(['slack-T0SALES', 'slack-T0TEAM']))
  })

  test('O18 one token serves all of them, and every call that has to says which is meant', async () => {
    const item = await at.item('Of the organisation', ['Bob Chen'])
    const typed = await sales.slash(at.account('Ann Reed'), '/discuss', item.key)
    expect((await replyTo(typed)).all).toContain('team=T0SALES')
    const [channel] = sales.state.channels.values()
    await eventually(() => expect([...channel!.members].length).toBe(3))
    expect(at.calls('conversations.create')).toMatchObject([{ args: { team_id: 'T0SALES' } }])
    expect(at.world.state.channels.size).toBe(0)
  })

  test('what is told to the organisation alone reaches its workspaces', async () => {
    at.world.state.users.get(at.account('Bob Chen'))!.deleted = true
    const told = await at.world.send({ type: 'user_change', user: { id: at.account('Bob Chen') } }, ofOrganisation())
    expect(told[0]?.status).toBe(200)
    await eventually(async () => expect(await at.outcomes()).not.toContain(null))
    expect(await at.everything()).toMatch(new RegExp(`"account":"${at.account('Bob Chen')}"[^}]*"active":false`))
    at.world.state.users.get(at.account('Bob Chen'))!.deleted = false
  })

  test('a workspace that is closed to it says who can open it again; its chats wait and go on', async () => {
    at.world.oauth.opened.delete('T0SALES')
    await at.world.send({ type: 'team_access_revoked', team_ids: ['T0SALES'] }, ofOrganisation())
    await eventually(async () =>
      expect(await at.connections()).toMatchObject([
        { id: 'slack-T0SALES', state: 'broken', why: expect.stringContaining('Example Group has not opened this workspace') as string },
        { id: 'slack-T0TEAM', state: 'connected' },
      ]),
    )
    at.world.oauth.opened.add('T0SALES')
    await at.world.send({ type: 'team_access_granted', team_ids: ['T0SALES'] }, ofOrganisation())
    await eventually(async () => expect(await at.connections()).toMatchObject([{ state: 'connected', why: null }, { state: 'connected' }]))
  })

  test('a workspace that leaves by itself does not end the organisation’s installation', async () => {
    at.world.oauth.opened.delete('T0SALES')
    await at.world.send({ type: 'app_uninstalled' }, { authorizations: [{ team_id: 'T0SALES', user_id: 'U0BOT' }] })
    await eventually(async () => expect(await at.connections()).toMatchObject([{ state: 'broken' }, { state: 'connected' }]))
  })

  test('taken out of the organisation as a whole, every workspace says so', async () => {
    at.world.oauth.end({ to: 'enterprise' })
    await at.world.send({ type: 'app_uninstalled' }, ofOrganisation())
    await eventually(async () =>
      expect(await at.connections()).toMatchObject([
        { state: 'broken', why: expect.stringContaining('removed from Example Group') as string },
        { state: 'broken', why: expect.stringContaining('removed from Example Group') as string },
      ]),
    )
  })
})

describe('tokens that rotate', () => {
  const at = installingSlack(({ world }) => void (world.oauth.settings.rotates = true))
  const renewals = () => at.calls('oauth.v2.access').filter(({ args }) => args['grant_type'] === 'refresh_token')
  const discussAnew = async (title: string) => {
    const item = await at.item(title)
    await at.asks('Ann Reed', 'POST', `items/${item.id}/discuss`)
    return at.members(item)
  }

  test('are renewed two hours early, once, however many ask at the same moment', async () => {
    await (await at.as('Ada Novak')).install()
    expect(await discussAnew('Fresh')).toEqual(['Ann Reed'])
    expect(renewals()).toEqual([])
    at.pass(10 * HOUR_MS + 1)
    await Promise.all(['One', 'Two', 'Three'].map(discussAnew))
    expect(renewals()).toHaveLength(1)
    expect(await discussAnew('After')).toEqual(['Ann Reed'])
    expect(renewals()).toHaveLength(1)
    expect(await at.everything()).not.toContain('secret-')
  })

  test('whose renewal brings no answer go on with what is good still, and are renewed later', async () => {
    at.pass(10 * HOUR_MS + 1)
    at.world.breakNext('oauth.v2.access', 'before', 'http_503')
    expect(await discussAnew('No answer')).toEqual(['Ann Reed'])
    expect(renewals()).toHaveLength(2)
    expect(await discussAnew('Not again at once')).toEqual(['Ann Reed'])
    expect(renewals()).toHaveLength(2)
    at.pass(61_000)
    expect(await discussAnew('Renewed')).toEqual(['Ann Reed'])
    expect(renewals()).toHaveLength(3)
    expect(await at.connections()).toMatchObject([{ state: 'connected' }])
  })

  test('that Slack does not renew any more end, and say who can connect it again', async () => {
    at.pass(13 * HOUR_MS)
    at.world.breakNext('oauth.v2.access', 'before', 'error:invalid_refresh_token')
    const item = await at.item('Too late')
    await expect(at.asks('Ann Reed', 'POST', `items/${item.id}/discuss`)).rejects.toThrow('connect it again')
    expect(await at.connections()).toMatchObject([{ state: 'broken', why: expect.stringContaining('does not renew') as string }])
    await (await at.as('Ada Novak')).install()
    await eventually(async () => expect(await at.members(item)).toEqual(['Ann Reed']))
  })
})
