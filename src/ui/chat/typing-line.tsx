import { makeStyles } from '@fluentui/react-components'
import { useMembers } from '../data/chats.ts'
import { useTyping } from '../data/typing.ts'
import { firstName, nameList } from '../parts/format.ts'
import { tokens } from '../theme.ts'

const useStyles = makeStyles({
  line: { minHeight: '18px', padding: '0 20px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})

/** Who is writing. Its room is always there, so that nothing jumps. */
export function TypingLine({ chatId }: { chatId: string }) {
  const styles = useStyles()
  const writing = useTyping(chatId)
  const members = useMembers(chatId)
  const names = writing.flatMap((id) => members.data?.find((member) => member.id === id) ?? []).map((member) => firstName(member.name))
  return <p className={styles.line}>{names.length > 0 && `${nameList(names)} ${names.length === 1 ? 'is' : 'are'} writing…`}</p>
}
