import { request } from './fetch.ts'
import type { FileBegun } from './types.ts'

/** Tried again this often: a part that did not get through is sent once more, not the whole file. */
const TRIES_MAX = 3

/** Sends a file in parts, one after the other, and gives its id. Whoever stops it stops between two parts. */
export async function uploadFile(chatId: string, file: File, told: (sent: number) => void, signal: AbortSignal): Promise<string> {
  const size = await measured(file)
  const path = `/chats/${chatId}/files`
  const begun = await request<FileBegun>('POST', path, { body: { name: file.name || 'picture.png', size: file.size, ...size }, signal })
  for (let place = 0; place < begun.parts; place += 1) {
    const part = file.slice(place * begun.partBytes, (place + 1) * begun.partBytes)
    await persistent(() => request<void>('PUT', `${path}/${begun.id}/parts/${place}`, { body: part, signal }), signal)
    told((place + 1) / begun.parts)
  }
  return begun.id
}

async function persistent(send: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await send()
    } catch (error) {
      if (signal.aborted || tries === TRIES_MAX) throw error
    }
  }
}

/** A picture's size in pixels, so that its room is kept before it has come; nothing for what is no picture. */
async function measured(file: File): Promise<{ width?: number; height?: number }> {
  if (!file.type.startsWith('image/')) return {}
  try {
    const picture = await createImageBitmap(file)
    const { width, height } = picture
    picture.close()
    return { width, height }
  } catch {
    // Not a picture after all, or one this browser cannot read: then nobody knows its size.
    return {}
  }
}
