import { Button, makeStyles, Textarea } from '@fluentui/react-components'
import { Send20Filled } from '@fluentui/react-icons'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useMe } from '../data/me.ts'
import { useOnePane } from '../parts/media.ts'
import { media, tokens } from '../theme.ts'
import { keptText, keepText } from './unsent.ts'

const useStyles = makeStyles({
  bar: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'end',
    gap: '8px',
    padding: '12px 20px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    [media.belowOnePane]: { padding: '8px 12px' },
  },
  text: {
    minHeight: '44px',
    borderRadius: tokens.borderRadiusXLarge,
    '& textarea': { minHeight: '42px', maxHeight: '160px', paddingTop: '11px', paddingBottom: '11px', fieldSizing: 'content' },
  },
  send: { minWidth: '44px', minHeight: '44px', borderRadius: tokens.borderRadiusXLarge },
})

const TEXT_MAX = 8000

/** Enter sends, Shift+Enter begins a new line; while an input method composes, Enter belongs to it. */
export function Composer({ chatId, onSend }: { chatId: string; onSend: (text: string) => void }) {
  const styles = useStyles()
  const box = useRef<HTMLTextAreaElement>(null)
  const me = useMe().id
  const phone = useOnePane()
  const [text, setText] = useState(() => keptText(me, chatId))
  const write = (next: string) => {
    setText(next)
    keepText(me, chatId, next)
  }
  const send = () => {
    if (!text.trim()) return
    onSend(text.trim())
    write('')
    box.current?.focus()
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  useEffect(() => {
    // On a phone the keyboard would cover the chat that was just opened.
    if (!phone) box.current?.focus()
  }, [phone])
  return (
    <div className={styles.bar}>
      <Textarea
        className={styles.text}
        ref={(element: HTMLTextAreaElement | null) => void (box.current = element)}
        rows={1}
        resize="none"
        value={text}
        maxLength={TEXT_MAX}
        aria-label="Message"
        placeholder="Write a message"
        onChange={(_, data) => write(data.value)}
        onKeyDown={pressed}
      />
      <Button
        className={styles.send}
        appearance="primary"
        icon={<Send20Filled />}
        aria-label="Send"
        disabledFocusable={!text.trim()}
        onClick={send}
      />
    </div>
  )
}
