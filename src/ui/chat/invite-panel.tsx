import { Button, makeStyles, MessageBar, MessageBarBody, Spinner, Switch, Text } from '@fluentui/react-components'
import { useId, useState } from 'react'
import { useInvite, useMembers } from '../data/chats.ts'
import { useMe } from '../data/me.ts'
import { sentenceOf } from '../data/problem.ts'
import type { Chat, Outcome, Person } from '../data/types.ts'
import { count } from '../parts/format.ts'
import { notDone } from '../parts/outcomes.tsx'
import { PeopleList } from '../people/people-list.tsx'
import { tokens } from '../theme.ts'
import { words } from '../words.ts'

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 },
  list: { padding: '0 20px' },
  foot: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    padding: '12px 20px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  history: { display: 'flex', flexDirection: 'column' },
  switch: { marginLeft: '-8px' },
  quiet: { color: tokens.colorNeutralForeground2 },
})

/** People, whether they see what was said before, and what becomes of them: all on one page above one button. */
export function InvitePanel({ chat, onDone }: { chat: Chat; onDone: (refused: readonly Outcome[]) => void }) {
  const styles = useStyles()
  const members = useMembers(chat.id)
  const invite = useInvite(chat.id)
  const [people, setPeople] = useState<readonly Person[]>([])
  const [showHistory, setShowHistory] = useState(true)
  const send = () => {
    if (people.length === 0 || invite.isPending) return
    const body = { people: people.map((person) => person.id), showHistory }
    invite.mutate(body, { onSuccess: (answer) => onDone(notDone(answer.outcomes)) })
  }
  return (
    <div className={styles.panel}>
      <PeopleList
        className={styles.list}
        label="People to invite"
        multi
        picked={people}
        onPicked={setPeople}
        without={members.data?.map((member) => member.id) ?? []}
      />
      <div className={styles.foot}>
        {invite.isError && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{sentenceOf(invite.error)}</MessageBarBody>
          </MessageBar>
        )}
        <HistorySwitch on={showHistory} onChange={setShowHistory} />
        {chat.item && <Text className={styles.quiet}>{words.becomeObservers(chat.item.key)}</Text>}
        <Button
          appearance="primary"
          disabledFocusable={people.length === 0 || invite.isPending}
          {...(invite.isPending ? { icon: <Spinner size="tiny" /> } : {})}
          onClick={send}
        >
          {people.length > 0 ? `Invite ${count(people.length, 'person', 'people')}` : 'Invite'}
        </Button>
      </div>
    </div>
  )
}

/** Where the platform cannot hide history, the switch is there, on and fixed, with the reason and what to do instead. */
function HistorySwitch({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const styles = useStyles()
  const help = useId()
  const { can, why, instead } = useMe().capabilities.hideHistory
  const text = can ? (on ? words.historyShown : words.historyHidden) : [why, instead].filter(Boolean).join(' ')
  return (
    <div className={styles.history}>
      <Switch
        className={styles.switch}
        label={words.showHistory}
        checked={on || !can}
        disabled={!can}
        aria-describedby={help}
        onChange={(_, data) => onChange(data.checked)}
      />
      <Text id={help} size={200} className={styles.quiet} aria-live="polite">
        {text}
      </Text>
    </div>
  )
}
