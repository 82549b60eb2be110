/**
 * A real PostgreSQL for the tests, in a temporary folder, gone afterwards.
 *
 *   node test/postgres.ts -- vitest run --project database
 *
 * A small shell script keeps the server: it starts it, waits until its own input closes, stops it and removes the folder. Our end of
 * that input closes however we end, `kill -9` included, so no server is left behind.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import postgres from 'postgres'
import { freePort, installWithApt, isExecutable, say } from './machine.ts'

export interface Postgres {
  /** Of a role that may log in and make roles and databases, and is no superuser: row level security binds it. */
  readonly url: string
  readonly stop: () => Promise<void>
}

interface Missing {
  readonly missing: string
}

const OLDEST_MAJOR = 15
const CONNECTIONS_MAX = 200
/** Where the server's programs are, besides the PATH: Debian keeps them off it. */
const FOLDERS = ['/usr/lib/postgresql/*/bin', '/usr/pgsql-*/bin', '/opt/homebrew/opt/postgresql@*/bin', '/usr/local/opt/postgresql@*/bin']
const PROGRAMS = ['initdb', 'pg_ctl', 'postgres']

/** With plain C, lower() and ilike would not know any letter beyond a–z. */
const LOCALE = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'

const KEEPER = `
  trap '' INT TERM HUP
  trap '"$BIN/pg_ctl" stop -D data -m immediate -w >/dev/null 2>&1; cd /; rm -rf "$FOLDER"' EXIT
  {
    "$BIN/initdb" -D data -U postgres -E UTF8 --locale=${LOCALE} --auth-local=trust --auth-host=scram-sha-256 --no-sync &&
    "$BIN/pg_ctl" start -D data -w -t 60 -o "$OPTIONS"
  } >log 2>&1 || { tail -n 5 log; exit 1; }
  echo ready
  cat
`

/**
 * `TEST_DATABASE_URL`, where somebody gives one, is used as it is and left running. A `durable` server is always one of its own,
 * and waits for its disk, as one with customers does.
 */
export async function startPostgres({ durable = false } = {}): Promise<Postgres | Missing> {
  const given = process.env.TEST_DATABASE_URL
  if (given && !durable) return { url: given, stop: async () => {} }
  const programs = findPrograms()
  if (typeof programs === 'string') return await startCluster(programs, durable)
  const refused = installWithApt('postgresql', 'about 50 MB, a minute')
  if (refused !== null) return refused
  const installed = findPrograms()
  return typeof installed === 'string' ? await startCluster(installed, durable) : installed
}

/** The folder with the newest server's programs. */
function findPrograms(): string | Missing {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...globSync(FOLDERS)]
  const found = folders
    .filter((folder) => PROGRAMS.every((program) => isExecutable(join(folder, program))))
    .map((folder) => ({ folder, major: majorOf(folder) }))
    .toSorted((a, b) => b.major - a.major)[0]
  if (found === undefined) return { missing: 'PostgreSQL is not installed' }
  if (found.major < OLDEST_MAJOR) return { missing: `PostgreSQL ${found.major} is installed, and the tests need ${OLDEST_MAJOR} or newer` }
  return found.folder
}

/** "postgres (PostgreSQL) 15.8 (Debian …)" → 15 */
function majorOf(folder: string): number {
  const { stdout } = spawnSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' })
  return Number(/\) (\d+)/.exec(stdout)?.[1] ?? 0)
}

async function startCluster(programs: string, durable: boolean): Promise<Postgres> {
  const owner = unprivileged()
  const folder = mkdtempSync(join(baseFolder(), 'ringside-postgres-'))
  if (owner !== null) chownSync(folder, owner.uid, owner.gid)
  const port = await freePort()
  const keeper = startKeeper(programs, folder, port, owner, durable ? 'on' : 'off')
  const stop = async () => {
    keeper.ref()
    keeper.stdin?.end()
    if (keeper.exitCode === null) await once(keeper, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await untilReady(keeper)
    return { url: await createRole(folder, port), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function startKeeper(programs: string, folder: string, port: number, owner: Owner | null, disk: 'on' | 'off'): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    max_connections: CONNECTIONS_MAX,
    fsync: disk,
    full_page_writes: disk,
    synchronous_commit: disk,
  }
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  const env = {
    PATH: process.env.PATH,
    LC_ALL: 'C',
    BIN: programs,
    FOLDER: folder,
    OPTIONS: [`-p ${port}`, `-k ${folder}`, ...flags].join(' '),
  }
  // Detached: Ctrl-C in the terminal is for us, and the keeper cleans up after us.
  return spawn('sh', ['-c', KEEPER], { cwd: folder, env, detached: true, stdio: ['pipe', 'pipe', 'ignore'], ...owner })
}

async function untilReady(keeper: ChildProcess): Promise<void> {
  let told = ''
  for await (const chunk of keeper.stdout ?? []) {
    told += String(chunk)
    if (told.endsWith('ready\n')) break
  }
  if (!told.endsWith('ready\n')) throw new Error(`PostgreSQL did not start:\n${told}`)
  // From here on the server must not keep our process alive.
  keeper.unref()
  ;(keeper.stdin as Socket).unref()
}

async function createRole(folder: string, port: number): Promise<string> {
  const password = randomBytes(16).toString('hex')
  const superuser = postgres({ path: join(folder, `.s.PGSQL.${port}`), user: 'postgres', database: 'postgres', max: 1 })
  await superuser.unsafe(`create role ringside login nosuperuser createrole createdb password '${password}'`)
  await superuser.unsafe('create database ringside owner ringside')
  await superuser.end()
  return `postgres://ringside:${password}@127.0.0.1:${port}/ringside`
}

interface Owner {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root, so root runs it as somebody else. Anybody else runs it as oneself. */
function unprivileged(): Owner | null {
  if (process.getuid?.() !== 0) return null
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const account = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody')
  if (account === undefined)
    throw new Error('PostgreSQL does not run as root, and /etc/passwd has neither postgres nor nobody to run it as')
  return { uid: Number(account[2]), gid: Number(account[3]) }
}

/** A temporary folder that other accounts can reach too: root's own may be closed to them. */
function baseFolder(): string {
  const parents = [tmpdir()]
  while (parents[0] !== dirname(parents[0]!)) parents.unshift(dirname(parents[0]!))
  return parents.every((folder) => (statSync(folder).mode & 0o001) !== 0) ? tmpdir() : '/var/tmp'
}

/** The command line: start, run the command on it, stop. */
async function runOnPostgres([command, ...args]: string[]): Promise<number> {
  if (command === undefined) throw new Error('Say what to run: node test/postgres.ts -- vitest run --project database')
  const server = await startPostgres()
  if ('missing' in server) {
    say(server.missing)
    return 1
  }
  const env = { ...process.env, TEST_DATABASE: 'postgres', TEST_DATABASE_URL: server.url }
  try {
    const [code] = await once(spawn(command, args, { stdio: 'inherit', env }), 'exit')
    return code ?? 1
  } finally {
    await server.stop()
  }
}

if (process.argv[1] === import.meta.filename) process.exitCode = await runOnPostgres(process.argv.slice(process.argv.indexOf('--') + 1))
