import { Button, Spinner, type ButtonProps } from '@fluentui/react-components'
import { Chat20Regular, ChatAdd20Regular } from '@fluentui/react-icons'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useDiscussItem } from '../data/items.ts'
import type { Discussed, Item } from '../data/types.ts'
import { coachDid } from '../parts/coach-memory.ts'
import { useSay } from '../parts/say.tsx'
import { words } from '../words.ts'

type Discussable = Pick<Item, 'id' | 'key' | 'chat' | 'may'>

/** Opens the one chat of an item, wherever the item is named. A second press while the first is under way does nothing. */
export function useDiscuss() {
  const discussing = useDiscussItem()
  const underWay = useRef(false)
  const opened = useOpened()
  const say = useSay()
  const discuss = (item: Discussable) => {
    if (underWay.current || !item.may.discuss) return
    underWay.current = true
    discussing.mutate(item.id, {
      onSuccess: (answer) => opened(item, answer),
      onError: say.failed,
      onSettled: () => {
        underWay.current = false
      },
    })
  }
  return { discuss, busy: discussing.isPending ? discussing.variables : null }
}

function useOpened(): (item: Discussable, answer: Discussed) => void {
  const navigate = useNavigate()
  const say = useSay()
  return (item, { chat, created, outcomes }) => {
    coachDid('discuss')
    if (!chat.url.startsWith('/')) {
      window.open(chat.url, '_blank', 'noopener')
      say.withLink(words.chatElsewhere(item.key), chat.url)
      return
    }
    if (!created) say.news(words.openedChat(item.key))
    void navigate({ to: '/chats/$chatId', params: { chatId: chat.id }, state: { outcomes: outcomes.filter((one) => one.why !== null) } })
  }
}

/** "Discuss in chat", or "Open chat" when there is one already. */
export function DiscussButton({ item, ...look }: { item: Item } & Pick<ButtonProps, 'appearance' | 'size' | 'className'>) {
  const { discuss, busy } = useDiscuss()
  if (!item.may.discuss) return null
  const waiting = busy === item.id
  return (
    <Button
      appearance="primary"
      {...look}
      icon={waiting ? <Spinner size="extra-tiny" /> : item.chat ? <Chat20Regular /> : <ChatAdd20Regular />}
      aria-busy={waiting}
      onClick={() => discuss(item)}
    >
      {item.chat ? words.openChat : words.discuss}
    </Button>
  )
}
