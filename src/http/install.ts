import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Failure } from '../core/failure.ts'
import { BEGUN_MS, beginInstall, endOfBegun, type Finished, finishInstall } from '../engine/install.ts'
import type { AppContext, AppEnv, Surroundings } from './context.ts'
import { type Page, showPage } from './page.ts'
import { hashOf, randomToken, SESSION_COOKIE, whoIs } from './session.ts'

/**
 * An administrator's browser goes out to a chat system to let Ringside in, and comes back. What comes back is believed once, for ten
 * minutes, and in the browser that went out. Every refusal is a page that says what to do next.
 */

const BROWSER_COOKIE = 'ringside_install'
/** What somebody else's browser could be sent here with. */
const TEXT_MAX = 500

export function installRoutes(platform: string, surroundings: Surroundings) {
  const { engine, secureCookies } = surroundings
  const installer = engine.letIn?.installerOf(platform) ?? null
  const title = engine.letIn?.platforms.find((one) => one.platform === platform)?.title ?? platform
  const here = `/${platform}`
  const again = { label: 'Begin again', url: `${here}/install` }
  const home = { label: 'Back to Ringside', url: '/' }
  const app = new Hono<AppEnv>()

  app.get('/install', async (c) => {
    if (!installer) return showPage(c, notSetUp(title))
    const who = await whoIs(engine, getCookie(c, SESSION_COOKIE))
    if (!who) return showPage(c, signInFirst(title, `${here}/install`))
    if (who.viewer.role !== 'administrator') return showPage(c, administratorsOnly(title, home))
    const [state, browser] = [randomToken(), getCookie(c, BROWSER_COOKIE) ?? randomToken()]
    const [stateHash, browserHash] = await Promise.all([hashOf(state), hashOf(browser)])
    await beginInstall(engine, platform, { organisation: who.organisation, person: who.person.id, stateHash, browserHash })
    setCookie(c, BROWSER_COOKIE, browser, {
      httpOnly: true,
      sameSite: 'Lax',
      secure: secureCookies,
      path: here,
      maxAge: BEGUN_MS / 1000,
    })
    c.header('cache-control', 'no-store')
    return c.redirect(installer.address(state), 302)
  })

  app.get('/oauth_redirect', async (c) => {
    if (!installer) return showPage(c, notSetUp(title))
    const [state, code, error] = [query(c, 'state'), query(c, 'code'), query(c, 'error')]
    const browser = getCookie(c, BROWSER_COOKIE)
    const came = { stateHash: await hashOf(state), browserHash: browser === undefined ? null : await hashOf(browser) }
    if (error !== '' || code === '') {
      const begun = await endOfBegun(engine, platform, came)
      return showPage(c, begun.kind === 'begun' ? denied(title, error, [again, home]) : refusal(title, begun, [again, home]))
    }
    const finished = await finishInstall(engine, platform, installer, { ...came, code })
    if (finished.kind !== 'done') return showPage(c, refusal(title, finished, [again, home]))
    deleteCookie(c, BROWSER_COOKIE, { path: here })
    // It goes on where they see what came of it; a browser in which they are not signed in would find nothing there.
    const who = await whoIs(engine, getCookie(c, SESSION_COOKIE))
    if (who?.viewer.role !== 'administrator') return showPage(c, connected(title, home))
    return c.redirect(`/admin?connected=${encodeURIComponent(finished.connected)}`, 302)
  })
  return app
}

const query = (c: AppContext, name: string): string => (c.req.query(name) ?? '').slice(0, TEXT_MAX)

type Next = Page['next']

const notSetUp = (title: string): Page => ({
  status: 404,
  heading: `${title} cannot be connected here yet`,
  text: `Whoever runs this Ringside has to give it the client id and the client secret of a ${title} app first. The README says how.`,
  next: [{ label: 'Back to Ringside', url: '/' }],
})

const connected = (title: string, home: Next[number]): Page => ({
  status: 200,
  heading: `${title} is connected`,
  text: `Discussions open in ${title} from now on. Type /discuss deal 42 there. People are matched by their e-mail addresses.`,
  next: [home],
})

const signInFirst = (title: string, to: string): Page => ({
  status: 401,
  heading: 'Sign in first',
  text: `To connect ${title}, sign in to Ringside as an administrator. Then come back to this page.`,
  next: [
    { label: 'Sign in', url: `/?next=${encodeURIComponent(to)}` },
    { label: 'I have signed in', url: to },
  ],
})

const administratorsOnly = (title: string, home: Next[number]): Page => ({
  status: 403,
  heading: `Only an administrator can connect ${title}`,
  text: 'You are signed in as somebody who is not one. Ask an administrator of your organisation to open this page.',
  next: [home],
})

const denied = (title: string, error: string, next: Next): Page => ({
  status: 400,
  heading: `${title} was not connected`,
  text:
    error === 'access_denied' || error === ''
      ? `Ringside was not allowed in, and nothing was changed. If your ${title} asks for an approval first, come back when it was given.`
      : `${title} sent you back with a word: ${error}. Nothing was changed. Its administrators can say what it stands for.`,
  next,
})

function refusal(title: string, finished: Exclude<Finished, { kind: 'done' }>, next: Next): Page {
  const heading = `${title} was not connected`
  switch (finished.kind) {
    case 'unknown':
      return { status: 400, heading, text: 'This answer was used already, or nobody asked for it here. Nothing was changed by it.', next }
    case 'expired':
      return {
        status: 400,
        heading,
        text: 'This took longer than ten minutes, so the answer is not taken any more. Nothing was changed.',
        next,
      }
    case 'elsewhere':
      return {
        status: 400,
        heading,
        text: 'This was begun in another browser. Finish it there, or begin again in this one. Nothing was changed.',
        next,
      }
    case 'not-allowed':
      return { status: 403, heading, text: 'Whoever began this is not an administrator any more. Nothing was changed.', next }
    case 'taken':
      return {
        status: 409,
        heading,
        text: `${finished.title} is connected to another organisation here already. Disconnect it there first.`,
        next,
      }
    case 'failed':
      return { status: statusOf(finished.failure), heading, text: finished.failure.why, next }
  }
}

const statusOf = ({ kind }: Failure) => (kind === 'later' || kind === 'uncertain' ? 503 : 400)
