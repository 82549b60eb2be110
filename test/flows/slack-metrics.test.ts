import { describe, expect, test } from 'vitest'
import { eventually } from './demo-people.ts'
import { environmentOf, runningSlack } from './slack-running.ts'

/** What whoever runs the server sees of what came and what became of it. */

const TOKEN = 'token-of-the-metrics'

describe('the metrics', () => {
  const at = runningSlack(undefined, (slack) => ({ ...environmentOf(slack), METRICS_TOKEN: TOKEN }))
  const read = (authorization: string) => fetch(`${at.origin}/metrics`, { headers: { authorization } })
  const text = async () => (await read(`Bearer ${TOKEN}`)).text()

  test('K10 every delivery that led to nothing is counted under its reason, and one that is not authentic as well', async () => {
    const item = await at.item('Counted', ['Bob Chen'])
    await at.discuss('Ann Reed', item.key)
    await at.settled()
    const forged = await fetch(`${at.origin}/slack/events`, { method: 'POST', body: '{"type":"event_callback"}' })
    expect(forged.status).toBe(401)
    await at.world.send({ type: 'team_rename', name: 'Another name' })
    await eventually(async () => {
      const metrics = await text()
      expect(metrics).toMatch(/^ringside_deliveries_total\{told="command",outcome="answered",reason=""\} 1$/m)
      expect(metrics).toMatch(/^ringside_deliveries_total\{told="\w+",outcome="discarded",reason="\w+"\} \d+$/m)
      expect(metrics).toMatch(/^ringside_requests_total\{platform="slack",outcome="rejected",reason="\w+"\} 1$/m)
      expect(metrics).toMatch(/^ringside_deliveries_due 0$/m)
    })
  })

  test('U7 what waits for a person is a number, and nothing in there is about anybody', async () => {
    const item = await at.item('Not counted by name', ['Finn Morel'])
    await at.discuss('Ann Reed', item.key)
    await eventually(async () => expect(await text()).toMatch(/^ringside_moves_refused 1$/m))
    for (const word of ['Finn', item.id, item.key, 'T0TEAM', at.account('Ann Reed')]) expect(await text()).not.toContain(word)
  })

  test('they are for whoever has the token', async () => {
    expect((await read('')).status).toBe(401)
    expect((await read('Bearer token-of-somebody-else')).status).toBe(401)
  })
})

describe('without a token in the environment', () => {
  const at = runningSlack()

  test('there are no metrics', async () => {
    expect((await fetch(`${at.origin}/metrics`, { headers: { authorization: 'Bearer undefined' } })).status).toBe(404)
  })
})
