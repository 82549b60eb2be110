import type { InboxRow } from '../../db/inbox.ts'
import { forgetMembers, linksHolding, markDue } from '../../db/links.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { connectionById } from '../../db/organisations.ts'
import { accountsById, personBehind, rememberAccount } from '../../db/people.ts'
import { isAsMarked } from '../core/account.ts'
import { asConnectionId, asOrganisationId } from '../core/ids.ts'
import type { News } from '../ports/inbound.ts'
import { type Engine, NOT_CONNECTED_MS, nowOf } from './engine.ts'
import type { Dealt } from './inbox.ts'
import { lookAgain } from './people.ts'

type Changed = Extract<News, { kind: 'account-changed' }>

/**
 * An account was switched off or on, is new, or has another address: read it again, and look at every item of whoever it belongs to and
 * belonged to, and at every chat it sits in (U10). Word that says what is known already costs no call and no look.
 */
export async function accountChanged(engine: Engine, row: InboxRow, news: Changed): Promise<Dealt> {
  const organisation = asOrganisationId(row.organisationId)
  const { account: id } = news
  const { connection, isNews } = await inOrganisation(engine.db, organisation, async (tx) => ({
    connection: await connectionById(tx, row.connectionId),
    isNews: await saysSomethingNew(tx, row, news),
  }))
  if (!isNews) return { outcome: 'discarded: nothing_new' }
  const profile = await engine.platformOf(connection)?.profile(id)
  if (!profile) return { again: 'not_connected', afterMs: NOT_CONNECTED_MS }
  if (!profile.ok) return { again: profile.failure.code, afterMs: profile.failure.kind === 'later' ? profile.failure.afterMs : 60_000 }
  const found = profile.value
  if (!found) return { outcome: 'discarded: unknown_account' }
  const of = { organisation, connection: asConnectionId(row.connectionId) }
  return inOrganisation(engine.db, organisation, async (tx) => {
    const before = (await accountsById(tx, of.connection, [id])).get(id)
    const after = await rememberAccount(tx, of, found, nowOf(engine))
    const people = new Set([before?.personId, after.personId].filter((person) => typeof person === 'string'))
    for (const person of people) await lookAgain(tx, person, row.receivedAt)
    const another = before?.personId !== after.personId
    // Whoever is switched off may be put out of every chat, and another address makes another person of them.
    if (another || before?.active !== after.active) {
      for (const link of await linksHolding(tx, row.connectionId, id)) {
        await forgetMembers(tx, link)
        if (another) await markDue(tx, link, row.receivedAt)
      }
    }
    return { outcome: people.size > 0 ? 'told' : 'discarded: unmatched_account' }
  })
}

/** Also an account that is as it was may belong to somebody else now: people are hired, and addresses handed on. */
async function saysSomethingNew(tx: Tx, { connectionId }: InboxRow, { account: id, mark }: Changed): Promise<boolean> {
  const known = (await accountsById(tx, asConnectionId(connectionId), [id])).get(id)
  if (!known || !mark || !isAsMarked(known, mark)) return true
  const behind = await personBehind(tx, known)
  return behind !== null && behind !== known.personId
}
