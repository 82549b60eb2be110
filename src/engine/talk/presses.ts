import { isPageName, type PageName, type Press, type PressName } from '../../core/press.ts'
import type { Values } from '../../core/screen.ts'
import { bringMessage } from './bring-message.ts'
import { discussItem } from './discussing.ts'
import { postCard } from './missing-card.ts'
import { startFreshChat } from './going-on.ts'
import { askForAccess, decideAccess } from './requesting.ts'
import { saveNote } from './save-note.ts'
import { addFromDialog } from './add-people.ts'
import { leaveChat, stopObserving } from './leaving.ts'
import { removeObserver, removeSeveral, restoreObservers } from './observers.ts'
import { openPrivateChat } from './new-chat.ts'
import { inviteOutsider } from './outsiders.ts'
import { renameFromDialog } from './renaming.ts'
import { letRemove } from './standing.ts'
import { startAnew, tryAgain } from './stuck.ts'
import type { Attempt, Reply } from './talk.ts'

/** What a button does, and a dialog that was sent. Each checks the presser's right by itself, at this moment. */
type Does = (at: Attempt, about: string, values: Values) => Promise<Reply>

const DOES: Record<Exclude<PressName, PageName>, Does> = {
  'add-people': addFromDialog,
  observers: removeSeveral,
  'remove-observer': removeObserver,
  'restore-observer': restoreObservers,
  leave: leaveChat,
  'stop-observing': stopObserving,
  'rename-chat': renameFromDialog,
  'invite-outsider': inviteOutsider,
  'allow-removals': letRemove,
  discuss: (at, about) => discussItem(at, about, 'with that key'),
  'choose-item': (at, about, values) => discussItem(at, values['item']?.[0] ?? about, 'with that key'),
  'choose-item-for-message': bringMessage,
  'new-chat': openPrivateChat,
  'save-note': saveNote,
  'fresh-chat': startFreshChat,
  'post-card': postCard,
  'show-history': startFreshChat,
  'request-access': askForAccess,
  'grant-access': decideAccess(true),
  'deny-access': decideAccess(false),
  'try-again': tryAgain,
  'start-anew': startAnew,
}

export function pressed(at: Attempt, press: Press, values: Values): Promise<Reply> {
  return isPageName(press.name) ? Promise.resolve(null) : DOES[press.name](at, press.about, values)
}
