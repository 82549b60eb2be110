import { Button, makeStyles } from '@fluentui/react-components'
import { type ComponentType, type ReactNode, useId } from 'react'
import type { AdminList } from '../data/admin.ts'
import { media, tokens } from '../theme.ts'
import { useCard } from './card.ts'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column' },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px 16px',
    padding: '10px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTop: 'none', paddingTop: 0 },
    ':last-child': { paddingBottom: 0 },
    [media.belowOnePane]: { flexWrap: 'wrap', '& button': { minHeight: '44px' } },
  },
  // A link within a sentence stays within its line, on a phone too.
  words: { flex: '1 1 240px', minWidth: 0, [media.belowOnePane]: { '& a': { display: 'inline', minHeight: 0 } } },
  button: { flexShrink: 0 },
})

type Props<One> = { list: AdminList<One>; title: string; Row: ComponentType<{ one: One }> }

/** One kind of what waits for a person; nothing where nobody waits. */
export function NeedList<One extends { readonly id: string }>({ list, title, Row }: Props<One>) {
  const styles = useStyles()
  const card = useCard()
  const id = useId()
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (items.length === 0) return null
  return (
    <section className={card.card} aria-labelledby={id}>
      <h3 id={id} className={card.title}>
        {title}
      </h3>
      <ul className={styles.list}>
        {items.map((one) => (
          <Row key={one.id} one={one} />
        ))}
      </ul>
      {list.hasNextPage && (
        <div className={card.buttons}>
          <Button disabledFocusable={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </section>
  )
}

/** Words on the left, what to press on the right or, on a phone, below. */
export function NeedRow({ children, button, wrong = null }: { children: ReactNode; button?: ReactNode; wrong?: string | null }) {
  const styles = useStyles()
  const card = useCard()
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        {children}
        {wrong !== null && (
          <p className={card.wrong} role="alert">
            {wrong}
          </p>
        )}
      </div>
      {button && <div className={styles.button}>{button}</div>}
    </li>
  )
}
