import { useState } from 'react'
import { FILE_MAX_BYTES, FILES_PER_MESSAGE_MAX } from '../../core/file.ts'
import { sentenceOf } from '../data/problem.ts'
import { uploadFile } from '../data/upload.ts'
import { useSay } from '../parts/say.tsx'

/** A file that goes with the next message. */
export type Upload = {
  readonly key: string
  readonly name: string
  readonly sent: number
  readonly id: string | null
  readonly why: string | null
  readonly stop: () => void
}

/** Files begin to travel when they are chosen, so that sending does not have to wait for them. */
export function useUploads(chatId: string) {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const say = useSay()
  const put = (key: string, change: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)))

  function add(files: Iterable<File>): void {
    for (const file of [...files].slice(0, FILES_PER_MESSAGE_MAX - uploads.length)) begin(file)
  }

  function begin(file: File): void {
    if (file.size > FILE_MAX_BYTES || file.size === 0) return say.failed(new Error(`${file.name}: ${file.size === 0 ? EMPTY : TOO_LARGE}`))
    const key = crypto.randomUUID()
    const stopped = new AbortController()
    setUploads((all) => [...all, { key, name: file.name, sent: 0, id: null, why: null, stop: () => stopped.abort() }])
    uploadFile(chatId, file, (sent) => put(key, { sent }), stopped.signal).then(
      (id) => put(key, { id, sent: 1 }),
      (error: unknown) => stopped.signal.aborted || put(key, { why: sentenceOf(error) }),
    )
  }

  function remove(key: string): void {
    uploads.find((one) => one.key === key)?.stop()
    setUploads((all) => all.filter((one) => one.key !== key))
  }

  return { uploads, add, remove, clear: () => setUploads([]) }
}

const TOO_LARGE = `a file may have at most ${FILE_MAX_BYTES / 1024 / 1024} MB.`
const EMPTY = 'there is nothing in this file.'
