import { asChatId } from '../../core/ids.ts'
import { aboutSaid, readSaid } from '../../core/said.ts'
import type { Dialog, Message, Part, Values } from '../../core/screen.ts'
import { discussed } from '../../core/words.ts'
import { broughtToChat, notBroughtToChat, stayedWhereItWas, wantsToDiscuss } from '../../core/words/entering.ts'
import type { SharedMessage } from '../../ports/inbound.ts'
import { authorOf, messageFor } from './author.ts'
import { chatUrlOf, discussItem } from './discussing.ts'
import { itemField } from './item-field.ts'
import { againAfter, type Attempt, type Reply, type Talk } from './talk.ts'

/**
 * "Discuss about this message": opens the chat of an item and puts there who said what, and where. The words travel in the platform's own
 * dialog and message and are never stored (U11); should this process end before they are posted, their address is posted without them.
 */

const QUOTE_MAX = 2_900
const WORDS_MAX = 1_000

export async function askWhereToBring(at: Talk, about: string, message: SharedMessage | null): Promise<Dialog> {
  const said = messageFor(about, message)
  return {
    name: 'choose-item-for-message',
    about: aboutSaid(said),
    title: 'Discuss in chat',
    submit: 'Discuss',
    parts: [
      await itemField(at),
      passing('words', 'Your words about it', WORDS_MAX, ''),
      passing(
        'quote',
        'The message',
        QUOTE_MAX,
        said.text,
        'It is put into the chat of the item as it stands here. Ringside does not keep it.',
      ),
    ],
  }
}

const passing = (name: string, label: string, max: number, text: string, help?: string) =>
  ({
    part: 'field',
    name,
    label,
    required: false,
    ...(help && { help }),
    input: { kind: 'text', value: text.slice(0, max), lines: 'many', max, passing: true },
  }) as const

export function bringMessage(at: Attempt, about: string, values: Values): Promise<Reply> {
  return discussItem(at, values['item']?.[0] ?? '', 'with that key', async ({ link, item, created }) => {
    const chat: Part = { part: 'link', title: link.name, url: chatUrlOf(at.engine, link) }
    if (link.connectionId !== at.connection.id || !link.chat) return withLink(stayedWhereItWas(item), chat)
    const posted = await at.platform.post(asChatId(link.chat), await cardOf(at, about, values))
    if (posted.ok) return { once: withLink(broughtToChat(item), chat) }
    if (posted.failure.kind === 'later') return againAfter(posted.failure)
    // It may stand there: it is not said again.
    if (posted.failure.kind === 'uncertain') return { once: withLink(discussed(item, created, []), chat) }
    return withLink(notBroughtToChat(item, posted.failure.why), chat)
  })
}

const withLink = (text: string, link: Part): Message => ({ text, parts: [{ part: 'text', text }, link] })

async function cardOf(at: Talk, about: string, values: Values): Promise<Message> {
  const said = readSaid(about)
  const [words, quote] = ['words', 'quote'].map((name) => values[name]?.[0]?.trim() ?? '')
  const text = wantsToDiscuss(at.asker.name, said && (await authorOf(at, said)))
  return {
    text,
    parts: [
      { part: 'text', text },
      ...(words ? [{ part: 'text', text: words } as const] : []),
      ...(quote ? [{ part: 'text', text: quote, tone: 'quote' } as const] : []),
      ...(said?.url ? [{ part: 'link', title: 'Where it was said', url: said.url } as const] : []),
    ],
  }
}
