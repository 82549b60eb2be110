import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A process of the benchmark that is asked over its channel, and ends with us. */
export async function startChild(file: string, env: Readonly<Record<string, string>> = {}) {
  const child = fork(join(import.meta.dirname, file), { env: { ...process.env, ...env, NODE_ENV: 'production' } })
  const first = await answerOf<unknown>(child)
  return {
    first,
    async ask<Answer>(question: unknown): Promise<Answer> {
      const answer = answerOf<Answer>(child)
      child.send(question as object)
      return answer
    },
    async stop(): Promise<void> {
      child.kill()
      await once(child, 'exit')
    },
  }
}

export type Child = Awaited<ReturnType<typeof startChild>>

function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('A process of the benchmark ended by itself.'))
    child.once('exit', ended)
    child.once('message', (answer) => {
      child.off('exit', ended)
      resolve(answer as Answer)
    })
  })
}

/** What a server process answers to `cpu`: how long it has computed, in microseconds. */
export function tellCpu(): void {
  process.on('message', (question) => {
    const { user, system } = process.cpuUsage()
    if (question === 'cpu') process.send?.(user + system)
  })
}
