import { makeStyles } from '@fluentui/react-components'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useItem } from '../data/items.ts'
import { isGone } from '../data/problem.ts'
import type { Item } from '../data/types.ts'
import { coachDid } from '../parts/coach-memory.ts'
import { Coach } from '../parts/coach.tsx'
import { useTitle } from '../parts/hooks.ts'
import { useKeys } from '../parts/keyboard.ts'
import { Page } from '../parts/page.tsx'
import { Failed, LoadingLines } from '../parts/states.tsx'
import { media, tokens } from '../theme.ts'
import { TextLink } from '../parts/text-link.tsx'
import { AccessRequests } from './access-requests.tsx'
import { useDiscuss } from './discuss.tsx'
import { HeldRemovals } from './held-removals.tsx'
import { ItemFacts } from './item-facts.tsx'
import { ItemForm } from './item-form.tsx'
import { ItemHead } from './item-head.tsx'
import { ObserversField } from './observers-field.tsx'
import { Timeline } from './timeline.tsx'

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 5fr) minmax(0, 4fr)',
    alignItems: 'start',
    gap: '20px',
    padding: '4px 28px 28px',
    [media.belowTwoPanes]: { gridTemplateColumns: 'minmax(0, 1fr)', gap: '16px' },
    [media.belowOnePane]: { padding: '0 16px 24px' },
  },
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    padding: '20px 24px',
    minWidth: 0,
    [media.belowOnePane]: { padding: '16px' },
  },
})

export function ItemPage() {
  const { itemId } = useParams({ from: '/items/$itemId' })
  const item = useItem(itemId)
  useTitle(item.data ? `${item.data.key} ${item.data.title}` : 'Item')
  if (item.isPending) return <LoadingLines label="Loading the item" />
  // After a change of rights the last good answer is not ours to show any more; a broken line hides nothing.
  if (!item.data || isGone(item.error))
    return <Failed error={item.error} onRetry={() => void item.refetch()} back={<TextLink to="/">Back to items</TextLink>} />
  return <Opened key={itemId} item={item.data} />
}

function Opened({ item }: { item: Item }) {
  const styles = useStyles()
  const navigate = useNavigate()
  const { discuss } = useDiscuss()
  const [editing, setEditing] = useState(false)
  useEffect(() => coachDid('open'), [])
  useKeys({
    e: (event) => {
      event.preventDefault()
      if (item.may.edit) setEditing(true)
    },
    d: () => discuss(item),
    Escape: () => editing || void navigate({ to: '/' }),
  })
  return (
    <Page>
      <Coach />
      <ItemHead item={item} />
      <div className={styles.columns}>
        <section className={styles.card} aria-labelledby="details">
          {editing ? <ItemForm item={item} onDone={() => setEditing(false)} /> : <View item={item} onEdit={() => setEditing(true)} />}
        </section>
        <section className={styles.card} aria-labelledby="timeline">
          <Timeline item={item} />
        </section>
      </div>
    </Page>
  )
}

function View({ item, onEdit }: { item: Item; onEdit: () => void }) {
  return (
    <>
      <HeldRemovals item={item} />
      <AccessRequests item={item} />
      <ItemFacts item={item} onEdit={onEdit} />
      {(item.may.whyNot === null || item.observers.length > 0) && <ObserversField item={item} />}
    </>
  )
}
