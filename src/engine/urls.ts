import type { LinkRow } from '../../db/links.ts'
import type { Engine } from './engine.ts'

/** A chat of the workspace is an address of ours; others bring their own. */
export function chatUrlOf(engine: Engine, { url }: { readonly url: LinkRow['url'] }): string {
  return url?.startsWith('/') ? `${engine.publicUrl}${url}` : (url ?? '')
}

export const itemUrlOf = (engine: Engine, itemId: string): string => `${engine.publicUrl}/items/${itemId}`
