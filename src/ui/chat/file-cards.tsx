import { Button, Dialog, DialogSurface, makeStyles } from '@fluentui/react-components'
import { ArrowDownload20Regular, Dismiss20Regular, Document24Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { ChatFile } from '../data/types.ts'
import { fileSize } from '../parts/format.ts'
import { tokens } from '../theme.ts'
import { words } from '../words.ts'

const THUMB_MAX_PX = 240

const useStyles = makeStyles({
  all: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: '8px', maxWidth: '100%', marginTop: '4px' },
  thumb: {
    display: 'block',
    padding: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground3,
    cursor: 'zoom-in',
    maxWidth: '100%',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  picture: { display: 'block', maxWidth: '100%', maxHeight: `${THUMB_MAX_PX}px`, height: 'auto', objectFit: 'contain' },
  card: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr) 20px',
    alignItems: 'center',
    gap: '10px',
    width: '260px',
    maxWidth: '100%',
    minHeight: '52px',
    padding: '6px 12px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  name: { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  size: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  surface: { width: 'fit-content', maxWidth: '96vw', maxHeight: '96dvh', padding: '12px' },
  head: { display: 'flex', alignItems: 'center', gap: '8px', marginBottom: '8px', minWidth: 0 },
  title: {
    flex: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontWeight: tokens.fontWeightSemibold,
  },
  whole: { display: 'block', maxWidth: '100%', maxHeight: 'calc(96dvh - 90px)', objectFit: 'contain', margin: '0 auto' },
})

/** The files of a message: pictures to look at, anything else to take away. */
export function FileCards({ files }: { files: readonly ChatFile[] }) {
  const styles = useStyles()
  if (files.length === 0) return null
  return (
    <div className={styles.all}>
      {files.map((file) => (file.picture ? <Picture key={file.id} file={file} /> : <FileCard key={file.id} file={file} />))}
    </div>
  )
}

export function FileCard({ file }: { file: ChatFile }) {
  const styles = useStyles()
  return (
    <a href={file.url} download={file.name} className={styles.card}>
      <Document24Regular aria-hidden />
      <span>
        <span className={styles.name} title={file.name}>
          {file.name}
        </span>
        <span className={styles.size}>{fileSize(file.size)}</span>
      </span>
      <ArrowDownload20Regular aria-hidden />
    </a>
  )
}

function Picture({ file }: { file: ChatFile }) {
  const styles = useStyles()
  const [open, setOpen] = useState(false)
  const source = `${file.url}?inline=1`
  return (
    <>
      <button type="button" className={styles.thumb} aria-label={`Look at ${file.name}`} onClick={() => setOpen(true)}>
        <img className={styles.picture} src={source} alt={file.name} loading="lazy" decoding="async" {...thumbOf(file)} />
      </button>
      <Dialog open={open} onOpenChange={(_, data) => setOpen(data.open)}>
        <DialogSurface className={styles.surface} aria-label={file.name}>
          <div className={styles.head}>
            <span className={styles.title}>{file.name}</span>
            <Button
              as="a"
              appearance="subtle"
              icon={<ArrowDownload20Regular />}
              aria-label="Download"
              href={file.url}
              download={file.name}
            />
            <Button appearance="subtle" icon={<Dismiss20Regular />} aria-label={words.close} onClick={() => setOpen(false)} />
          </div>
          <img className={styles.whole} src={source} alt={file.name} />
        </DialogSurface>
      </Dialog>
    </>
  )
}

/** The room of the picture before it has come, so that nothing jumps. */
function thumbOf({ picture }: ChatFile): { width?: number; height?: number } {
  if (!picture?.width || !picture.height) return {}
  const scale = Math.min(1, THUMB_MAX_PX / picture.height, (THUMB_MAX_PX * 1.5) / picture.width)
  return { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) }
}
