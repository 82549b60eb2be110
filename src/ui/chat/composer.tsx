import { Button, makeStyles, Textarea } from '@fluentui/react-components'
import { Attach20Regular, Checkmark20Filled, Dismiss16Regular, Send20Filled } from '@fluentui/react-icons'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useMe } from '../data/me.ts'
import { useEditMessage } from '../data/message-acts.ts'
import type { Draft } from '../data/outbox.ts'
import type { Message } from '../data/types.ts'
import { useTellTyping } from '../data/typing.ts'
import { useOnePane } from '../parts/media.ts'
import { useSay } from '../parts/say.tsx'
import { media, tokens } from '../theme.ts'
import { words } from '../words.ts'
import { NamePicker, useNamePicker } from './name-picker.tsx'
import { keptText, keepText } from './unsent.ts'
import { UploadList } from './upload-list.tsx'
import type { useUploads } from './use-uploads.ts'

const useStyles = makeStyles({
  bar: {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    alignItems: 'end',
    gap: '8px',
    padding: '8px 20px 16px',
    [media.belowOnePane]: { padding: '4px 12px 8px' },
  },
  doing: {
    gridColumn: '1 / -1',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'center',
    gap: '8px',
    paddingLeft: '10px',
    borderLeft: `3px solid ${tokens.colorBrandStroke1}`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  text: {
    minHeight: '44px',
    borderRadius: tokens.borderRadiusXLarge,
    '& textarea': { minHeight: '42px', maxHeight: '160px', paddingTop: '11px', paddingBottom: '11px', fieldSizing: 'content' },
  },
  send: { minWidth: '44px', minHeight: '44px', borderRadius: tokens.borderRadiusXLarge },
})

const TEXT_MAX = 8000

/** What the composer is about, where it is not simply the next message. */
export type Doing = { readonly what: 'reply' | 'edit'; readonly message: Message }

type Props = {
  chatId: string
  doing: Doing | null
  onDoing: (doing: Doing | null) => void
  onEditLast: () => void
  onSend: (draft: Draft) => void
  uploads: ReturnType<typeof useUploads>
}

/** Enter sends, Shift+Enter begins a new line; while an input method composes, Enter belongs to it. */
export function Composer({ chatId, doing, onDoing, onEditLast, onSend, uploads: files }: Props) {
  const styles = useStyles()
  const box = useRef<HTMLTextAreaElement>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const me = useMe().id
  const phone = useOnePane()
  const say = useSay()
  const edit = useEditMessage(chatId)
  const tellTyping = useTellTyping(chatId)
  const editing = doing?.what === 'edit' ? doing.message : null
  const [text, setText] = useState(() => editing?.text ?? keptText(me, chatId))
  const write = (next: string) => {
    setText(next)
    if (editing) return
    keepText(me, chatId, next)
    if (next) tellTyping()
  }
  const names = useNamePicker(chatId, box, text, write)
  const sent = editing ? [] : files.uploads.flatMap(({ id, name }) => (id === null ? [] : [{ id, name }]))
  const ready = (text.trim() !== '' || sent.length > 0) && (editing !== null || sent.length === files.uploads.length)
  const send = () => {
    const trimmed = text.trim()
    if (!ready || edit.isPending) return
    if (editing) return edit.mutate({ seq: editing.seq, text: trimmed }, { onSuccess: () => onDoing(null), onError: say.failed })
    onSend({ text: trimmed, replyTo: doing?.message ?? null, files: sent })
    files.clear()
    write('')
    onDoing(null)
    box.current?.focus()
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || names.pressed(event)) return
    if (event.key === 'Escape' && doing) {
      event.stopPropagation()
      return onDoing(null)
    }
    if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault()
      return onEditLast()
    }
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    send()
  }
  useEffect(() => {
    // On a phone the keyboard would cover the chat that was just opened.
    if (!phone || doing) box.current?.focus()
  }, [phone, doing])
  return (
    <div className={styles.bar}>
      {doing && (
        <div className={styles.doing}>
          <span className={styles.cut}>
            {doing.what === 'edit'
              ? 'Editing your message'
              : `Answering ${doing.message.author?.name ?? 'a message'}: ${doing.message.text}`}
          </span>
          <Button appearance="subtle" size="small" icon={<Dismiss16Regular />} aria-label={words.cancel} onClick={() => onDoing(null)} />
        </div>
      )}
      <NamePicker picker={names} />
      {!editing && <UploadList uploads={files.uploads} onRemove={files.remove} />}
      <Button
        className={styles.send}
        appearance="subtle"
        icon={<Attach20Regular />}
        aria-label="Add files"
        disabled={editing !== null}
        onClick={() => chooser.current?.click()}
      />
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          files.add(event.target.files ?? [])
          event.target.value = ''
        }}
      />
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
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return
          event.preventDefault()
          files.add(event.clipboardData.files)
        }}
      />
      <Button
        className={styles.send}
        appearance="primary"
        icon={editing ? <Checkmark20Filled /> : <Send20Filled />}
        aria-label={editing ? words.save : 'Send'}
        disabledFocusable={!ready}
        onClick={send}
      />
    </div>
  )
}
