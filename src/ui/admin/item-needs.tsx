import { Button } from '@fluentui/react-components'
import { useMend } from '../data/admin.ts'
import { useAllowRemovals } from '../data/items.ts'
import { sentenceOf } from '../data/problem.ts'
import type { HeldRemovals, StuckChat, Unlisted } from '../data/types.ts'
import { count, nameList } from '../parts/format.ts'
import { TextLink } from '../parts/text-link.tsx'
import { useCard } from './card.ts'
import { NeedRow } from './need-list.tsx'

/** What an item as a whole waits for. */

type Named = { readonly id: string; readonly key: string; readonly title: string }

export function ItemLink({ item }: { item: Named }) {
  return (
    <TextLink to="/items/$itemId" params={{ itemId: item.id }}>
      {item.key} {item.title}
    </TextLink>
  )
}

/** How many of them are named in a sentence; the rest is a number. */
const NAMES_MAX = 6

/** The safety stop (U5): who would be removed, and the button that allows it once. */
export function HeldRow({ one: { item, people, more } }: { one: HeldRemovals }) {
  const allow = useAllowRemovals(item.id)
  const all = people.length + more
  const names = nameList([...people.map(({ name }) => name), ...Array.from({ length: more }, () => '')], NAMES_MAX)
  return (
    <NeedRow
      wrong={allow.isError ? sentenceOf(allow.error) : null}
      button={
        <Button disabledFocusable={allow.isPending} onClick={() => allow.mutate()}>
          {`Take ${all} out of the chat`}
        </Button>
      }
    >
      {names} {all === 1 ? 'is' : 'are'} no longer named on <ItemLink item={item} />, and {all === 1 ? 'stays' : 'stay'} in its chat until
      somebody allows it.
    </NeedRow>
  )
}

export function StuckRow({ one: { item, why } }: { one: StuckChat }) {
  const card = useCard()
  const mend = useMend(item.id)
  return (
    <NeedRow
      wrong={mend.isError ? sentenceOf(mend.error) : null}
      button={
        <Button disabledFocusable={mend.isPending} onClick={() => mend.mutate()}>
          Look again
        </Button>
      }
    >
      <ItemLink item={item} />
      <p className={card.quiet}>{why ?? 'Ringside cannot work in this chat.'}</p>
    </NeedRow>
  )
}

export function UnlistedRow({ one: { item, people } }: { one: Unlisted }) {
  const card = useCard()
  return (
    <NeedRow>
      {count(people, 'person', 'people')} in the chat of <ItemLink item={item} /> cannot become {people === 1 ? 'an observer' : 'observers'}
      .
      <p className={card.quiet}>
        They lack the right to read such items. Who they are is known to the members of the chat, who can ask you.
      </p>
    </NeedRow>
  )
}
