import { inOrganisation } from '../../db/open.ts'
import { organisationOf, saveEntitlement } from '../../db/organisations.ts'
import type { Viewer } from '../core/access.ts'
import { type Entitlement, whyOff } from '../core/entitlement.ts'
import type { OrganisationId } from '../core/ids.ts'
import { type Engine, nowOf } from './engine.ts'
import type { Answered } from './members.ts'

/** What an organisation's administrators can switch (O5, O6). */

const ONLY_ADMINISTRATORS = {
  ok: false,
  reason: 'forbidden',
  code: 'not_allowed',
  why: 'Only an administrator can see and change the settings.',
} as const

export async function readSettings(engine: Engine, organisation: OrganisationId, viewer: Viewer): Promise<Answered<Entitlement>> {
  if (viewer.role !== 'administrator') return ONLY_ADMINISTRATORS
  return inOrganisation(engine.db, organisation, async (tx) => ({ ok: true, value: (await organisationOf(tx, organisation)).entitlement }))
}

/** What the plan leaves out no administrator switches on. */
export async function changeSettings(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  wish: Entitlement & { readonly observers: 'on' | 'off' },
): Promise<Answered<Entitlement>> {
  if (viewer.role !== 'administrator') return ONLY_ADMINISTRATORS
  const saved = await inOrganisation(engine.db, organisation, async (tx): Promise<Answered<Entitlement>> => {
    const { entitlement } = await organisationOf(tx, organisation)
    const off = entitlement.observers === 'not-in-plan' ? whyOff(entitlement) : null
    if (off) return { ok: false, reason: 'invalid', code: off.code, why: off.why, field: 'observers' }
    await saveEntitlement(tx, organisation, wish, nowOf(engine))
    return { ok: true, value: wish }
  })
  if (saved.ok) engine.log.info({ organisation, by: viewer.id, ...wish }, 'What an organisation has was switched.')
  engine.wake()
  return saved
}
