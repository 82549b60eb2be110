import { slackPlatform } from '../../adapters/slack/platform.ts'
import { asAccountId } from '../../src/core/ids.ts'
import type { News } from '../../src/ports/inbound.ts'
import { memoryPace } from '../fakes/pace.ts'
import { startFakeSlack } from '../fakes/slack/server.ts'
import { chatPlatformSuite } from './chat-platform.suite.ts'
import { serve } from './slack-app.ts'

// What Slack lets an app see of an archived channel is not documented beyond doubt, so both outcomes have to be safe.
for (const archiveEjects of [true, false]) {
  chatPlatformSuite({
    name: archiveEjects ? 'Slack' : 'Slack that keeps the app in archived channels',
    looks: { archived: archiveEjects ? 'unreachable' : 'closed', destroyed: 'unreachable' },
    connect: async () => {
      const slack = await startFakeSlack()
      const { world, token, url: apiUrl } = slack
      const app = await serve({ signingSecrets: [slack.signingSecret] })
      world.delivery.target = app.url
      world.state.archiveEjects = archiveEjects
      const heard = async (): Promise<readonly News[]> => {
        await world.quiet()
        return app.deliveries.map((delivery) => delivery.news)
      }
      return {
        platform: slackPlatform({
          token,
          apiUrl,
          teamId: world.state.team.id,
          botUser: world.state.bot,
          pace: memoryPace(Date.now),
          limitFactor: 1000,
        }),
        app: asAccountId(world.state.bot),
        signUp: async ({ name, email, kind }) => asAccountId(await world.signUp(name, email, kind)),
        join: (chat, account, by) => world.join(chat, account, by),
        leave: (chat, account) => world.leave(chat, account),
        archive: (chat) => world.archive(chat),
        destroy: (chat) => world.destroy(chat),
        lockOut: (chat) => world.lockOut(chat),
        heard,
        publish: async (chat) => world.publish(chat),
        told: async (account) => [
          ...world.told(account),
          ...(world.state.direct.get(account)?.messages ?? []).map(({ blocks }) => JSON.stringify(blocks)),
        ],
        seen: async (id) => {
          const channel = world.state.channels.get(id)!
          const ours = channel.messages.filter((message) => message.user === world.state.bot && message.for === null)
          const isCard = ({ ts }: { ts: string }) => channel.pins.includes(ts)
          return {
            cards: ours.filter(isCard).map(({ text }) => text),
            said: ours.filter((message) => !isCard(message)).map(({ text }) => text),
          }
        },
        group: async (accounts) => {
          world.state.groups.set('S0GROUP', new Set(accounts))
          return 'S0GROUP'
        },
        screens: {
          press: async (account) => (await world.press(account, { actionId: 'x', value: 'y' })).triggerId,
          dialog: async (account) => (world.dialog(account).view['title'] as { text: string }).text,
          home: async (account) => JSON.stringify(world.state.homes.get(account) ?? null),
          linkPlace: JSON.stringify({ channel: 'C0ELSEWHERE', ts: '1700000000.000100' }),
          cards: async () => JSON.stringify(world.state.unfurls),
        },
        close: async () => {
          await slack.close()
          await app.close()
        },
      }
    },
  })
}
