import { Button, Link, makeStyles } from '@fluentui/react-components'
import { Chat16Regular, Edit16Regular, Note16Regular, People16Regular, Sparkle16Regular, type FluentIcon } from '@fluentui/react-icons'
import { useTimeline } from '../data/items.ts'
import type { Item, TimelineEntry } from '../data/types.ts'
import { ago, fullTime } from '../parts/format.ts'
import { isAddress, placeOf } from './place.ts'
import { useNow } from '../parts/hooks.ts'
import { Failed, LoadingLines } from '../parts/states.tsx'
import { tokens } from '../theme.ts'
import { CardHead } from './card-head.tsx'
import { DiscussButton } from './discuss.tsx'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', marginTop: '16px' },
  entry: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr)',
    columnGap: '12px',
    position: 'relative',
    paddingBottom: '18px',
    ':last-child .line': { display: 'none' },
  },
  line: { position: 'absolute', left: '13.5px', top: '30px', bottom: '2px', width: '1px', backgroundColor: tokens.colorNeutralStroke2 },
  dot: {
    display: 'grid',
    placeItems: 'center',
    width: '28px',
    height: '28px',
    borderRadius: '50%',
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground2,
  },
  text: { paddingTop: '4px', overflowWrap: 'anywhere' },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '2px 12px',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
  where: { fontSize: tokens.fontSizeBase200 },
  note: {
    margin: '4px 0',
    padding: '2px 0 2px 12px',
    borderLeft: `3px solid ${tokens.colorNeutralStroke1}`,
    whiteSpace: 'pre-wrap',
  },
  none: { color: tokens.colorNeutralForeground3, marginTop: '12px' },
})

const ICONS: Readonly<Record<TimelineEntry['kind'], FluentIcon>> = {
  created: Sparkle16Regular,
  changed: Edit16Regular,
  observers: People16Regular,
  chat: Chat16Regular,
  note: Note16Regular,
}

/** What happened to the item, newest first, with Discuss on top: the talk itself is in the chat. */
export function Timeline({ item }: { item: Item }) {
  const styles = useStyles()
  const timeline = useTimeline(item.id)
  const entries = timeline.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <CardHead id="timeline" title="Timeline">
        <DiscussButton item={item} appearance="outline" />
      </CardHead>
      {timeline.isPending && <LoadingLines label="Loading the timeline" rows={4} />}
      {timeline.isError && <Failed error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.isSuccess && entries.length === 0 && <p className={styles.none}>Nothing has happened yet.</p>}
      <ol className={styles.list}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {timeline.hasNextPage && <Button onClick={() => void timeline.fetchNextPage()}>Show earlier</Button>}
    </>
  )
}

/** Words that somebody chose to keep, as they kept them. */
function SavedNote({ entry }: { entry: TimelineEntry }) {
  const styles = useStyles()
  return (
    <>
      {entry.by?.name ?? 'Somebody'} saved a note.
      <blockquote className={styles.note}>{entry.text}</blockquote>
    </>
  )
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const styles = useStyles()
  const now = useNow()
  const Icon = ICONS[entry.kind]
  return (
    <li className={styles.entry}>
      <span className={`line ${styles.line}`} aria-hidden />
      <span className={styles.dot} aria-hidden>
        <Icon />
      </span>
      <div className={styles.text}>
        {entry.kind === 'note' ? <SavedNote entry={entry} /> : entry.text}
        <span className={styles.foot}>
          <time dateTime={entry.at} title={fullTime(entry.at)}>
            {ago(entry.at, now)}
          </time>
          {entry.url && isAddress(entry.url) && (
            <Link href={entry.url} target="_blank" rel="noreferrer" className={styles.where}>
              {placeOf(entry.url)}
            </Link>
          )}
        </span>
      </div>
    </li>
  )
}
