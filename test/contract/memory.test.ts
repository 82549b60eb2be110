import { memoryCrm } from '../../adapters/memory/crm.ts'
import { memoryPlatform } from '../../adapters/memory/platform.ts'
import { asItemId, asPersonId } from '../../src/core/ids.ts'
import type { Message } from '../../src/core/screen.ts'
import type { News } from '../../src/ports/inbound.ts'
import { chatPlatformSuite } from './chat-platform.suite.ts'
import { crmSourceSuite } from './crm-source.suite.ts'

chatPlatformSuite({
  name: 'memory',
  // In memory nothing is open to everybody.
  cannot: ['publish'],
  connect: async () => {
    const heard: News[] = []
    const { platform, world } = memoryPlatform({ nowMs: () => 0, deliver: (delivery) => heard.push(delivery.news) })
    return {
      platform,
      app: world.app,
      signUp: async (person) => world.signUp(person),
      join: async (chat, account, by) => world.join(chat, account, by),
      leave: async (chat, account) => world.leave(chat, account),
      archive: async (chat) => world.archive(chat),
      destroy: async (chat) => world.destroy(chat),
      lockOut: async (chat) => world.lockOut(chat),
      history: { say: async (chat) => world.say(chat), seen: async (chat, account) => world.sees(chat, account).length },
      heard: async () => heard,
      publish: async () => {},
      told: async (account) => world.told.filter(({ to }) => to.account === account).map(({ message }) => textIn(message)),
      seen: async (chat) => {
        const { display, posts } = world.chats.get(chat)!
        return { cards: display ? [textIn(display.card)] : [], said: posts.map(textIn) }
      },
      close: async () => {},
    }
  },
})

const textIn = ({ text, parts = [] }: Message): string =>
  [text, ...parts.map((part) => (part.part === 'link' ? part.url : ''))].join(' ').trim()

for (const revisions of [true, false]) {
  crmSourceSuite({
    name: revisions ? 'memory' : 'memory without revisions',
    connect: async () => {
      const { source, world } = memoryCrm({ revisions })
      let items = 0
      return {
        source,
        people: ['ann', 'ben', 'cem', 'dora'].map(asPersonId),
        put: async (item) => {
          const id = asItemId(`item-${++items}`)
          world.put({ id, ...item })
          return id
        },
        list: async (item, person) => void world.list(item, person),
        unlist: async (item, person) => void world.unlist(item, person),
        save: async (item) => world.save(item),
        reassign: async (item, person) => world.reassign(item, person),
        remove: async (item) => world.remove(item),
        forbid: async (item) => world.forbid(item),
        close: async () => {},
      }
    },
  })
}
