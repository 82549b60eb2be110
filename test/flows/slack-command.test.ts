import { describe, expect, test } from 'vitest'
import { readEnv } from '../../src/env.ts'
import { environmentOf, runningSlack } from './slack-running.ts'

describe('a command by another name', () => {
  const at = runningSlack(
    () => {},
    (slack) => ({ ...environmentOf(slack), SLACK_COMMAND: '/deal' }),
  )
  const type = (command: string, words: string) => at.world.slash(at.account('Ann Reed'), command, words)

  test('O18 it is heard under its name, and the help says that name alone', async () => {
    const item = await at.item('Named otherwise')
    await type('/deal', item.key)
    await at.settled()
    expect(await at.members(item)).toContain('Ann Reed')
    const help = await type('/deal', 'help')
    await at.settled()
    const told = JSON.stringify(help.replies)
    expect(told).toContain('/deal deal 42')
    expect(told).not.toContain('/discuss')
  })

  test('O18 the name it does not have is set aside', async () => {
    const before = at.calls('conversations.create').length
    const item = await at.item('Not asked for')
    const typed = await type('/discuss', item.key)
    await at.settled()
    expect(typed.replies).toEqual([])
    expect(at.calls('conversations.create')).toHaveLength(before)
    expect(await at.outcomes()).toContain('discarded: command__discuss')
  })

  test.each(['deal', '/Deal', '/a b', `/${'x'.repeat(32)}`])('%s is no command that Slack takes', (name) => {
    expect(() => readEnv({ SLACK_COMMAND: name })).toThrow('SLACK_COMMAND must be a slash')
  })
})
