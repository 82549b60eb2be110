import { failed, ok, type Result } from '../../src/core/failure.ts'
import { type TeamsAccess, teamsCall } from './call.ts'
import { failureOf } from './failure.ts'
import { listOf, textOf } from './fields.ts'

/** Whose tenant it is. Asked once, when it is connected: a secret that does not work, or a consent that is missing, shows here. */
export async function teamsTenant(access: TeamsAccess): Promise<Result<{ readonly title: string }>> {
  const read = await teamsCall(access)('organisation.read', { path: '/organization?$select=id,displayName' })
  if (!read.ok) return read
  const [organisation] = listOf(read.value['value'])
  if (!organisation) return failed(failureOf('organisation.read', 'forbidden'))
  return ok({ title: textOf(organisation['displayName']) ?? access.tenant })
}
