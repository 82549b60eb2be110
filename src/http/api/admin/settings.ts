import { type Entitlement, whyOff } from '../../../core/entitlement.ts'
import { changeSettings, readSettings } from '../../../engine/settings.ts'
import type { Surroundings } from '../../context.ts'
import { entitlementView } from '../../present.ts'
import { Settings, SettingsChange } from '../contract.ts'
import { answers, api, createRoute, orProblem, takes } from '../routes.ts'

/** What an organisation has, for its administrators. */

const read = createRoute({ method: 'get', path: '/admin/settings', responses: answers(Settings, 'What is switched on and off.') })
const change = createRoute({
  method: 'put',
  path: '/admin/settings',
  request: { body: takes(SettingsChange) },
  responses: answers(
    Settings,
    'After the change. Switched off, chats and observers stay as they are; switched on, what was missed is made good.',
  ),
})

export function settingsRoutes({ engine }: Surroundings) {
  return api()
    .openapi(read, async (c) => {
      const { organisation, viewer } = c.get('signedIn')
      return c.json(settingsView(orProblem(await readSettings(engine, organisation, viewer))), 200)
    })
    .openapi(change, async (c) => {
      const { organisation, viewer } = c.get('signedIn')
      return c.json(settingsView(orProblem(await changeSettings(engine, organisation, viewer, c.req.valid('json')))), 200)
    })
}

const settingsView = (entitlement: Entitlement) => ({ entitlement: entitlementView(entitlement), whyOff: whyOff(entitlement)?.why ?? null })
