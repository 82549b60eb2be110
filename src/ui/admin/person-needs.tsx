import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { withMender } from '../../core/words/people.ts'
import { useMend } from '../data/admin.ts'
import { sentenceOf } from '../data/problem.ts'
import type { Drift, Unmatched, Untold } from '../data/types.ts'
import { ago, count, fullTime } from '../parts/format.ts'
import { useNow } from '../parts/hooks.ts'
import { AddressDialog } from './address-dialog.tsx'
import { useCard } from './card.ts'
import { ItemLink } from './item-needs.tsx'
import { NeedRow } from './need-list.tsx'

/** What one person waits for. */

export function RefusedRow({ one: { item, person, shouldBe, why, mender } }: { one: Drift }) {
  const card = useCard()
  const mend = useMend(item.id)
  return (
    <NeedRow
      wrong={mend.isError ? sentenceOf(mend.error) : null}
      button={
        <Button disabledFocusable={mend.isPending} onClick={() => mend.mutate()}>
          Try again
        </Button>
      }
    >
      {person.name} {shouldBe === 'in the chat' ? 'could not be added to' : 'could not be taken out of'} the chat of{' '}
      <ItemLink item={item} />.<p className={card.quiet}>{withMender(why, mender ?? 'nobody')}</p>
    </NeedRow>
  )
}

export function UnmatchedRow({ one: { person, why, items } }: { one: Unmatched }) {
  const card = useCard()
  const [asking, setAsking] = useState(false)
  return (
    <NeedRow button={<Button onClick={() => setAsking(true)}>Change address</Button>}>
      {why}
      <p className={card.quiet}>
        Missing in {count(items, 'chat')}. They come in by themselves once they have an account with that address, or the address is right.
      </p>
      {asking && <AddressDialog person={person} onClose={() => setAsking(false)} />}
    </NeedRow>
  )
}

const OF_WHAT: Readonly<Record<Untold['kind'], string>> = {
  'observer-added': 'that they observe',
  'observer-removed': 'that they no longer observe',
  'chat-invited': 'of an invitation to a chat',
  mentioned: 'that somebody named them in the chat of',
  told: 'something about',
  'access-requested': 'that somebody asks for access to',
  'access-granted': 'that they have access to',
  'group-action': 'what came of a change of',
}

export function UntoldRow({ one: { person, kind, item, fate, why, at } }: { one: Untold }) {
  const card = useCard()
  const now = useNow()
  return (
    <NeedRow>
      {person.name} {fate === 'perhaps told' ? 'may not have been told' : 'was not told'} {OF_WHAT[kind]}{' '}
      {item ? <ItemLink item={item} /> : kind === 'group-action' ? 'many items' : 'an item'}{' '}
      <time className={card.quiet} dateTime={at} title={fullTime(at)}>
        {ago(at, now)}
      </time>
      .<p className={card.quiet}>{why} It stands in the web workspace.</p>
    </NeedRow>
  )
}
