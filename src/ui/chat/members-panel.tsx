import { Badge, Button, makeStyles, Tooltip } from '@fluentui/react-components'
import { PersonAdd20Regular, PersonDelete20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { useMembers, useRemoveMember } from '../data/chats.ts'
import { useMe } from '../data/me.ts'
import type { Chat, Member } from '../data/types.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { useNow } from '../parts/hooks.ts'
import { useSay } from '../parts/say.tsx'
import { Failed, LoadingLines } from '../parts/states.tsx'
import { Face } from '../people/face.tsx'
import { tokens } from '../theme.ts'
import { marksOf, removalText } from './membership.ts'

const useStyles = makeStyles({
  list: { flex: 1, minHeight: 0, overflowY: 'auto', padding: '0 8px' },
  row: {
    display: 'grid',
    gridTemplateColumns: '36px minmax(0, 1fr) auto',
    columnGap: '12px',
    alignItems: 'center',
    minHeight: '56px',
    padding: '4px 4px 4px 12px',
    borderRadius: tokens.borderRadiusXLarge,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  who: { minWidth: 0 },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  marks: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px 6px',
    marginTop: '2px',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  remove: { minWidth: '36px', minHeight: '36px', color: tokens.colorNeutralForeground2 },
  foot: { padding: '12px 20px 16px' },
  invite: { width: '100%' },
})

export function MembersPanel({ chat, onInvite }: { chat: Chat; onInvite: () => void }) {
  const styles = useStyles()
  const members = useMembers(chat.id)
  const me = useMe().id
  const [leaving, setLeaving] = useState<Member | null>(null)
  return (
    <>
      {members.isPending && <LoadingLines label="Loading people" rows={4} />}
      {members.isError && <Failed error={members.error} onRetry={() => void members.refetch()} />}
      <ul className={styles.list}>
        {members.data?.map((member) => (
          <li key={member.id} className={styles.row}>
            <Face person={member} size={36} />
            <MemberWords chat={chat} member={member} me={me} />
            {member.id !== me && chat.kind !== 'direct' && (
              <Tooltip content={`Take ${member.name} out of the chat`} relationship="label">
                <Button appearance="subtle" className={styles.remove} icon={<PersonDelete20Regular />} onClick={() => setLeaving(member)} />
              </Tooltip>
            )}
          </li>
        ))}
      </ul>
      {chat.kind !== 'direct' && (
        <div className={styles.foot}>
          <Button className={styles.invite} icon={<PersonAdd20Regular />} onClick={onInvite}>
            Invite people
          </Button>
        </div>
      )}
      {leaving && <Removal chat={chat} member={leaving} onClose={() => setLeaving(null)} />}
    </>
  )
}

function MemberWords({ chat, member, me }: { chat: Chat; member: Member; me: string }) {
  const styles = useStyles()
  const marks = marksOf(chat, member, useNow())
  return (
    <div className={styles.who}>
      <div className={styles.name}>
        {member.name}
        {member.id === me && ' (you)'}
      </div>
      <div className={styles.marks}>
        {marks.role && (
          <Badge appearance="tint" size="small" color={marks.role === 'Responsible' ? 'brand' : 'informative'}>
            {marks.role}
          </Badge>
        )}
        {marks.sees && <span>{marks.sees}</span>}
        {!marks.role && !marks.sees && member.title && <span>{member.title}</span>}
      </div>
    </div>
  )
}

function Removal({ chat, member, onClose }: { chat: Chat; member: Member; onClose: () => void }) {
  const remove = useRemoveMember(chat.id)
  const say = useSay()
  return (
    <ConfirmDialog
      open
      title={`Take ${member.name} out of the chat?`}
      text={removalText(chat, member)}
      action="Take out"
      busy={remove.isPending}
      onConfirm={() =>
        remove.isPending || remove.mutate(member.id, { onSuccess: onClose, onError: (error) => (onClose(), say.failed(error)) })
      }
      onClose={onClose}
    />
  )
}
