import {
  InteractionTag,
  InteractionTagPrimary,
  InteractionTagSecondary,
  makeStyles,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Spinner,
  Tooltip,
} from '@fluentui/react-components'
import { ChatOff16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { useWhy } from '../data/items.ts'
import { sentenceOf } from '../data/problem.ts'
import type { Item, Observer } from '../data/types.ts'
import { Face } from '../people/face.tsx'
import { media, tokens } from '../theme.ts'

const useStyles = makeStyles({
  chip: { [media.belowOnePane]: { minHeight: '44px' } },
  part: { [media.belowOnePane]: { minHeight: '44px' } },
  cross: { [media.belowOnePane]: { minHeight: '44px', minWidth: '40px' } },
  out: { display: 'inline-flex', marginLeft: '6px', verticalAlign: 'middle', color: tokens.colorNeutralForeground3 },
  why: { maxWidth: '300px' },
})

/** One observer. Hover and focus say why they observe; a press asks for the whole story; ✕ takes them off. */
export function ObserverChip({ item, observer, onRemove }: { item: Item; observer: Observer; onRemove?: () => void }) {
  const styles = useStyles()
  const [asking, setAsking] = useState(false)
  const out = observer.inChat === false
  return (
    <InteractionTag shape="circular" className={styles.chip}>
      <Popover open={asking} onOpenChange={(_, data) => setAsking(data.open)} withArrow trapFocus>
        <PopoverTrigger>
          <Tooltip content={`${observer.because}${out ? ' · not in the chat' : ''}`} relationship="description">
            <InteractionTagPrimary
              className={styles.part}
              hasSecondaryAction={onRemove !== undefined}
              media={<Face person={observer} size={24} />}
            >
              {observer.name}
              {out && (
                <span className={styles.out}>
                  <ChatOff16Regular aria-label="not in the chat" />
                </span>
              )}
            </InteractionTagPrimary>
          </Tooltip>
        </PopoverTrigger>
        <PopoverSurface className={styles.why} tabIndex={-1} aria-label={`Why ${observer.name} is here`}>
          <Why item={item} observer={observer} />
        </PopoverSurface>
      </Popover>
      {onRemove && (
        <InteractionTagSecondary className={styles.cross} aria-label={`Remove ${observer.name} as an observer`} onClick={onRemove} />
      )}
    </InteractionTag>
  )
}

function Why({ item, observer }: { item: Item; observer: Observer }) {
  const why = useWhy(item.id, observer.id)
  if (why.isPending) return <Spinner size="tiny" label="Looking it up" />
  return <p>{why.isError ? sentenceOf(why.error) : why.data.sentence}</p>
}
