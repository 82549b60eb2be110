/**
 * Brings a working copy to where `npm start` and `npm test` can begin: packages installed and, with the argument `ui`, the web
 * workspace built. It runs on whatever Node the machine has (20 or newer) before any package exists, so it imports `node:*` only.
 * What was done is remembered as a hash beside the result: a second run takes no time.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const MODULES = join(ROOT, 'node_modules')
const PACKAGES = { sources: ['package.json', 'package-lock.json'], mark: join(MODULES, '.ringside-packages') }
const UI = {
  sources: ['src/ui', 'src/core', 'vite.config.ts', 'package-lock.json'],
  mark: join(ROOT, 'dist', '.ringside-ui'),
  page: join(ROOT, 'dist', 'ui', 'index.html'),
}
/** The first Node that runs TypeScript without a flag. */
const NODE_NEEDED = [22, 18]
const OUR_NODE = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
const PROGRESS_EVERY_MS = 10_000
const LOCK_WAIT_MS = 10 * 60_000

const PATH = [join(MODULES, '.bin'), process.env.PATH].join(delimiter)

await withLock(async () => {
  refuseOldNodeWithoutOurOwn()
  await installPackages()
  linkOurNode()
  refuseUnusableNode()
  if (process.argv[2] === 'ui') await buildUi()
})

async function installPackages() {
  if (isCurrent(PACKAGES)) return
  const first = !existsSync(PACKAGES.mark)
  say(first ? 'Installing packages: about 400, one or two minutes.' : 'package.json changed: bringing packages up to date.')
  // The npm and the Node that started us: on a second run, ours is one of the packages being replaced.
  const [npm, ...before] = process.env.npm_execpath
    ? [process.env.npm_node_execpath ?? process.execPath, process.env.npm_execpath]
    : ['npm']
  // --no-save: another npm version must not rewrite the committed lockfile. The tools are needed to build the UI, so no production-only.
  const options = ['--no-save', '--include=dev', '--include=optional', '--loglevel=error', '--no-audit', '--no-fund']
  await run('packages', npm, [...before, 'install', ...options], () => `${countPackages()} packages so far`)
  remember(PACKAGES)
}

async function buildUi() {
  if (existsSync(UI.page) && isCurrent(UI)) return
  say('Building the web workspace: about ten seconds.')
  rmSync(UI.mark, { force: true })
  await run('web workspace', 'node', [join(MODULES, 'vite', 'bin', 'vite.js'), 'build', '--logLevel=warn'], () => 'still building')
  remember(UI)
}

/** Runs one command with its output visible and a sign of life in between. Ends this program where the command fails. */
async function run(what, command, args, progress) {
  const startedMs = Date.now()
  const seconds = () => Math.round((Date.now() - startedMs) / 1000)
  const ticking = setInterval(() => say(`… ${seconds()} s, ${progress()}`), PROGRESS_EVERY_MS)
  const env = { ...process.env, PATH }
  const code = await new Promise((resolve, reject) => {
    spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] })
      .on('error', reject)
      .on('exit', resolve)
  }).finally(() => clearInterval(ticking))
  if (code !== 0) stop(`The step "${what}" failed (exit code ${code}); the lines above say why.`)
  say(`Ready: ${what}, ${seconds()} s.`)
}

/** A Mac, for example: no package brings a newer Node there. Better to say so before two minutes of installing. */
function refuseOldNodeWithoutOurOwn() {
  const { optionalDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  if (OUR_NODE in optionalDependencies || isNewEnough(process.versions.node)) return
  stop(nodeNeeded(`this is ${process.versions.node}, and Ringside cannot bring its own to ${process.platform} ${process.arch}`))
}

/** npm 10 takes the link away again as it skips the package for another processor, whose program has the same name. */
function linkOurNode() {
  const link = join(MODULES, '.bin', 'node')
  const program = join('..', OUR_NODE, 'bin', 'node')
  if (existsSync(link) || !existsSync(join(MODULES, '.bin', program))) return
  rmSync(link, { force: true })
  symlinkSync(program, link)
}

/** The Node that npm scripts will find, ours before the machine's: it may be absent (optional packages skipped) or not run here. */
function refuseUnusableNode() {
  const found = spawnSync('node', ['--version'], { env: { ...process.env, PATH }, encoding: 'utf8', shell: process.platform === 'win32' })
  const version = found.stdout?.trim().replace(/^v/, '') ?? ''
  if (isNewEnough(version)) return
  stop(nodeNeeded(version ? `npm scripts find ${version} here` : 'the one that came with the packages does not run on this machine'))
}

function nodeNeeded(why) {
  return `Ringside needs Node ${NODE_NEEDED.join('.')} or newer; ${why}. Install a newer one from https://nodejs.org and run this again.`
}

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor >= NODE_NEEDED[1])
}

function isCurrent({ sources, mark }) {
  return existsSync(mark) && readFileSync(mark, 'utf8') === fingerprint(sources)
}

function remember({ sources, mark }) {
  writeFileSync(mark, fingerprint(sources))
}

/** One hash over files and folders, and the platform: packages copied from another machine are not ours. */
function fingerprint(sources) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const file of sources.flatMap(filesUnder)) hash.update(`${file}\n`).update(readFileSync(join(ROOT, file)))
  return hash.digest('hex')
}

function filesUnder(path) {
  const full = join(ROOT, path)
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  const names = readdirSync(full).sort()
  return names.flatMap((name) => filesUnder(`${path}/${name}`))
}

/** npm makes all folders first and fills them one by one. */
function countPackages() {
  const folders = readdirSync(MODULES).filter((name) => !name.startsWith('.'))
  const packages = folders.flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(MODULES, name)).map((inner) => join(name, inner)) : [name],
  )
  return packages.filter((name) => existsSync(join(MODULES, name, 'package.json'))).length
}

/** Two terminals may start at once, and two npm in one folder ruin it. A lock whose process is gone is taken over. */
async function withLock(work) {
  const lock = join(MODULES, '.ringside-setup')
  mkdirSync(MODULES, { recursive: true })
  const untilMs = Date.now() + LOCK_WAIT_MS
  for (let told = false; !take(lock); told = true) {
    if (!told) say('Another Ringside command is installing here: waiting for it.')
    if (Date.now() > untilMs) stop(`Waited ${LOCK_WAIT_MS / 60_000} minutes. If nothing else is running, remove ${lock} and try again.`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  process.on('exit', () => rmSync(lock, { force: true }))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130))
  await work()
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (!isRunning(readIfThere(lock))) rmSync(lock, { force: true })
    return false
  }
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function isRunning(pid) {
  try {
    return pid === '' || process.kill(Number(pid), 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function say(line) {
  console.log(`ringside: ${line}`)
}

function stop(line) {
  console.error(`ringside: ${line}`)
  process.exit(1)
}
