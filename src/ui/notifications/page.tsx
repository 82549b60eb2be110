import { Button, makeStyles, mergeClasses } from '@fluentui/react-components'
import {
  Alert24Regular,
  ChatAdd20Regular,
  EyeOff20Regular,
  Info20Regular,
  Mention20Regular,
  PersonQuestionMark20Regular,
  Eye20Regular,
  type FluentIcon,
} from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { useMarkRead, useNotifications } from '../data/notifications.ts'
import type { Notification } from '../data/types.ts'
import { ago, fullTime } from '../parts/format.ts'
import { useNow, useTitle } from '../parts/hooks.ts'
import { Page, PageHead } from '../parts/page.tsx'
import { Failed, LoadingLines, Note } from '../parts/states.tsx'
import { TextLink } from '../parts/text-link.tsx'
import { Face } from '../people/face.tsx'
import { media, tokens } from '../theme.ts'
import { boldPieces } from './bold.ts'

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '8px 28px 28px',
    maxWidth: '820px',
    [media.belowOnePane]: { padding: '4px 16px 16px' },
  },
  row: {
    display: 'grid',
    gridTemplateColumns: '40px minmax(0, 1fr) 10px',
    columnGap: '14px',
    padding: '14px 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  new: { border: `1px solid ${tokens.colorBrandStroke2}` },
  face: { position: 'relative', height: '40px' },
  kind: {
    position: 'absolute',
    right: '-6px',
    bottom: '-4px',
    display: 'grid',
    placeItems: 'center',
    width: '20px',
    height: '20px',
    fontSize: '14px',
    borderRadius: '50%',
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForeground1,
  },
  text: { overflowWrap: 'anywhere' },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '2px 16px',
    marginTop: '4px',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  dot: {
    width: '10px',
    height: '10px',
    borderRadius: '50%',
    marginTop: '6px',
    backgroundColor: tokens.colorBrandBackground,
    forcedColorAdjust: 'none',
  },
})

const ICONS: Readonly<Record<Notification['kind'], FluentIcon>> = {
  'observer-added': Eye20Regular,
  'observer-removed': EyeOff20Regular,
  'chat-invited': ChatAdd20Regular,
  told: Info20Regular,
  'access-requested': PersonQuestionMark20Regular,
  'access-granted': Eye20Regular,
  'group-action': Info20Regular,
  mentioned: Mention20Regular,
}

export function NotificationsPage() {
  const styles = useStyles()
  useTitle('Notifications')
  const list = useNotifications()
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const fresh = useFresh(items, list.data?.pages[0]?.unread ?? 0)
  const now = useNow()
  return (
    <Page>
      <PageHead title="Notifications" />
      {list.isPending && <LoadingLines label="Loading notifications" />}
      {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <Note icon={<Alert24Regular />} title="Nothing yet. You hear here when somebody adds you to an item or takes you off." />
      )}
      <ul className={styles.list}>
        {items.map((one) => (
          <Row key={one.id} one={one} fresh={fresh.has(one.id)} now={now} />
        ))}
        {list.hasNextPage && <Button onClick={() => void list.fetchNextPage()}>Show earlier</Button>}
      </ul>
    </Page>
  )
}

/** Opening the page reads everything; what was new keeps its mark for as long as the page is open. */
function useFresh(items: readonly Notification[], unread: number): ReadonlySet<string> {
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const { mutate: markRead } = useMarkRead()
  const added = items.filter((one) => !one.read && !fresh.has(one.id))
  if (added.length > 0) setFresh(new Set([...fresh, ...added.map((one) => one.id)]))
  useEffect(() => {
    if (unread > 0) markRead()
  }, [unread, markRead])
  return fresh
}

function Row({ one, fresh, now }: { one: Notification; fresh: boolean; now: number }) {
  const styles = useStyles()
  const Icon = ICONS[one.kind]
  return (
    <li className={mergeClasses(styles.row, fresh && styles.new)}>
      <span className={styles.face}>
        {one.by && <Face person={one.by} size={40} />}
        <span className={styles.kind} aria-hidden>
          <Icon fontSize={14} />
        </span>
      </span>
      <div>
        <p className={styles.text}>
          {boldPieces(one.text).map((piece) => (piece.bold ? <strong key={piece.at}>{piece.text}</strong> : piece.text))}
        </p>
        <div className={styles.foot}>
          <time dateTime={one.at} title={fullTime(one.at)}>
            {ago(one.at, now)}
          </time>
          {one.item && one.kind !== 'observer-removed' && (
            <TextLink to="/items/$itemId" params={{ itemId: one.item.id }}>
              Open {one.item.key}
            </TextLink>
          )}
          {one.chat && one.kind !== 'observer-removed' && (
            <TextLink to="/chats/$chatId" params={{ chatId: one.chat }} search={one.seq === null ? {} : { at: one.seq }}>
              Open chat
            </TextLink>
          )}
        </div>
      </div>
      {fresh && <span className={styles.dot} role="img" aria-label="New" />}
    </li>
  )
}
