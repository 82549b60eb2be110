import {
  Button,
  DrawerBody,
  DrawerFooter,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  ProgressBar,
  Text,
} from '@fluentui/react-components'
import { useEffect, useRef } from 'react'
import { isAtWork, useAllowGroupRemovals, useGroupReport, useStopGroup } from '../data/group-actions.ts'
import type { GroupReport } from '../data/types.ts'
import { nameList } from '../parts/format.ts'
import { useSay } from '../parts/say.tsx'
import { Failed, LoadingLines } from '../parts/states.tsx'
import { TextLink } from '../parts/text-link.tsx'
import { tokens } from '../theme.ts'
import { words } from '../words.ts'
import { groupWords } from './group-words.ts'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '16px', paddingTop: '4px' },
  line: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: '4px 12px', marginTop: '8px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  refusals: { display: 'flex', flexDirection: 'column', gap: '10px', listStyleType: 'none' },
  refusal: { paddingBottom: '10px', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  subtitle: { fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold, marginBottom: '8px' },
})

type Refusal = GroupReport['refusals']['items'][number]

/** How far it has come, then what came of it, with everybody and everything that could not be (U7). */
export function GroupProgress({ id, onSeen, onClose }: { id: string; onSeen: (id: string) => void; onClose: () => void }) {
  const styles = useStyles()
  const say = useSay()
  const report = useGroupReport(id)
  const stopping = useStopGroup()
  const now = report.data?.pages[0]
  useLeaving(now !== undefined && !isAtWork(now), () => onSeen(id))
  const refusals = report.data?.pages.flatMap((page) => page.refusals.items) ?? []
  return (
    <>
      <DrawerBody>
        <div className={styles.body}>
          {report.isPending && <LoadingLines label="Loading" rows={2} />}
          {report.isError && !now && <Failed error={report.error} onRetry={() => void report.refetch()} />}
          {now && (isAtWork(now) ? <AtWork report={now} /> : <AtEnd report={now} />)}
          {refusals.length > 0 && <Refusals refusals={refusals} more={report.hasNextPage} onMore={() => void report.fetchNextPage()} />}
        </div>
      </DrawerBody>
      <DrawerFooter>
        {now && isAtWork(now) ? (
          <Button
            disabledFocusable={now.state === 'stopping' || stopping.isPending}
            onClick={() => stopping.mutate(id, { onError: say.failed })}
          >
            {now.state === 'stopping' ? 'Stopping…' : 'Stop'}
          </Button>
        ) : (
          <Button appearance="primary" onClick={onClose}>
            {words.close}
          </Button>
        )}
      </DrawerFooter>
    </>
  )
}

/** Calls back when the panel closes, if it is so by then. A reload closes nothing. */
function useLeaving(active: boolean, leave: () => void): void {
  const latest = useRef({ active, leave })
  useEffect(() => {
    latest.current = { active, leave }
  })
  useEffect(() => () => void (latest.current.active && latest.current.leave()), [])
}

function AtWork({ report }: { report: GroupReport }) {
  const styles = useStyles()
  const title = groupWords.underWay[report.action]
  return (
    <section aria-label={title}>
      <Text weight="semibold">
        {title}
        {report.people.length > 0 && `: ${nameList(report.people.map(({ name }) => name))}`}
      </Text>
      <ProgressBar
        aria-label={title}
        thickness="large"
        shape="rounded"
        max={Math.max(1, report.total)}
        value={report.looked}
        style={{ marginTop: 12 }}
      />
      <div className={styles.line}>
        <span>{groupWords.progress(report)}</span>
        <span className={styles.quiet}>{groupWords.left(report.secondsLeft)}</span>
      </div>
      <p className={styles.quiet}>{groupWords.mayLeave}</p>
    </section>
  )
}

function AtEnd({ report }: { report: GroupReport }) {
  const styles = useStyles()
  const say = useSay()
  const allowing = useAllowGroupRemovals()
  const { chats, why } = report
  return (
    <>
      <div role="status">
        <p>{groupWords.done(report)}</p>
        {why && <p>{why}</p>}
        {chats.pending > 0 && <p className={styles.quiet}>{groupWords.followChats(chats.pending)}</p>}
      </div>
      {chats.waiting > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{groupWords.wait(chats.waiting)}</MessageBarBody>
          <MessageBarActions>
            <Button disabledFocusable={allowing.isPending} onClick={() => allowing.mutate(report.id, { onError: say.failed })}>
              Let them go
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
    </>
  )
}

function Refusals({ refusals, more, onMore }: { refusals: readonly Refusal[]; more: boolean; onMore: () => void }) {
  const styles = useStyles()
  return (
    <section aria-label="What could not be">
      <h3 className={styles.subtitle}>What could not be</h3>
      <ul className={styles.refusals}>
        {refusals.map(({ item, person, why }, place) => (
          // Several may be about items that one cannot see.
          <li key={`${item?.id ?? place} ${person?.id}`} className={styles.refusal}>
            {item && (
              <TextLink to="/items/$itemId" params={{ itemId: item.id }}>
                {item.key} {item.title}
              </TextLink>
            )}
            <p>{why}</p>
          </li>
        ))}
      </ul>
      {more && <Button onClick={onMore}>Show more</Button>}
    </section>
  )
}
