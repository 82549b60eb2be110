import { ok, type Result } from '../../src/core/failure.ts'
import type { AccountId } from '../../src/core/ids.ts'
import type { Dialog, Message } from '../../src/core/screen.ts'
import type { DialogPlace } from '../../src/ports/chat-platform.ts'
import type { Slack } from './channel.ts'
import { homeOf, modalOf } from './view.ts'

/** A press is good for three seconds; the view that is open can be changed as long as it is. */
export async function showDialog(slack: Slack, where: DialogPlace, dialog: Dialog): Promise<Result<void>> {
  const view = modalOf(dialog)
  const shown =
    'trigger' in where
      ? await slack.call('views.open', { trigger_id: where.trigger, view })
      : await slack.call('views.update', { view_id: where.dialog, view })
  return shown.ok ? ok(undefined) : shown
}

export async function showHome(slack: Slack, account: AccountId, home: Message): Promise<Result<void>> {
  const published = await slack.call('views.publish', { user_id: account, view: homeOf(home) })
  return published.ok ? ok(undefined) : published
}
