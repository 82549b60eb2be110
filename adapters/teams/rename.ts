import { ok, type Result } from '../../src/core/failure.ts'
import type { ChatId } from '../../src/core/ids.ts'
import { pathOf, type Teams } from './chat.ts'
import { topicOf } from './names.ts'

export async function renameChat(teams: Teams, chat: ChatId, name: string): Promise<Result<{ readonly name: string }>> {
  const topic = topicOf(name)
  const renamed = await teams.call('chat.rename', { path: pathOf(chat), body: { topic }, chat })
  return renamed.ok ? ok({ name: topic }) : renamed
}
