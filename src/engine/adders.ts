import type { EvidenceRow, LinkRow } from '../../db/links.ts'
import { notify } from '../../db/notifications.ts'
import { inOrganisation } from '../../db/open.ts'
import type { AccountRow } from '../../db/people.ts'
import { asAccountId, asChatId, asOrganisationId } from '../core/ids.ts'
import { guestInChat, guestSentOut, nobodyInCrm, strangerInChat } from '../core/words.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import { type Engine, nowOf } from './engine.ts'
import type { Intended } from './intend.ts'
import type { Sight } from './look.ts'

/**
 * Whoever adds somebody who cannot become an observer is told so, alone and once (O16): in the chat, else as a notification. The evidence of
 * the joining is spent by the turn that tells, so no other turn tells again.
 */
const ADDERS_TOLD_MAX = 20

export async function tellAdders(
  engine: Engine,
  link: LinkRow,
  evidence: readonly EvidenceRow[],
  intended: Intended,
  platform: ChatPlatform,
): Promise<void> {
  const sentences = evidence.flatMap((row) => {
    const by = row.byAccount ? intended.sight.accounts.get(row.byAccount) : undefined
    const why = by && by.kind !== 'bot' && row.kind === 'joined' ? whyNotListed(row, intended, platform.capabilities.title) : null
    return by && why ? [{ by, why }] : []
  })
  for (const [by, about] of [...Map.groupBy(sentences, (one) => one.by)].slice(0, ADDERS_TOLD_MAX)) {
    const text = [...new Set(about.map(({ why }) => why))].join('\n')
    const told = await platform.tell({ account: asAccountId(by.account), chat: asChatId(link.chat ?? ''), reply: null }, { text })
    if (!told.ok) await noteFor(engine, link, by, text)
  }
}

function whyNotListed(row: EvidenceRow, { sight, moving }: Intended, platform: string): string | null {
  const account = sight.accounts.get(row.account ?? '')
  // Apps are added on purpose, and nobody expects one to observe. Who is out again is nobody's question.
  if (!account || account.kind === 'bot' || !sight.members.has(asAccountId(account.account))) return null
  const key = sight.reading.item.key
  if (account.kind === 'stranger') return strangerInChat(account.name, key)
  if (!account.personId) return nobodyInCrm(account.name, account.email, key, platform)
  const move = moving.find(({ planned }) => planned.person === account.personId)
  if (isGuest(account, sight)) return move?.move === 'expel' ? guestSentOut(account.name) : guestInChat(account.name, key)
  return move?.move === 'list' && move.refusal && 'why' in move.refusal ? move.refusal.why : null
}

const isGuest = (account: AccountRow, sight: Sight): boolean =>
  account.kind === 'guest' || sight.people.get(account.personId ?? '')?.role === 'guest'

async function noteFor(engine: Engine, link: LinkRow, by: AccountRow, text: string): Promise<void> {
  const { personId } = by
  if (!personId) return
  const { organisationId, itemId } = link
  await inOrganisation(engine.db, asOrganisationId(organisationId), (tx) =>
    notify(tx, [{ organisationId, personId, kind: 'told', itemId, text, at: nowOf(engine) }]),
  )
}
