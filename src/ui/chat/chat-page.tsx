import { makeStyles } from '@fluentui/react-components'
import { useNavigate, useParams, useRouterState, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useChat } from '../data/chats.ts'
import { isGone } from '../data/problem.ts'
import type { Chat, Outcome } from '../data/types.ts'
import { useTitle } from '../parts/hooks.ts'
import { useKeys } from '../parts/keyboard.ts'
import { useWide } from '../parts/media.ts'
import { Outcomes } from '../parts/outcomes.tsx'
import { Failed, LoadingLines } from '../parts/states.tsx'
import { media, tokens } from '../theme.ts'
import { TextLink } from '../parts/text-link.tsx'
import { ChatHead, type Side } from './chat-head.tsx'
import { Conversation } from './conversation.tsx'
import { ItemStrip } from './item-strip.tsx'
import { SidePanel } from './side-panel.tsx'
import type { Target } from './use-reader.ts'

const useStyles = makeStyles({
  page: { display: 'grid', height: '100%', minHeight: 0, gridTemplateColumns: 'minmax(0, 1fr) auto' },
  chat: { display: 'flex', flexDirection: 'column', minHeight: 0, minWidth: 0, backgroundColor: tokens.colorNeutralBackground1 },
  told: { padding: '8px 20px 0', [media.belowOnePane]: { padding: '8px 12px 0' } },
})

export function ChatPage() {
  const { chatId } = useParams({ from: '/chats/$chatId' })
  const chat = useChat(chatId)
  useTitle(chat.data?.name ?? 'Chat')
  if (chat.isPending) return <LoadingLines label="Loading the chat" />
  // Whoever was taken out of the chat sees nothing of it any more, not even what was on the page; a broken line hides nothing.
  if (!chat.data || isGone(chat.error))
    return <Failed error={chat.error} onRetry={() => void chat.refetch()} back={<TextLink to="/chats">Back to chats</TextLink>} />
  return <Opened key={chatId} chat={chat.data} />
}

function Opened({ chat }: { chat: Chat }) {
  const styles = useStyles()
  const navigate = useNavigate()
  const wide = useWide()
  const [side, setSide] = useState<Side | null>(wide ? 'people' : null)
  const [outcomes, setOutcomes] = useToldOnArrival()
  const [target, setTarget] = useTarget()
  useKeys({ Escape: () => (side && !wide ? setSide(null) : void navigate({ to: '/chats' })) })
  return (
    <div className={styles.page}>
      <section className={styles.chat} aria-label={chat.name}>
        <ChatHead chat={chat} side={side} onSide={setSide} />
        {chat.item && <ItemStrip item={chat.item} />}
        {outcomes.length > 0 && (
          <div className={styles.told}>
            <Outcomes outcomes={outcomes} onDismiss={() => setOutcomes([])} />
          </div>
        )}
        <Conversation chat={chat} target={target} onTarget={setTarget} />
      </section>
      <SidePanel chat={chat} side={side} onSide={setSide} onTold={setOutcomes} onJump={(seq) => setTarget({ seq })} />
    </div>
  )
}

/** Discuss hands over who could not be let in; an invitation tells it later. */
function useToldOnArrival() {
  const handed = useRouterState({ select: (state) => state.location.state.outcomes })
  return useState<readonly Outcome[]>(handed ?? [])
}

/** Where the address says to go: a search, a mention and a link each name the message. */
function useTarget() {
  const { at } = useSearch({ from: '/chats/$chatId' })
  const arrival = useRouterState({ select: (state) => state.location })
  const [came, setCame] = useState(arrival)
  const state = useState<Target | null>(at === undefined ? null : { seq: at })
  if (came !== arrival) {
    setCame(arrival)
    if (at !== undefined) state[1]({ seq: at })
  }
  return state
}
