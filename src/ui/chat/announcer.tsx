import { useEffect, useRef, useState } from 'react'
import type { Message } from '../data/types.ts'
import { quietLine } from './group.ts'

/** Reads new messages of others out, politely; what was there on arrival is not read out. */
export function Announcer({ messages, me }: { messages: readonly Message[]; me: string }) {
  const [text, setText] = useState('')
  const heard = useRef<number | null>(null)
  useEffect(() => {
    const last = messages.at(-1)
    if (!last) return
    const news =
      heard.current === null
        ? []
        : messages.filter((message) => message.seq > (heard.current ?? 0) && message.author?.id !== me && !message.deleted)
    heard.current = last.seq
    if (news.length > 0) setText(news.map(spoken).join('. '))
  }, [messages, me])
  return (
    <div aria-live="polite" style={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}>
      {text}
    </div>
  )
}

function spoken(message: Message): string {
  return message.kind === 'text' ? `${message.author?.name ?? 'Somebody'}: ${message.text}` : quietLine(message)
}
