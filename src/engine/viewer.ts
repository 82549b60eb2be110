import type { PersonRow } from '../../db/people.ts'
import type { Viewer } from '../core/access.ts'
import { asPersonId } from '../core/ids.ts'

/** A person as somebody who asks for something. */
export function viewerOf(person: PersonRow): Viewer {
  const { id, role, active, unreadableTypes, entitlement } = person
  return { id: asPersonId(id), role, active, unreadableTypes, entitlement }
}
