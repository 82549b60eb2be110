/** Ids are opaque text. The brands keep a person's id from being passed where an account's is meant. */
declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

export type OrganisationId = Id<'organisation'>
export type PersonId = Id<'person'>
export type ItemId = Id<'item'>
export type ConnectionId = Id<'connection'>
/** The engine's link between an item and its chat. */
export type LinkId = Id<'link'>
/** A person's identity at one vendor, in the vendor's own spelling. */
export type AccountId = Id<'account'>
/** A chat, in its platform's own spelling. */
export type ChatId = Id<'chat'>

export const asOrganisationId = (text: string) => text as OrganisationId
export const asPersonId = (text: string) => text as PersonId
export const asItemId = (text: string) => text as ItemId
export const asConnectionId = (text: string) => text as ConnectionId
export const asLinkId = (text: string) => text as LinkId
export const asAccountId = (text: string) => text as AccountId
export const asChatId = (text: string) => text as ChatId
