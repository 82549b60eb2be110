import { existsSync, mkdirSync, openSync, closeSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { OpenDatabase } from './open.ts'
import * as schema from './schema.ts'

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))

/** `directory: null` keeps everything in memory, for tests; `snapshot` starts from an earlier `dumpDataDir`. */
export async function openEmbedded(directory: string | null, snapshot?: Blob): Promise<OpenDatabase> {
  const unlock = directory ? lockDirectory(directory) : () => {}
  const pglite = await PGlite.create({
    ...(directory && { dataDir: join(directory, 'db') }),
    ...(snapshot && { loadDataDir: snapshot }),
  })
  const db = drizzle(pglite, { schema, casing: 'snake_case' })
  if (!snapshot) await migrate(db, { migrationsFolder: MIGRATIONS })
  return {
    db,
    kind: 'pglite',
    pglite,
    url: null,
    listen: (channel, heard) => pglite.listen(channel, heard),
    async close() {
      await pglite.close()
      unlock()
    },
  }
}

/**
 * The embedded database does not lock its directory: two processes would each write and each see only their own rows.
 * The lock names the process that holds it; a lock whose process is gone is taken over.
 */
function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true })
  const path = join(directory, 'lock')
  if (existsSync(path) && !isRunning(Number(readFileSync(path, 'utf8')))) rmSync(path, { force: true })
  try {
    const file = openSync(path, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new DirectoryInUse(directory, readFileSync(path, 'utf8'))
  }
  return () => rmSync(path, { force: true })
}

export class DirectoryInUse extends Error {
  constructor(directory: string, pid: string) {
    super(
      `Another Ringside (process ${pid}) is using the data in ${directory}. Stop it first, choose another folder with DATA_DIR, or use PostgreSQL with DATABASE_URL to run several processes.`,
    )
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
