import { ok, type Result } from '../../src/core/failure.ts'
import { type TeamsAccess, type TeamsCall, teamsCall } from './call.ts'
import { listOf, textOf } from './fields.ts'

/** Whose tenant it is. Asked once, when it is connected: a secret that does not work, or a tenant that let nobody in, shows here. */
export const teamsTenant = (access: TeamsAccess): Promise<Result<{ readonly title: string }>> =>
  readTenant(teamsCall(access), access.tenant)

/** The name of an organisation may be read with a permission that is asked for nothing else, so it is done without. */
export async function readTenant(call: TeamsCall, tenant: string): Promise<Result<{ readonly title: string }>> {
  const read = await call('organisation.read', { path: '/organization?$select=id,displayName' })
  if (!read.ok) return read.failure.code === 'missing_scope' ? ok({ title: tenant }) : read
  const [organisation] = listOf(read.value['value'])
  return ok({ title: textOf(organisation?.['displayName']) ?? tenant })
}
