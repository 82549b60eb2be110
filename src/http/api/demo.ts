import { eq } from 'drizzle-orm'
import { inOrganisation } from '../../../db/open.ts'
import { firstOrganisation } from '../../../db/organisations.ts'
import { personById } from '../../../db/people.ts'
import { person } from '../../../db/schema.ts'
import { asOrganisationId } from '../../core/ids.ts'
import { viewerOf } from '../../engine/viewer.ts'
import type { AppContext, Surroundings } from '../context.ts'
import { Problem } from '../problem.ts'
import { signIn } from '../session.ts'
import { DemoPeople, Me, plain } from './contract.ts'
import { meView } from './people.ts'
import { answers, api, createRoute, takes, z } from './routes.ts'

/** Signing in as somebody of the demo organisation with one click. Exists in a demo only, and only on this machine. */

const people = createRoute({ method: 'get', path: '/people', responses: answers(DemoPeople, 'The people one can try it as.') })
const enter = createRoute({
  method: 'post',
  path: '/sign-in',
  request: { body: takes(z.object({ personId: plain().min(1).max(100) }).strict()) },
  responses: answers(Me, 'Signed in: the answer sets a cookie.'),
})

const ORDER = ['administrator', 'manager', 'employee', 'guest']

export function demoRoutes(surroundings: Surroundings) {
  const { engine } = surroundings
  const demoOrganisation = async (c: AppContext) => {
    const found = surroundings.demo && isLocal(c) ? await firstOrganisation(engine.db) : null
    if (!found) throw new Problem({ status: 404, code: 'no_demo', detail: 'There is no demo here.' })
    return asOrganisationId(found.organisationId)
  }
  return api()
    .openapi(people, async (c) => {
      const organisation = await demoOrganisation(c)
      const rows = await inOrganisation(engine.db, organisation, (tx) => tx.select().from(person).where(eq(person.active, true)))
      const sorted = rows.toSorted(
        (one, other) => ORDER.indexOf(one.role) - ORDER.indexOf(other.role) || one.name.localeCompare(other.name),
      )
      return c.json({ items: sorted.map(({ id, name, email, role, title }) => ({ id, name, email: email ?? '', role, title })) }, 200)
    })
    .openapi(enter, async (c) => {
      const organisation = await demoOrganisation(c)
      const { personId } = c.req.valid('json')
      const row = await inOrganisation(engine.db, organisation, (tx) => personById(tx, personId))
      if (!row?.active)
        throw new Problem({ status: 404, code: 'person_not_found', detail: 'There is no such person in the demo.', field: 'personId' })
      await signIn(c, surroundings, organisation, row.id)
      return c.json(await meView(surroundings, { organisation, person: row, viewer: viewerOf(row) }), 200)
    })
}

const LOOPBACK_NAMES = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/
const LOOPBACK_ADDRESSES = /^(127\.|::1$|::ffff:127\.)/

/** A tunnel or a proxy on this machine also calls from loopback, but for another name or on behalf of another address. */
function isLocal(c: AppContext): boolean {
  const address = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress
  const forwarded = c.req.header('x-forwarded-for') ?? c.req.header('forwarded')
  const named = LOOPBACK_NAMES.test(c.req.header('host') ?? new URL(c.req.url).host)
  return named && forwarded === undefined && (address === undefined || LOOPBACK_ADDRESSES.test(address))
}
