import { useEffect, useRef, useState, type RefObject } from 'react'
import { useMe } from '../data/me.ts'
import { useJump, useThread } from '../data/messages.ts'
import { useOutbox } from '../data/outbox.ts'
import { stillOutgoing } from '../data/thread.ts'
import type { Chat, Message } from '../data/types.ts'
import { useSay } from '../parts/say.tsx'
import { firstUnread } from './group.ts'
import { useReading } from './use-reading.ts'
import { useScroll } from './use-scroll.ts'

/** Where to go in a chat; another one is another object, so that the same place can be gone to again. */
export type Target = { readonly seq: number }

const NONE: readonly Message[] = []

/** One person reading one chat: what is held of it, where they are in it, and how they move. */
export function useReader(chat: Chat, target: Target | null, box: RefObject<HTMLDivElement | null>) {
  const me = useMe().id
  const say = useSay()
  const thread = useThread(chat.id, target?.seq ?? null)
  const outbox = useOutbox(chat.id)
  const jump = useJump(chat.id)
  const messages = thread.data?.messages ?? NONE
  const pending = stillOutgoing(outbox.outgoing, messages, me)
  const scroll = useScroll(box, messages, pending.length, thread.data?.newer === false)
  const unread = useUnread(chat, messages, me)
  useReading(chat, messages, scroll.atBottom)

  const goTo = (seq: number) => jump.mutate(seq, { onSuccess: () => scroll.goTo({ seq, where: 'middle' }), onError: say.failed })
  const toEnd = () => jump.mutate(null, { onSuccess: scroll.toBottom, onError: say.failed })

  // Whoever opens a chat begins where they stopped reading, or at what they came for.
  const begun = useRef<Target | null | undefined>(undefined)
  useEffect(() => {
    if (messages.length === 0 || begun.current === target) return
    const opening = begun.current === undefined
    begun.current = target
    if (target) goTo(target.seq)
    else if (opening && unread !== null) scroll.goTo({ seq: unread, where: 'top' })
  })

  return { me, thread, messages, pending, scroll, unread, goTo, toEnd, ...outbox }
}

/** Fixed when the chat was opened: the line does not run away from whoever reads towards it. */
function useUnread(chat: Chat, messages: readonly Message[], me: string): number | null {
  const [readTo] = useState(chat.readTo)
  const [first, setFirst] = useState<number | null | undefined>(undefined)
  if (first === undefined && messages.length > 0) setFirst(firstUnread(messages, readTo, me))
  return first ?? null
}
