import { itemsById } from '../../../db/items.ts'
import { notificationsOf, readAll, unreadCount } from '../../../db/notifications.ts'
import { inOrganisation } from '../../../db/open.ts'
import { connectionFor, organisationOf } from '../../../db/organisations.ts'
import { searchPeople } from '../../../db/people.ts'
import { ask } from '../../core/capability.ts'
import { nowOf } from '../../engine/engine.ts'
import { addPerson, saveAddress } from '../../engine/people.ts'
import type { SignedIn, Surroundings } from '../context.ts'
import { entitlementView, notificationViews, personView } from '../present.ts'
import { Problem } from '../problem.ts'
import { signOut } from '../session.ts'
import { invitation } from '../sign-in/invitation.ts'
import { Invitation, Me, NewPerson, NotificationPage, PeoplePage, Person, PersonPatch, plain } from './contract.ts'
import {
  answers,
  api,
  createRoute,
  creates,
  doneSilently,
  Id,
  nameCursor,
  orProblem,
  Paging,
  readNameCursor,
  readNumberCursor,
  takes,
  z,
} from './routes.ts'

/** Oneself, the people of the organisation, and what one is told. */

const me = createRoute({ method: 'get', path: '/me', responses: answers(Me, 'Who is signed in, and where discussions open.') })
const people = createRoute({
  method: 'get',
  path: '/people',
  request: { query: Paging.extend({ query: plain().trim().max(100).default('') }) },
  responses: answers(PeoplePage, 'Active people whose name or address holds the words.'),
})
const change = createRoute({
  method: 'patch',
  path: '/people/{id}',
  request: { params: Id, body: takes(PersonPatch) },
  responses: answers(Person, 'The person under the new address, matched anew with their accounts.'),
})
const add = createRoute({
  method: 'post',
  path: '/people',
  request: { body: takes(NewPerson) },
  responses: creates(Person, 'The new person; invite them, so that they can sign in.'),
})
const invite = createRoute({
  method: 'post',
  path: '/people/{id}/invitation',
  request: { params: Id },
  responses: answers(Invitation, 'A link that lets them in for the first time. Links of before are good as long as they would have been.'),
})
const notifications = createRoute({
  method: 'get',
  path: '/notifications',
  request: { query: Paging },
  responses: answers(NotificationPage, 'Latest first.'),
})
const seen = createRoute({ method: 'post', path: '/notifications/read', responses: doneSilently })
const out = createRoute({ method: 'post', path: '/sign-out', responses: doneSilently })

export function peopleRoutes(surroundings: Surroundings) {
  const { engine } = surroundings
  return api()
    .openapi(me, async (c) => c.json(await meView(surroundings, c.get('signedIn')), 200))
    .openapi(people, async (c) => {
      const who = c.get('signedIn')
      if (who.viewer.role === 'guest')
        throw new Problem({ status: 403, code: 'not_allowed', detail: 'Guests do not see the list of people.' })
      const { query, cursor, limit } = c.req.valid('query')
      const rows = await inOrganisation(engine.db, who.organisation, (tx) => searchPeople(tx, query, limit + 1, readNameCursor(cursor)))
      const page = rows.slice(0, limit)
      return c.json({ items: page.map(personView), next: rows.length > limit ? nameCursor(page.at(-1)) : null }, 200)
    })
    .openapi(change, async (c) => {
      const who = c.get('signedIn')
      const { email } = c.req.valid('json')
      return c.json(personView(orProblem(await saveAddress(engine, who.organisation, who.viewer, c.req.valid('param').id, email))), 200)
    })
    .openapi(add, async (c) => {
      const who = c.get('signedIn')
      return c.json(personView(orProblem(await addPerson(engine, who.organisation, who.viewer, c.req.valid('json')))), 201)
    })
    .openapi(invite, async (c) => c.json(await invitation(surroundings, c.get('signedIn'), c.req.valid('param').id), 200))
    .openapi(notifications, async (c) => {
      const who = c.get('signedIn')
      const { cursor, limit } = c.req.valid('query')
      const page = await inOrganisation(engine.db, who.organisation, async (tx) => {
        const rows = await notificationsOf(tx, who.viewer.id, readNumberCursor(cursor), limit + 1)
        const shown = rows.slice(0, limit)
        const items = new Map(
          (
            await itemsById(
              tx,
              shown.flatMap((row) => row.itemId ?? []),
            )
          ).map((item) => [item.row.id, item]),
        )
        return {
          items: [...(await notificationViews(tx, who.viewer, shown, items))],
          next: rows.length > limit ? String(shown.at(-1)?.id) : null,
          unread: await unreadCount(tx, who.viewer.id),
        }
      })
      return c.json(page, 200)
    })
    .openapi(seen, async (c) => {
      const who = c.get('signedIn')
      await inOrganisation(engine.db, who.organisation, (tx) => readAll(tx, who.organisation, who.viewer.id, nowOf(engine)))
      return c.body(null, 204)
    })
    .openapi(out, async (c) => {
      await signOut(c, engine)
      return c.body(null, 204)
    })
}

export async function meView({ engine, demo }: Surroundings, who: SignedIn): Promise<z.infer<typeof Me>> {
  return inOrganisation(engine.db, who.organisation, async (tx) => {
    const organisation = await organisationOf(tx, who.organisation)
    const connection = await connectionFor(tx, organisation)
    const platform = engine.platformOf(connection)
    const hiding = platform
      ? ask(platform.capabilities, 'hideHistory')
      : { ok: false as const, why: 'The chat system is not connected.', instead: '' }
    return {
      ...personView(who.person),
      organisation: { id: organisation.organisationId, name: organisation.name },
      entitlement: entitlementView(organisation.entitlement),
      demo,
      discussIn: connection.platform,
      capabilities: { hideHistory: { can: hiding.ok, why: hiding.ok ? null : hiding.why, instead: hiding.ok ? null : hiding.instead } },
    }
  })
}
