import { Button, makeStyles } from '@fluentui/react-components'
import { ChevronDown12Regular, ChevronUp12Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Message } from '../data/types.ts'
import { clock } from '../parts/format.ts'
import { tokens } from '../theme.ts'
import { canUnfold, foldedLine, quietLine } from './group.ts'

const useStyles = makeStyles({
  quiet: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    textAlign: 'center',
    whiteSpace: 'pre-line',
    padding: '6px 0',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  fold: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular, fontSize: tokens.fontSizeBase200, maxWidth: '100%' },
  each: { display: 'flex', flexDirection: 'column', gap: '2px', paddingTop: '2px' },
})

/** Who came, went or renamed the chat, and what became of its item: one line, which opens to the details. */
export function QuietLine({ messages }: { messages: readonly Message[] }) {
  const styles = useStyles()
  const [open, setOpen] = useState(false)
  const [only] = messages
  if (!canUnfold(messages) && only)
    return (
      <p className={styles.quiet} data-seq={only.seq}>
        {quietLine(only)}
      </p>
    )
  return (
    <div className={styles.quiet} data-seq={only?.seq}>
      <Button
        appearance="transparent"
        size="small"
        className={styles.fold}
        iconPosition="after"
        icon={open ? <ChevronUp12Regular /> : <ChevronDown12Regular />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {foldedLine(messages)}
      </Button>
      {open && (
        <ul className={styles.each}>
          {messages.map((message) => (
            <li key={message.id}>
              {quietLine(message)} · {clock(message.at)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
