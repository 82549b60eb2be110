import { z } from '@hono/zod-openapi'
import type { SwitchableType } from '../../core/entitlement.ts'
import { ITEM_TYPE_NAMES } from '../../core/item.ts'

/** The shapes that other programs rely on. The UI uses them as types only. */

/** The sequence of a message is a four-byte number. */
export const SEQ_MAX = 2_147_483_647
/** Text that can be stored: PostgreSQL has no NUL character. */
export const plain = () => z.string().regex(/^[^\0]*$/, 'must not contain a NUL character')

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe('A sentence a person can act on.'),
    code: z.string().describe('Stable; programs branch on this.'),
    field: z.string().optional().describe('The field that was wrong, where one was.'),
    current: z.unknown().optional().describe('The present state, with a revision conflict.'),
  })
  .openapi('Problem')

export const Person = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role: z.enum(['administrator', 'manager', 'employee', 'guest']),
    title: z.string().nullable().describe('Job title.'),
  })
  .openapi('Person')

export const ChatLink = z
  .object({
    id: z.string(),
    url: z.string(),
    platform: z.string(),
    state: z.enum(['opening', 'open', 'unreachable', 'closed', 'public']),
    why: z.string().nullable().describe('What keeps it from being open, and who can mend that.'),
    unshown: z.array(z.string()).describe('What the chat could not show of the item, and why: a sentence each.'),
    past: z
      .array(z.object({ name: z.string(), url: z.string(), until: z.string() }))
      .describe('Chats that the item had before, the latest first. Whoever is still in one finds it there.'),
    waiting: z.number().int().describe('People whose removal the safety stop holds back until somebody confirms it.'),
  })
  .openapi('ChatLink')

export const Observer = Person.extend({
  inChat: z.boolean().nullable().describe('Null while the item has no chat.'),
  because: z.string().describe('Why they observe: "added by Ann Reed, 3 Nov".'),
}).openapi('Observer')

export const Item = z
  .object({
    id: z.string(),
    type: z.enum(ITEM_TYPE_NAMES),
    key: z.string(),
    title: z.string(),
    stage: z.string(),
    amount: z.number().nullable(),
    currency: z.string().nullable(),
    responsible: Person.nullable(),
    observers: z.array(Observer),
    chat: ChatLink.nullable(),
    revision: z.number().int(),
    updatedAt: z.string(),
    may: z
      .object({ edit: z.boolean(), appoint: z.boolean(), discuss: z.boolean(), whyNot: z.string().nullable() })
      .describe('What the asker may do with it. `whyNot` says why there are no observers and no chat, where that is so.'),
  })
  .openapi('Item')

export const ItemPage = z
  .object({
    items: z.array(Item),
    next: z.string().nullable(),
    total: z.number().int(),
    counts: z.record(z.string(), z.number().int()).describe('Items per type that match the other filters.'),
  })
  .openapi('ItemPage')

export const NewItem = z
  .object({
    type: z.enum(ITEM_TYPE_NAMES),
    title: plain().trim().min(1).max(200),
    stage: plain().trim().min(1).max(60).optional(),
    amount: z.number().int().min(0).max(1e12).nullable().optional(),
    currency: plain().length(3).optional(),
    responsible: plain().optional().describe('Person id; the asker when left out.'),
    observers: z.array(plain()).max(200).optional(),
  })
  .strict()
  .openapi('NewItem')

export const ItemPatch = z
  .object({
    title: plain().trim().min(1).max(200),
    stage: plain().trim().min(1).max(60),
    amount: z.number().int().min(0).max(1e12).nullable(),
    currency: plain().length(3),
    responsible: plain(),
    observers: z.array(plain()).max(200).describe('The whole list, as the form shows it; applied as a difference to `revision`.'),
  })
  .partial()
  .strict()
  .openapi('ItemPatch')

export const Outcome = z
  .object({
    person: Person,
    outcome: z.enum(['done', 'already', 'refused', 'impossible', 'later', 'uncertain']),
    code: z.string().nullable(),
    why: z.string().nullable(),
  })
  .openapi('Outcome')

export const ObserversChange = z
  .object({ add: z.array(plain()).max(200).default([]), remove: z.array(plain()).max(200).default([]) })
  .strict()
  .openapi('ObserversChange')

export const ObserversChanged = z.object({ item: Item, outcomes: z.array(Outcome) }).openapi('ObserversChanged')

export const Discussed = z
  .object({ chat: ChatLink, created: z.boolean(), outcomes: z.array(Outcome).describe('Everybody who could not be let in, and why.') })
  .openapi('Discussed')

export const AccessRequest = z
  .object({ id: z.string(), person: Person, askedAt: z.string() })
  .openapi('AccessRequest', { description: 'Somebody who cannot see the item and asked for access.' })

export const AccessRequestPage = z.object({ items: z.array(AccessRequest), next: z.string().nullable() }).openapi('AccessRequestPage')

export const AccessDecision = z.object({ grant: z.boolean() }).strict().openapi('AccessDecision')

