import { CounterBadge, makeStyles, mergeClasses } from '@fluentui/react-components'
import {
  Alert24Filled,
  Alert24Regular,
  Chat24Filled,
  Chat24Regular,
  Grid24Filled,
  Grid24Regular,
  Settings24Filled,
  Settings24Regular,
} from '@fluentui/react-icons'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useChats } from '../data/chats.ts'
import { useUnread } from '../data/notifications.ts'
import type { Me } from '../data/types.ts'
import { PersonMenu } from '../people/person-menu.tsx'
import { media, tokens } from '../theme.ts'
import { count } from './format.ts'
import { Mark } from './mark.tsx'
import { Unseen } from './unseen.tsx'

const useStyles = makeStyles({
  rail: {
    gridArea: 'rail',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: '4px',
    padding: '16px 8px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    [media.belowPhone]: {
      flexDirection: 'row',
      justifyContent: 'space-around',
      padding: '4px 8px',
      paddingBottom: 'calc(4px + env(safe-area-inset-bottom))',
      borderRight: 'none',
      borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    },
  },
  mark: { marginBottom: '16px', [media.belowPhone]: { display: 'none' } },
  places: {
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    width: '100%',
    [media.belowPhone]: { flexDirection: 'row', justifyContent: 'space-around', flex: 3, width: 'auto' },
  },
  place: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: '2px',
    minHeight: '52px',
    minWidth: '64px',
    borderRadius: tokens.borderRadiusLarge,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    fontSize: '11px',
    lineHeight: '14px',
    transitionProperty: 'background-color',
    transitionDuration: '120ms',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  here: {
    color: tokens.colorBrandForeground1,
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorBrandBackground2,
    [media.forced]: { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  badge: { position: 'absolute', top: '4px', left: 'calc(50% + 4px)' },
  foot: { marginTop: 'auto', [media.belowPhone]: { marginTop: 0, flex: 1, display: 'flex', justifyContent: 'center' } },
})

type Place = {
  to: '/' | '/chats' | '/notifications' | '/admin'
  title: string
  icon: ReactElement
  here: ReactElement
  news: number
  of: string
}

export function Rail({ me, onHelp }: { me: Me; onHelp: () => void }) {
  const styles = useStyles()
  const places = usePlaces(me)
  return (
    <nav className={styles.rail} aria-label="Places">
      <span className={styles.mark}>
        <Mark size={36} />
      </span>
      <ul className={styles.places}>
        {places.map((place) => (
          <li key={place.to}>
            <PlaceLink place={place} />
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        <PersonMenu me={me} onHelp={onHelp} />
      </div>
    </nav>
  )
}

const ADMIN: Place = { to: '/admin', title: 'Admin', icon: <Settings24Regular />, here: <Settings24Filled />, news: 0, of: '' }

function usePlaces({ role }: Me): readonly Place[] {
  const unread = useUnread()
  const chats = useChats().data?.pages.flatMap((page) => page.items) ?? []
  const unreadChats = chats.filter((chat) => chat.unread > 0 && !chat.muted).length
  return [
    { to: '/', title: 'Items', icon: <Grid24Regular />, here: <Grid24Filled />, news: 0, of: '' },
    { to: '/chats', title: 'Chats', icon: <Chat24Regular />, here: <Chat24Filled />, news: unreadChats, of: 'unread chat' },
    {
      to: '/notifications',
      title: 'Notifications',
      icon: <Alert24Regular />,
      here: <Alert24Filled />,
      news: unread,
      of: 'new notification',
    },
    ...(role === 'administrator' ? [ADMIN] : []),
  ]
}

function PlaceLink({ place }: { place: Place }) {
  const styles = useStyles()
  return (
    <Link
      to={place.to}
      className={styles.place}
      activeProps={{ className: mergeClasses(styles.place, styles.here) }}
      activeOptions={{ exact: false, includeSearch: false }}
    >
      {({ isActive }) => (
        <>
          {isActive ? place.here : place.icon}
          <span>{place.title}</span>
          {place.news > 0 && (
            <>
              <CounterBadge aria-hidden count={place.news} size="small" color="danger" className={styles.badge} />
              <Unseen>, {count(place.news, place.of)}</Unseen>
            </>
          )}
        </>
      )}
    </Link>
  )
}
