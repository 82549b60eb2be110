import { asAccountId } from '../../src/core/ids.ts'
import { startFakeTeams } from '../fakes/teams/server.ts'
import { catchUp, type FakeMessage } from '../fakes/teams/state.ts'
import { chatPlatformSuite } from './chat-platform.suite.ts'
import { serveTeams } from './teams-app.ts'
import { platformOf } from './teams-connected.ts'

chatPlatformSuite({
  name: 'Microsoft Teams',
  // A group chat is never closed, and never open to everybody.
  cannot: ['archive', 'publish'],
  looks: { destroyed: 'unreachable' },
  forgetsHistory: true,
  connect: async () => {
    const teams = await startFakeTeams()
    const { world, state } = teams
    const app = await serveTeams(teams)
    world.delivery.target = app.url
    return {
      platform: platformOf(teams),
      app: asAccountId('28:the-app'),
      signUp: async ({ name, email, kind }) => asAccountId(world.signUp(name, email, { guest: kind === 'guest' }).id),
      join: async (chat, account, by) => world.join(chat, account, by ?? null),
      leave: async (chat, account) => world.leave(chat, account),
      archive: async () => {},
      destroy: async (chat) => world.destroy(chat),
      lockOut: async (chat) => world.lockOut(chat),
      publish: async () => {},
      history: { say: async (chat) => world.say(chat), seen: async (chat, account) => world.sees(chat, account) },
      heard: async () => {
        await world.quiet()
        return app.deliveries.map(({ news }) => news)
      },
      told: async (account) => world.told(account),
      seen: async (chat) => {
        catchUp(state)
        const ours = (state.chats.get(chat)?.messages ?? []).filter(({ by }) => by === 'app')
        return { cards: ours.filter(({ card }) => card).map(textInCard), said: ours.filter(({ card }) => !card).map(({ text }) => text) }
      },
      close: async () => {
        await teams.close()
        await app.close()
      },
    }
  },
})

function textInCard({ card }: FakeMessage): string {
  const { body } = card as { body: { inlines?: { text: string }[] }[] }
  return body.flatMap(({ inlines = [] }) => inlines.map(({ text }) => text)).join('\n')
}