export const SeatView = z
  .object({
    person: Person,
    responsible: z.boolean(),
    listed: z.boolean(),
    inChat: z.boolean(),
    settled: z.boolean(),
    reasons: z.array(z.string()),
    pending: z.enum(['admit', 'list', 'expel']).nullable(),
    refused: z.object({ code: z.string(), why: z.string(), mender: z.string() }).nullable(),
  })
  .openapi('Seat')

export const SeatPage = z.object({ items: z.array(SeatView), next: z.string().nullable() }).openapi('SeatPage')

export const Why = z.object({ person: Person, sentence: z.string(), seat: SeatView }).openapi('Why')

export const TimelineEntry = z
  .object({
    id: z.string(),
    at: z.string(),
    by: Person.nullable(),
    text: z.string(),
    kind: z.enum(['created', 'changed', 'observers', 'chat', 'note']),
    url: z.string().nullable().describe('Where a note was said, for whoever may go there.'),
  })
  .openapi('TimelineEntry')

export const TimelinePage = z.object({ items: z.array(TimelineEntry), next: z.string().nullable() }).openapi('TimelinePage')

export const Notification = z
  .object({
    id: z.string(),
    kind: z.enum([
      'observer-added',
      'observer-removed',
      'chat-invited',
      'told',
      'access-requested',
      'access-granted',
      'group-action',
      'mentioned',
    ]),
    text: z.string(),
    by: Person.nullable(),
    item: z.object({ id: z.string(), key: z.string(), title: z.string() }).nullable(),
    chat: z.string().nullable(),
    seq: z.number().int().nullable().describe('The message in that chat that it is about.'),
    at: z.string(),
    read: z.boolean(),
  })
  .openapi('Notification')

export const NotificationPage = z
  .object({ items: z.array(Notification), next: z.string().nullable(), unread: z.number().int() })
  .openapi('NotificationPage')

const SWITCHABLE = ['custom'] as const satisfies readonly SwitchableType[]

const Entitlement = z
  .object({
    observers: z.enum(['on', 'off', 'not-in-plan']).describe('Are there observers and discussions in this organisation?'),
    typesOff: z.array(z.enum(SWITCHABLE)).describe('Types that could take observers and do not here.'),
  })
  .openapi('Entitlement')

export const Settings = z.object({ entitlement: Entitlement, whyOff: z.string().nullable() }).openapi('Settings')

export const SettingsChange = z
  .object({ observers: z.enum(['on', 'off']), typesOff: z.array(z.enum(SWITCHABLE)).max(SWITCHABLE.length) })
  .strict()
  .openapi('SettingsChange')

export const Me = Person.extend({
  organisation: z.object({ id: z.string(), name: z.string() }),
  entitlement: Entitlement,
  demo: z.boolean(),
  discussIn: z.string().describe('The platform where new discussions open: "web", "slack".'),
  capabilities: z.object({ hideHistory: z.object({ can: z.boolean(), why: z.string().nullable(), instead: z.string().nullable() }) }),
}).openapi('Me')

export const SignInWays = z
  .object({
    demo: z.boolean().describe('One signs in as one of the made-up people, with one click.'),
    password: z.boolean(),
    link: z.boolean().describe('A link can be sent to one’s address.'),
    company: z.string().nullable().describe('What the company’s own sign-in is called.'),
    isNew: z.boolean().describe('Nobody administers it yet: the link of the first start makes somebody the administrator.'),
    why: z.string().nullable().describe('Why nobody can sign in here.'),
  })
  .openapi('SignInWays')

export const NewPerson = z
  .object({
    name: plain().trim().min(1).max(100),
    email: z.email().max(200),
    role: z.enum(['administrator', 'manager', 'employee', 'guest']),
    title: plain().trim().max(100).optional(),
  })
  .strict()
  .openapi('NewPerson')

export const Invitation = z
  .object({
    url: z.string().describe('Lets this person choose a password, once, within seven days.'),
    sent: z.boolean().describe('It was mailed to them; else hand it over yourself.'),
  })
  .openapi('Invitation')

export const PersonPatch = z
  .object({ email: z.email().max(200).describe('Accounts with this address are matched with the person.') })
  .strict()
  .openapi('PersonPatch')

export const PeoplePage = z.object({ items: z.array(Person), next: z.string().nullable() }).openapi('PeoplePage')

export const DemoPeople = z
  .object({
    items: z.array(z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.string(), title: z.string().nullable() })),
  })
  .openapi('DemoPeople')

/** A hint over the WebSocket: look again over HTTP. It never carries content. */
export type LiveHint =
  | { readonly kind: 'hello' }
  | { readonly kind: 'item'; readonly id: string }
  /** A line of a chat is new, or not what it was. */
  | { readonly kind: 'chat'; readonly id: string; readonly seq: number }
  | { readonly kind: 'typing'; readonly id: string; readonly by: string }
  | { readonly kind: 'chats' }
  | { readonly kind: 'notifications' }
  | { readonly kind: 'items' }
