import type { Result } from '../../src/core/failure.ts'
import { type AccountId, asAccountId } from '../../src/core/ids.ts'
import { readPages, type Slack } from './channel.ts'

const PAGES_MAX = 50

/** Slack invites no group as such, so its people are. Groups need a paid plan. */
export function readGroup(slack: Slack, group: string): Promise<Result<readonly AccountId[]>> {
  return readPages(slack, 'usergroups.users.list', { usergroup: group, include_disabled: false }, PAGES_MAX, (page) =>
    ((page['users'] as string[] | undefined) ?? []).map(asAccountId),
  )
}
