/** The measure: stock Bolt with its ExpressReceiver, and a listener that does nothing. It only verifies and acknowledges. */
import type { AddressInfo } from 'node:net'
import { App, ExpressReceiver, LogLevel } from '@slack/bolt'
import { tellCpu } from './child.ts'
import { SECRET } from './payloads.ts'

const receiver = new ExpressReceiver({ signingSecret: SECRET, endpoints: '/slack/events', logLevel: LogLevel.ERROR })
const app = new App({ receiver, authorize: async () => ({ botId: 'B0BOT', botUserId: 'U0BOT' }), logLevel: LogLevel.ERROR })
app.event('member_joined_channel', async () => {})

const server = await receiver.start(0)
tellCpu()
process.send?.((server.address() as AddressInfo).port)
