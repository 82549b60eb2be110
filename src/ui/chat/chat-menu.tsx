import { Button, Menu, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { MoreHorizontal20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Chat } from '../data/types.ts'
import { ChatOptionDialogs, ChatOptionItems } from './chat-options.tsx'

/** The ⋯ of the open chat. */
export function ChatMenu({ chat }: { chat: Chat }) {
  const [asked, setAsked] = useState<'rename' | 'leave' | null>(null)
  return (
    <>
      <Menu positioning="below-end">
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" icon={<MoreHorizontal20Regular />} aria-label="More for this chat" />
        </MenuTrigger>
        <MenuPopover>
          <ChatOptionItems chat={chat} onAsk={setAsked} />
        </MenuPopover>
      </Menu>
      <ChatOptionDialogs chat={chat} asked={asked} onClose={() => setAsked(null)} />
    </>
  )
}
