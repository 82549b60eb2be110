import { Button, makeStyles } from '@fluentui/react-components'
import { History24Regular } from '@fluentui/react-icons'
import { useFiles } from '../data/search.ts'
import { ago } from '../parts/format.ts'
import { useEnd, useNow } from '../parts/hooks.ts'
import { Failed, LoadingLines, Note } from '../parts/states.tsx'
import { tokens } from '../theme.ts'
import { FileCard } from './file-cards.tsx'

const useStyles = makeStyles({
  title: { padding: '4px 12px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  one: { padding: '6px 12px' },
  from: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})

/** The files of a chat, as far back as one sees. */
export function FileList({ chatId, onJump }: { chatId: string; onJump: (seq: number) => void }) {
  const styles = useStyles()
  const files = useFiles(chatId)
  const now = useNow()
  const all = files.data?.pages.flatMap((page) => page.items) ?? []
  const end = useEnd<HTMLLIElement>(() => files.isFetching || void files.fetchNextPage(), files.hasNextPage, all.length)
  if (files.isPending) return <LoadingLines label="Loading files" rows={3} />
  if (files.isError) return <Failed error={files.error} onRetry={() => void files.refetch()} />
  if (all.length === 0)
    return <Note icon={<History24Regular />} title="Find what was said here. Files that people share are listed here too." />
  return (
    <>
      <h3 className={styles.title}>Files</h3>
      <ul aria-label="Files">
        {all.map(({ file, seq, by, at }) => (
          <li key={file.id} className={styles.one}>
            <FileCard file={file} />
            <Button appearance="transparent" size="small" className={styles.from} onClick={() => onJump(seq)}>
              {by?.name ?? 'Somebody'} · {ago(at, now)}
            </Button>
          </li>
        ))}
        {files.hasNextPage && <li ref={end} aria-hidden />}
      </ul>
    </>
  )
}
