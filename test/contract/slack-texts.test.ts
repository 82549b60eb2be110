import { describe, expect, test } from 'vitest'
import { verbOf } from '../../adapters/slack/command.ts'
import { slackMessage } from '../../adapters/slack/message.ts'
import { escapeWithin } from '../../adapters/slack/text.ts'
import type { Message } from '../../src/core/screen.ts'
import { channelName, NAME_MAX, withSuffix } from '../../adapters/slack/names.ts'
import { isSlackAddress } from '../../adapters/slack/tell.ts'

test.each([
  ['', null],
  ['  ', null],
  ['Help', { name: 'help', command: '/discuss' }],
  ['D-42', { name: 'discuss', words: 'D-42' }],
  ['"Müller order"', { name: 'discuss', words: 'Müller order' }],
  ['„Müller &amp; Söhne“', { name: 'discuss', words: 'Müller & Söhne' }],
  ['a &lt;b&gt; c', { name: 'discuss', words: 'a <b> c' }],
  ['why <@U0123ABC|ann>', { name: 'why', account: 'U0123ABC', words: 'ann' }],
  ['WHY   <@W0123ABC>', { name: 'why', account: 'W0123ABC', words: '' }],
  ['why @Ann Lee', { name: 'why', account: null, words: 'Ann Lee' }],
  ['why', { name: 'why', account: null, words: '' }],
  ['why is it late', { name: 'discuss', words: 'why is it late' }],
  ['whyte house', { name: 'discuss', words: 'whyte house' }],
  ['who', { name: 'who' }],
  ['who knows', { name: 'discuss', words: 'who knows' }],
  ['status', { name: 'status' }],
  ['leave', { name: 'leave' }],
  ['add <@U0123ABC|ann> <@U0456DEF>', { name: 'add', people: ['U0123ABC', 'U0456DEF'], groups: [], words: '', otherwise: null }],
  ['add <!subteam^S0123ABC|@sales>', { name: 'add', people: [], groups: ['S0123ABC'], words: '', otherwise: null }],
  ['remove @Ann Lee', { name: 'remove', people: [], groups: [], words: '@Ann Lee', otherwise: null }],
  ['add-on renewal', { name: 'discuss', words: 'add-on renewal' }],
  ['add on renewal', { name: 'add', people: [], groups: [], words: 'on renewal', otherwise: 'add on renewal' }],
  ['remove Bob &amp; Co', { name: 'remove', people: [], groups: [], words: 'Bob & Co', otherwise: 'remove Bob & Co' }],
  ['add', { name: 'press', press: { name: 'add-people', about: '' }, values: {} }],
  ['rename', { name: 'press', press: { name: 'rename-chat', about: '' }, values: {} }],
  ['rename Acme &amp; Sons', { name: 'rename', words: 'Acme & Sons' }],
  ['help desk', { name: 'discuss', words: 'help desk' }],
])('U2 /discuss %s', (text, verb) => {
  expect(verbOf(text, '/discuss')).toEqual(verb)
})

describe('names of channels', () => {
  test.each([
    ['D-42 Müller & Söhne', 'd-42-mueller-and-soehne'],
    ['Straße nach Łódź', 'strasse-nach-lodz'],
    ['Crème brûlée (2026)', 'creme-brulee-2026'],
    ['Ærø  Ålborg_1', 'aero-alborg_1'],
    ['--Hello, World!--', 'hello-world'],
    ['A\u0308pfel', 'aepfel'],
    ['受注 42', '42'],
  ])('K2 %s is %s', (title, name) => {
    expect(channelName(title, 'op-1')).toBe(name)
  })

  test('a title without a letter Slack knows is named after its operation', () => {
    expect(channelName('受注', 'Item:7#1')).toBe('chat-item-7-1')
    expect(channelName('🎉', '')).toBe('chat')
  })

  test('a name is never longer than Slack takes, also with a suffix, and never ends in a dash', () => {
    const long = channelName(`${'a'.repeat(71)} ${'b'.repeat(300)}`, 'op-1')
    expect(long).toBe('a'.repeat(71))
    expect(withSuffix(channelName('x'.repeat(300), 'op-1'), 4).length).toBeLessThanOrEqual(NAME_MAX)
    expect(withSuffix('name', 0)).toBe('name')
    expect(withSuffix('name', 1)).toBe('name-2')
  })
})

describe('messages', () => {
  test('nothing in a message becomes a mention or a link', () => {
    const text = '<!here> & <@U1|x>'
    const link = { part: 'link', title: '<!channel>|x>', url: 'https://crm.example/a?b=1&c=|<!here>' } as const
    const message: Message = { text, parts: [{ part: 'text', text }, link] }
    const said = JSON.stringify(slackMessage(message))
    expect(slackMessage(message).text).toMatch(/^&lt;!here&gt; &amp; &lt;@U1\|x&gt;\n<https:[^<>]*>$/)
    expect(slackMessage(message).blocks[0]).toMatchObject({ text: { type: 'plain_text' } })
    expect(slackMessage(message).blocks[1]).toMatchObject({
      text: { text: '<https://crm.example/a?b=1&amp;c=%7C%3C!here%3E|&lt;!channel&gt;¦x&gt;>', verbatim: true },
    })
    expect(said).not.toContain('<!channel')
  })

  test('a link goes to a page and nowhere else', () => {
    expect(() => slackMessage({ text: 'x', parts: [{ part: 'link', title: 'x', url: 'javascript:alert(1)' }] })).toThrow(
      'Not an address of a page',
    )
  })

  test('O18 buttons say what they are about, have different ids in a row, and short labels', () => {
    const press = (about: string) => ({ name: 'discuss', about }) as const
    const buttons = ['item-1', 'item-2'].map((about) => ({ label: `D-1 ${'x'.repeat(100)}`, press: press(about) }))
    const [row] = slackMessage({ text: 'Which one?', parts: [{ part: 'buttons', buttons }] }).blocks as {
      elements: { action_id: string; value: string; text: { text: string } }[]
    }[]
    expect(row?.elements.map(({ action_id, value }) => [action_id, value])).toEqual([
      ['discuss#0', 'item-1'],
      ['discuss#1', 'item-2'],
    ])
    expect(row?.elements[0]?.text.text).toHaveLength(75)
  })

  test('a text is cut where Slack would refuse it, also after escaping', () => {
    expect(slackMessage({ text: 'y'.repeat(5000) }).text).toHaveLength(3000)
    expect(escapeWithin('&'.repeat(250), 250)).toBe('&amp;'.repeat(50))
    expect(escapeWithin('plain', 250)).toBe('plain')
  })
})

test.each([
  ['https://hooks.slack.com/commands/T1/2/x', 'https://slack.com/api/', true],
  ['https://hooks.slack-gov.slack.com/x', 'https://slack.com/api/', true],
  ['http://hooks.slack.com/x', 'https://slack.com/api/', false],
  ['https://slack.com.evil.example/x', 'https://slack.com/api/', false],
  ['https://evilslack.com/x', 'https://slack.com/api/', false],
  ['http://127.0.0.1:9/x', 'https://slack.com/api/', false],
  ['http://127.0.0.1:9/x', 'http://127.0.0.1:8/api/', true],
  ['http://localhost:9/x', 'http://127.0.0.1:8/api/', true],
  ['http://localhost:9/x', 'http://10.0.0.1:8/api/', false],
  ['https://slack.com/x', 'https://slack.com/api/', false],
  ['no address', 'https://slack.com/api/', false],
])('an answer goes to Slack alone: %s with %s', (address, apiUrl, allowed) => {
  expect(isSlackAddress(address, apiUrl)).toBe(allowed)
})
