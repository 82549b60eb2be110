import { describe, expect, test } from 'vitest'
import { FAKE_APP_TOKEN, OVER_A_LINE } from '../fakes/slack/lines.ts'
import { eventually } from './demo-people.ts'
import { environmentOf, runningSlack } from './slack-running.ts'

/** The main job where Slack sends over a line that Ringside opened: no public address, and no signing secret. */
describe('Slack by Socket Mode', () => {
  const at = runningSlack(
    () => {},
    (slack) => ({ ...environmentOf(slack), SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: FAKE_APP_TOKEN }),
  )

  test('O18 O22 /discuss opens the chat, and whoever joins it there observes the item', async () => {
    at.world.delivery.target = OVER_A_LINE
    const item = await at.item('Over a line', ['Bob Chen'])
    expect((await at.discuss('Ann Reed', item.key)).all).toContain('app_redirect')
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
    const channel = await at.channelOf(item)
    await at.world.join(channel.id, at.account('Max Weber'), at.account('Ann Reed'))
    await eventually(async () => expect(await at.observers(item)).toEqual(['Bob Chen', 'Max Weber']))
  })
})
