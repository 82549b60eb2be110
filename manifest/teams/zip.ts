import { crc32 } from 'node:zlib'

/** A package as Teams takes it: a zip of a few small files, which are stored as they are, always with the same bytes. */
export type Entry = { readonly name: string; readonly content: Buffer }

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const VERSION = 20
/** The first day that a zip can name. */
const DATE = (1 << 5) | 1

export function zipOf(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const { name, content } of entries) {
    const path = Buffer.from(name)
    const facts = numbers(
      [VERSION, 2],
      [0, 2],
      [0, 2],
      [0, 2],
      [DATE, 2],
      [crc32(content), 4],
      [content.length, 4],
      [content.length, 4],
      [path.length, 2],
      [0, 2],
    )
    const file = Buffer.concat([numbers([LOCAL, 4]), facts, path, content])
    central.push(Buffer.concat([numbers([CENTRAL, 4], [VERSION, 2]), facts, numbers([0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), path]))
    files.push(file)
    at += file.length
  }
  const directory = Buffer.concat(central)
  const { length } = entries
  const end = numbers([END, 4], [0, 2], [0, 2], [length, 2], [length, 2], [directory.length, 4], [at, 4], [0, 2])
  return Buffer.concat([...files, directory, end])
}

/** Each number in so many bytes, the least first. */
function numbers(...pairs: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  return Buffer.concat(
    pairs.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes)
      if (bytes === 2) buffer.writeUInt16LE(value)
      else buffer.writeUInt32LE(value)
      return buffer
    }),
  )
}
