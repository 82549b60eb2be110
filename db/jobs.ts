import { fromPglite, PgBoss } from 'pg-boss'
import type { OpenDatabase } from './open.ts'

/**
 * The job queue, in the same database: one job waits for each key, and whichever process is free takes it.
 * What is due is written in our own tables, in the transaction that caused it; a job only carries it, so a lost or
 * doubled job costs one look. The lanes are our own leases and not the queue's: a job whose process was killed
 * counts as at work for minutes, and must not keep anybody waiting. See docs/decisions/0004.
 */
export type Jobs = {
  /** Offers work; a key that is waiting already is not offered twice. */
  offer(queue: QueueName, key: string, data: object): Promise<void>
  work(queue: QueueName, atOnce: number, handle: (data: unknown) => Promise<void>): Promise<void>
  /** Looks at the queues now, instead of at the next poll. */
  nudge(): void
  stop(): Promise<void>
}

export type QueueName = 'turn' | 'inbox' | 'tell' | 'group'

const QUEUES: readonly QueueName[] = ['turn', 'inbox', 'tell', 'group']
/** Longer than a lease, so that a lane's own fence is what ends a turn that hangs. */
const EXPIRE_SECONDS = 180
const POLL_SECONDS = 1
const STOP_MS = 10_000

export async function openJobs(database: OpenDatabase, onError: (error: Error) => void): Promise<Jobs> {
  const boss = new PgBoss({
    ...(database.pglite
      ? { db: fromPglite(database.pglite), backend: 'pglite' as const }
      : { connectionString: database.url ?? '', max: 4 }),
    schedule: false,
  })
  boss.on('error', onError)
  await boss.start()
  for (const name of QUEUES) {
    await boss.createQueue(name, {
      policy: 'short',
      retryLimit: 0,
      expireInSeconds: EXPIRE_SECONDS,
      deleteAfterSeconds: 60,
      retentionSeconds: 3_600,
    })
  }
  const workers: string[] = []
  return {
    async offer(queue, key, data) {
      await boss.send(queue, data, { singletonKey: key })
    },
    async work(queue, atOnce, handle) {
      for (let n = 0; n < atOnce; n++) {
        const options = { pollingIntervalSeconds: POLL_SECONDS, batchSize: 1 }
        workers.push(await boss.work(queue, options, async ([job]) => job && handle(job.data)))
      }
    },
    nudge() {
      for (const worker of workers) boss.notifyWorker(worker)
    },
    stop: () => boss.stop({ graceful: true, timeout: STOP_MS, close: database.kind === 'postgres' }),
  }
}
