import { Button } from '@fluentui/react-components'
import { useTryLetter } from '../data/admin.ts'
import { sentenceOf } from '../data/problem.ts'
import type { DeadLetter } from '../data/types.ts'
import { ago, fullTime } from '../parts/format.ts'
import { useNow } from '../parts/hooks.ts'
import { useCard } from './card.ts'
import { NeedRow } from './need-list.tsx'

/** Something the chat system told, and that came to nothing. */
export function LetterRow({ one: { id, connection, what, why, at } }: { one: DeadLetter }) {
  const card = useCard()
  const now = useNow()
  const again = useTryLetter(id)
  return (
    <NeedRow
      wrong={again.isError ? sentenceOf(again.error) : null}
      button={
        <Button disabledFocusable={again.isPending} onClick={() => again.mutate()}>
          Try again
        </Button>
      }
    >
      {connection}: {what}{' '}
      <time className={card.quiet} dateTime={at} title={fullTime(at)}>
        {ago(at, now)}
      </time>
      <p className={card.quiet}>{why}</p>
    </NeedRow>
  )
}
