import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgRole,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Seat } from '../src/core/facts.ts'
import type { Mender } from '../src/core/failure.ts'
import type { GroupAction, GroupRefusalCode, Selection, Tally } from '../src/core/group-action.ts'
import type { ItemType } from '../src/core/item.ts'
import { EVERYTHING, type Entitlement } from '../src/core/entitlement.ts'
import type { Policy } from '../src/core/policy.ts'
import type { WebChatKind } from '../src/core/web-chat.ts'
import type { Role } from '../src/core/access.ts'
import type { Trial } from '../src/core/probe.ts'
import type { Shown } from '../src/ports/chat-platform.ts'
import type { News } from '../src/ports/inbound.ts'

/**
 * All tables, one sentence each. Every row belongs to one organisation, whose id stands first in every key. Row level
 * security binds the role `ringside_app`, which every request and every turn takes on; only intake, sign-in and the
 * start-up read as the owner of the tables.
 */
export const appRole = pgRole('ringside_app').existing()

const mine = sql`organisation_id = nullif(current_setting('app.organisation', true), '')`
const ownRows = () => pgPolicy('own_organisation', { as: 'permissive', for: 'all', to: appRole, using: mine, withCheck: mine })

const organisationId = () => text('organisation_id').notNull()
const when = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

/** One customer. */
export const organisation = pgTable(
  'organisation',
  {
    organisationId: text('organisation_id').primaryKey(),
    name: text().notNull(),
    discussIn: text('discuss_in').notNull().default('web'),
    policy: jsonb().$type<Partial<Policy>>(),
    /** What it has of the feature (O5). */
    entitlement: jsonb().$type<Entitlement>().notNull().default(EVERYTHING),
    createdAt: when('created_at').notNull().defaultNow(),
  },
  () => [ownRows()],
)

/** An employee or a guest. */
export const person = pgTable(
  'person',
  {
    organisationId: organisationId(),
    id: text().notNull(),
    name: text().notNull(),
    email: text(),
    role: text().$type<Role>().notNull(),
    title: text(),
    active: boolean().notNull().default(true),
    unreadableTypes: text('unreadable_types').array().$type<ItemType[]>().notNull().default([]),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] }), uniqueIndex('person_email').on(t.organisationId, t.email), ownRows()],
)

/** A browser that is signed in: only the hash of its token is kept. */
export const session = pgTable(
  'session',
  {
    organisationId: organisationId(),
    tokenHash: text('token_hash').notNull(),
    personId: text('person_id').notNull(),
    expiresAt: when('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.tokenHash] }), uniqueIndex('session_token').on(t.tokenHash), ownRows()],
)

/** Somebody who can sign in by themselves, as the library for that keeps them; each is one person. */
export const signInUser = pgTable(
  'sign_in_user',
  {
    organisationId: organisationId(),
    id: text().notNull(),
    personId: text('person_id').notNull(),
    name: text().notNull(),
    email: text().notNull(),
    emailVerified: boolean('email_verified').notNull(),
    image: text(),
    createdAt: when('created_at').notNull(),
    updatedAt: when('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    uniqueIndex('sign_in_user_id').on(t.id),
    uniqueIndex('sign_in_user_email').on(t.email),
    uniqueIndex('sign_in_user_person').on(t.organisationId, t.personId),
    ownRows(),
  ],
)

/** What somebody proves with who they are: the hash of a password, or an account at the company's own sign-in. */
export const signInAccount = pgTable(
  'sign_in_account',
  {
    organisationId: organisationId(),
    id: text().notNull(),
    userId: text('user_id').notNull(),
    providerId: text('provider_id').notNull(),
    accountId: text('account_id').notNull(),
    password: text(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: when('access_token_expires_at'),
    refreshTokenExpiresAt: when('refresh_token_expires_at'),
    scope: text(),
    createdAt: when('created_at').notNull(),
    updatedAt: when('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] }), index('sign_in_account_user').on(t.userId), ownRows()],
)

/**
 * What is known for some minutes or days about somebody who is not signed in yet: a link that was sent, a count of wrong passwords.
 * Nobody knows the organisation then, so it is nobody's; the role that requests take on sees none of it.
 */
export const signInState = pgTable(
  'sign_in_state',
  {
    organisationId: organisationId().default(''),
    key: text().notNull(),
    value: text().notNull(),
    expiresAt: when('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.key] }), index('sign_in_state_expires').on(t.expiresAt), ownRows()],
)

/** What a repeated write with the same Idempotency-Key is answered with; `status` 0 while the first is still at work. */
export const answered = pgTable(
  'answered',
  {
    organisationId: organisationId(),
    personId: text('person_id').notNull(),
    key: text().notNull(),
    request: text().notNull(),
    status: integer().notNull(),
    body: text().notNull(),
    at: when('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.personId, t.key] }), ownRows()],
)

/** A chat workspace that the organisation has joined to Ringside. */
export const connection = pgTable(
  'connection',
  {
    organisationId: organisationId(),
    id: text().notNull(),
    platform: text().notNull(),
    workspace: text().notNull(),
    title: text().notNull(),
    appAccount: text('app_account'),
    state: text().$type<'connected' | 'broken'>().notNull(),
    why: text(),
    /** Whose tokens reach it; null: those of the environment, or none are needed. */
    installationId: text('installation_id'),
    /** The last trial of it, or the one that is under way (U9). */
    probe: jsonb().$type<Trial>(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] }), uniqueIndex('connection_workspace').on(t.platform, t.workspace), ownRows()],
)

/** How Ringside was let into a chat system by OAuth: one workspace, or a whole organisation of them. Tokens are sealed (db/secrets.ts). */
export const installation = pgTable(
  'installation',
  {
    organisationId: organisationId(),
    id: text().notNull(),
    platform: text().notNull(),
    scope: text().$type<'workspace' | 'enterprise'>().notNull(),
    /** The platform's own id of what it was installed to. */
    target: text().notNull(),
    title: text().notNull(),
    app: text().notNull(),
    appAccount: text('app_account').notNull(),
    scopes: text().array().notNull(),
    installedBy: text('installed_by'),
    installedAt: when('installed_at').notNull(),
    token: text(),
    refreshToken: text('refresh_token'),
    expiresAt: when('expires_at'),
    /** Whoever renews the token has until then; nobody else spends the refresh token meanwhile, which is good once. */
    renewingUntil: when('renewing_until'),
    state: text().$type<'active' | 'removed'>().notNull(),
    why: text(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] }), uniqueIndex('installation_target').on(t.platform, t.target), ownRows()],
)

/** An installation that was begun: good once, for ten minutes, in the browser that began it. */
export const installState = pgTable(
  'install_state',
  {
    organisationId: organisationId(),
    stateHash: text('state_hash').notNull(),
    browserHash: text('browser_hash').notNull(),
    platform: text().notNull(),
    personId: text('person_id').notNull(),
    expiresAt: when('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.stateHash] }), uniqueIndex('install_state_hash').on(t.stateHash), ownRows()],
)

/** When one method of one connection was called, as far as it still counts, and has its calls reserved; all processes share it. Milliseconds. */
export const pace = pgTable(
  'pace',
  {
    organisationId: organisationId(),
    connectionId: text('connection_id').notNull(),
    method: text().notNull(),
    made: bigint({ mode: 'number' }).array().notNull().default([]),
    reserved: bigint({ mode: 'number' }).array().notNull().default([]),
    notBefore: bigint('not_before', { mode: 'number' }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.connectionId, t.method] }), ownRows()],
)

/** A piece of work that has room reserved and waits for its time. */
export const paceTicket = pgTable(
  'pace_ticket',
  {
    organisationId: organisationId(),
    connectionId: text('connection_id').notNull(),
    holder: text().notNull(),
    costs: text().notNull(),
    at: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.connectionId, t.holder] }), ownRows()],
)

/** A person's identity in one connection; `personId` is null for somebody no person could be matched with. */
export const account = pgTable(
  'account',
  {
    organisationId: organisationId(),
    connectionId: text('connection_id').notNull(),
    account: text().notNull(),
    personId: text('person_id'),
    name: text().notNull(),
    email: text(),
    kind: text().$type<'member' | 'guest' | 'bot' | 'stranger'>().notNull(),
    active: boolean().notNull(),
    readAt: when('read_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.connectionId, t.account] }),
    index('account_person').on(t.organisationId, t.connectionId, t.personId),
    ownRows(),
  ],
)

/** An item of the built-in CRM. */
export const item = pgTable(
  'item',
  {
    organisationId: organisationId(),
    id: text().notNull(),
    type: text().$type<ItemType>().notNull(),
    number: integer().notNull(),
    title: text().notNull(),
    stage: text().notNull(),
    amount: bigint({ mode: 'number' }),
    currency: text(),
    responsibleId: text('responsible_id'),
    revision: integer().notNull(),
    updatedAt: when('updated_at').notNull(),
    deletedAt: when('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    uniqueIndex('item_number').on(t.organisationId, t.type, t.number),
    index('item_updated').on(t.organisationId, t.updatedAt, t.id),
    index('item_responsible').on(t.organisationId, t.responsibleId, t.id),
    ownRows(),
  ],
)

/** One observer of one item of the built-in CRM. */
export const observer = pgTable(
  'observer',
  {
    organisationId: organisationId(),
    itemId: text('item_id').notNull(),
    personId: text('person_id').notNull(),
    addedBy: text('added_by'),
    how: text().notNull(),
    addedAt: when('added_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.itemId, t.personId] }),
    index('observer_person').on(t.organisationId, t.personId, t.itemId),
    foreignKey({ columns: [t.organisationId, t.itemId], foreignColumns: [item.organisationId, item.id] }),
    ownRows(),
  ],
)

/** One change of one item, kept for the timeline and to tell who came and went between two readings. */
export const itemChange = pgTable(
  'item_change',
  {
    organisationId: organisationId(),
    itemId: text('item_id').notNull(),
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    revision: integer().notNull(),
    what: text()
      .$type<'created' | 'title' | 'stage' | 'amount' | 'responsible' | 'listed' | 'unlisted' | 'deleted' | 'chat' | 'note'>()
      .notNull(),
    personId: text('person_id'),
    byId: text('by_id'),
    how: text().notNull(),
    before: text(),
    after: text(),
    at: when('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.itemId, t.id] }), ownRows()],
)

/**
 * Sentences for people, by what they are about. `retryAtMs`: when what was refused is tried again. `lost`: the card may be there or not;
 * `missing`: a person has looked, and it is not.
 */
export type Unshown = {
  card: readonly string[]
  name: string | null
  post: string | null
  retryAtMs: number
  lost: boolean
  missing?: boolean
}

/**
 * One act of one person on many items (O10, O11): what was asked, how far it has come, and what came of it. It goes through the items by
 * their ids, and `cursor` is the last one that is done.
 */
export const groupAction = pgTable(
  'group_action',
  {
    organisationId: organisationId(),
    id: text().notNull(),
    action: text().$type<GroupAction>().notNull(),
    byId: text('by_id').notNull(),
    people: text().array().notNull(),
    /** Whose places are handed over, where it is all of one person's. */
    fromId: text('from_id'),
    selection: jsonb().$type<Selection>().notNull(),
    state: text().$type<'working' | 'done' | 'stopped'>().notNull(),
    stopAsked: boolean('stop_asked').notNull().default(false),
    /** Why it ended before its end, where nobody stopped it. */
    why: text(),
    cursor: text(),
    /** Items that were selected at the beginning; those that were looked at; of these, which changed, and at which something was refused. */
    total: integer().notNull(),
    looked: integer().notNull().default(0),
    changed: integer().notNull().default(0),
    refused: integer().notNull().default(0),
    untouched: integer().notNull().default(0),
    /** What each person is to be told at the end. */
    tally: jsonb().$type<Tally>().notNull().default({}),
    dueAt: when('due_at'),
    leaseUntil: when('lease_until'),
    fence: integer().notNull().default(0),
    createdAt: when('created_at').notNull(),
    endedAt: when('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index('group_action_due').on(t.dueAt),
    index('group_action_by').on(t.organisationId, t.byId, t.createdAt),
    ownRows(),
  ],
)

/** What a group action was refused at one item (U7): about one person, or, with an empty `personId`, about the item itself. */
export const groupRefusal = pgTable(
  'group_refusal',
  {
    organisationId: organisationId(),
    actionId: text('action_id').notNull(),
    itemId: text('item_id').notNull(),
    personId: text('person_id').notNull(),
    /** Null for an item that the one who asked cannot see. */
    type: text().$type<ItemType>(),
    code: text().$type<GroupRefusalCode>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.actionId, t.itemId, t.personId] }),
    foreignKey({ columns: [t.organisationId, t.actionId], foreignColumns: [groupAction.organisationId, groupAction.id] }).onDelete(
      'cascade',
    ),
    ownRows(),
  ],
)

/** The safety stop holds removals back, and nobody has let them happen. */
export const HELD = sql`held_removals is not null and allowed_removals is null`
/** The chat cannot be worked in, and a person can mend that. */
export const STUCK = sql`state in ('unreachable', 'closed', 'public')`

/** The link between an item and its one chat, and the item's lane: `dueAt` is when a turn is owed, `fence` whose turn it is. */
export const link = pgTable(
  'link',
  {
    organisationId: organisationId(),
    id: text().notNull(),
    itemId: text('item_id').notNull(),
    connectionId: text('connection_id').notNull(),
    platform: text().notNull(),
    /** Names the opening of the chat for ever; written before the call. */
    operation: text().notNull(),
    name: text().notNull(),
    topic: text().notNull(),
    state: text().$type<'opening' | 'open' | 'unreachable' | 'closed' | 'public' | 'gone'>().notNull(),
    chat: text(),
    url: text(),
    why: text(),
    openedBy: text('opened_by'),
    /** Raised by each new reason to look, so that a turn can tell whether another came while it ran. */
    news: integer().notNull().default(0),
    dueAt: when('due_at'),
    fence: integer().notNull().default(0),
    leaseUntil: when('lease_until'),
    /** Turns in a row that found nothing to do, which space the sweep. */
    quiet: integer().notNull().default(0),
    crmRevision: bigint('crm_revision', { mode: 'number' }),
    heldRemovals: jsonb('held_removals').$type<string[]>(),
    /** Of the held removals, those that a person let happen. */
    allowedRemovals: jsonb('allowed_removals').$type<string[]>(),
    /** The last complete list of members with what we did since, and when it was read; null once we were told that it changed. */
    members: jsonb().$type<string[]>(),
    membersAt: when('members_at'),
    /** What the chat shows of the item: the adapter's handles, and what was shown as a hash; null while something is left to do. */
    shown: jsonb().$type<Shown>(),
    shownHash: text('shown_hash'),
    /** Calls that show something were begun, and what became of them is not remembered yet. */
    showing: boolean().notNull().default(false),
    /** What could not be shown, and why. */
    unshown: jsonb().$type<Unshown>(),
    /** The name Ringside gave it last; while the chat is called so, a new title renames it (K2). Null: people named it. */
    givenName: text('given_name'),
    /** What that name was wished to be, before the platform fitted it to its rules. */
    wishedName: text('wished_name'),
    /** Word of another name, which may be our own echo or late: its name is to be read. */
    renamedTo: text('renamed_to'),
    /** The change of the item that its chat heard of last (K4). */
    fedTo: bigint('fed_to', { mode: 'number' }),
    /** The group action that changed something here last. */
    groupActionId: text('group_action_id'),
    createdAt: when('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    uniqueIndex('link_item').on(t.organisationId, t.itemId),
    uniqueIndex('link_chat').on(t.organisationId, t.connectionId, t.chat),
    index('link_due').on(t.dueAt),
    index('link_group_action').on(t.organisationId, t.groupActionId),
    index('link_held').on(t.organisationId, t.id).where(HELD),
    index('link_stuck').on(t.organisationId, t.id).where(STUCK),
    ownRows(),
  ],
)

/** A chat that an item had before the one it has now; people still find it there. */
export const pastChat = pgTable(
  'past_chat',
  {
    organisationId: organisationId(),
    linkId: text('link_id').notNull(),
    connectionId: text('connection_id').notNull(),
    chat: text().notNull(),
    name: text().notNull(),
    url: text().notNull(),
    until: when('until').notNull(),
    /** What it shows of the item still, as the adapter's handles. */
    shown: jsonb().$type<Shown>(),
    /** Its people were told where the discussion goes on. */
    told: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.linkId, t.chat] }),
    uniqueIndex('past_chat_chat').on(t.organisationId, t.connectionId, t.chat),
    ownRows(),
  ],
)

/** Somebody without access asked for it (K8). A denial is kept and never told. */
export const accessRequest = pgTable(
  'access_request',
  {
    organisationId: organisationId(),
    id: text().notNull(),
    itemId: text('item_id').notNull(),
    personId: text('person_id').notNull(),
    state: text().$type<'waiting' | 'granted' | 'denied'>().notNull(),
    askedAt: when('asked_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: when('decided_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    uniqueIndex('access_request_person').on(t.organisationId, t.itemId, t.personId),
    index('access_request_asked').on(t.organisationId, t.personId, t.askedAt),
    ownRows(),
  ],
)

/** A move was refused, and waits to be tried again. */
export const REFUSED = sql`refused is not null`
/** A move that is still to come: somebody on the item whom nobody has let in yet, or somebody taken off it who is still inside. */
export const WAITING = sql`refused is null and ((listed and not in_chat and not settled) or (in_chat and not listed and settled))`

export type Refusal = { move: 'admit' | 'list' | 'expel'; code: string; why: string; mender: Mender; retryAtMs: number }

/** What is remembered of one person at one item, and the calls about them that may still take effect. */
export const seat = pgTable(
  'seat',
  {
    organisationId: organisationId(),
    linkId: text('link_id').notNull(),
    personId: text('person_id').notNull(),
    settled: boolean().notNull(),
    listed: boolean().notNull(),
    responsible: boolean().notNull(),
    inChat: boolean('in_chat').notNull(),
    past: text().$type<Seat['past']>().notNull(),
    doubted: jsonb().$type<Seat['doubted']>().notNull(),
    refused: jsonb().$type<Refusal>(),
    admitUntil: when('admit_until'),
    expelUntil: when('expel_until'),
    listUntil: when('list_until'),
    listRevision: bigint('list_revision', { mode: 'number' }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.linkId, t.personId] }),
    foreignKey({ columns: [t.organisationId, t.linkId], foreignColumns: [link.organisationId, link.id] }),
    index('seat_refused').on(t.organisationId, t.personId, t.linkId).where(REFUSED),
    index('seat_waiting').on(t.organisationId, t.personId, t.linkId).where(WAITING),
    ownRows(),
  ],
)

/** What we were told and have not weighed yet: who joined, who wished to come in, who was put on the item to join or to stay out. */
export const evidence = pgTable(
  'evidence',
  {
    organisationId: organisationId(),
    linkId: text('link_id').notNull(),
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    kind: text().$type<'joined' | 'wished' | 'invited' | 'stays-out'>().notNull(),
    personId: text('person_id'),
    account: text(),
    byAccount: text('by_account'),
    at: when('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.linkId, t.id] }), ownRows()],
)

/** Append-only: who was moved, by which move, why, through whom, and with what outcome. An intention and its outcome are two rows. */
export const act = pgTable(
  'act',
  {
    organisationId: organisationId(),
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    itemId: text('item_id').notNull(),
    linkId: text('link_id').notNull(),
    personId: text('person_id'),
    move: text().$type<'open' | 'admit' | 'list' | 'expel' | 'left' | 'joined'>().notNull(),
    phase: text().$type<'intended' | 'done' | 'already' | 'refused' | 'impossible' | 'later' | 'uncertain' | 'seen'>().notNull(),
    reason: text().notNull(),
    byId: text('by_id'),
    code: text(),
    why: text(),
    at: when('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] }), index('act_seat').on(t.organisationId, t.itemId, t.personId, t.id), ownRows()],
)

/** A delivery that was given up. */
export const FAILED = sql`outcome like 'failed: %'`

/** Deliveries from outside, written before they are answered; each is told once. */
export const inbox = pgTable(
  'inbox',
  {
    organisationId: organisationId(),
    connectionId: text('connection_id').notNull(),
    deliveryId: text('delivery_id').notNull(),
    news: jsonb().$type<News>().notNull(),
    receivedAt: when('received_at').notNull(),
    /** Null once dealt with. */
    dueAt: when('due_at'),
    attempts: integer().notNull().default(0),
    leaseUntil: when('lease_until'),
    /** What became of it: 'told', 'answered', or the reason it was set aside. */
    outcome: text(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.connectionId, t.deliveryId] }),
    index('inbox_due').on(t.dueAt),
    index('inbox_failed').on(t.organisationId, t.receivedAt, t.deliveryId).where(FAILED),
    ownRows(),
  ],
)

/** A chat of the built-in workspace: an item's, a private one that people made, one of two people, or one that everybody may join (C1). */
export const webChat = pgTable(
  'web_chat',
  {
    organisationId: organisationId(),
    id: text().notNull(),
    kind: text().$type<WebChatKind>().notNull(),
    operation: text().notNull(),
    name: text().notNull(),
    /** A picture that a member gave it: a file that no message has. */
    imageId: text('image_id'),
    nextSeq: integer('next_seq').notNull().default(1),
    createdBy: text('created_by'),
    createdAt: when('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    uniqueIndex('web_chat_operation').on(t.organisationId, t.operation),
    ownRows(),
  ],
)

/** What one member may see of a chat: the messages from one sequence to another. An open window is a membership. */
export const webWindow = pgTable(
  'web_window',
  {
    organisationId: organisationId(),
    chatId: text('chat_id').notNull(),
    personId: text('person_id').notNull(),
    fromSeq: integer('from_seq').notNull(),
    toSeq: integer('to_seq'),
    since: when('since').notNull(),
    addedBy: text('added_by'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.chatId, t.personId, t.since] }),
    uniqueIndex('web_window_open')
      .on(t.organisationId, t.chatId, t.personId)
      .where(sql`to_seq is null`),
    index('web_window_person').on(t.organisationId, t.personId),
    ownRows(),
  ],
)

/**
 * One line of a web chat, numbered without gaps; joins and leaves are lines too, and `item` is what it hears of its item. A deleted one
 * keeps its number and nothing else.
 */
export const webMessage = pgTable(
  'web_message',
  {
    organisationId: organisationId(),
    chatId: text('chat_id').notNull(),
    seq: integer().notNull(),
    id: text().notNull(),
    kind: text().$type<'text' | 'joined' | 'left' | 'named' | 'item'>().notNull(),
    authorId: text('author_id'),
    text: text().notNull(),
    people: text().array().notNull().default([]),
    clientKey: text('client_key'),
    at: when('at').notNull(),
    /** The sequence of the message that it answers. */
    replyTo: integer('reply_to'),
    /** Members that it names with an @. */
    mentions: text().array().notNull().default([]),
    editedAt: when('edited_at'),
    deletedAt: when('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.chatId, t.seq] }),
    uniqueIndex('web_message_key').on(t.organisationId, t.chatId, t.authorId, t.clientKey),
    ownRows(),
  ],
)

/** One person's reaction to one message. */
export const webReaction = pgTable(
  'web_reaction',
  {
    organisationId: organisationId(),
    chatId: text('chat_id').notNull(),
    seq: integer().notNull(),
    emoji: text().notNull(),
    personId: text('person_id').notNull(),
    at: when('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.chatId, t.seq, t.emoji, t.personId] }),
    foreignKey({
      columns: [t.organisationId, t.chatId, t.seq],
      foreignColumns: [webMessage.organisationId, webMessage.chatId, webMessage.seq],
    }),
    ownRows(),
  ],
)

/** A file that a member brings into a chat: on its way without a message, and seen by whoever sees its message. */
export const webFile = pgTable(
  'web_file',
  {
    organisationId: organisationId(),
    id: text().notNull(),
    chatId: text('chat_id').notNull(),
    ownerId: text('owner_id').notNull(),
    seq: integer(),
    place: integer().notNull().default(0),
    name: text().notNull(),
    size: integer().notNull(),
    /** What its first bytes are, whatever its name says; null until it was sent with a message. */
    type: text(),
    /** Of a picture, as its sender's browser measured it. */
    width: integer(),
    height: integer(),
    at: when('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index('web_file_message').on(t.organisationId, t.chatId, t.seq),
    index('web_file_owner').on(t.organisationId, t.ownerId, t.seq),
    ownRows(),
  ],
)

const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** A file's bytes, in parts that one request carries. */
export const webFilePart = pgTable(
  'web_file_part',
  {
    organisationId: organisationId(),
    fileId: text('file_id').notNull(),
    place: integer().notNull(),
    bytes: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.fileId, t.place] }),
    foreignKey({ columns: [t.organisationId, t.fileId], foreignColumns: [webFile.organisationId, webFile.id] }).onDelete('cascade'),
    ownRows(),
  ],
)

/** How far one person has read a web chat, and whether they muted it. */
export const webMark = pgTable(
  'web_mark',
  {
    organisationId: organisationId(),
    chatId: text('chat_id').notNull(),
    personId: text('person_id').notNull(),
    readSeq: integer('read_seq').notNull().default(0),
    muted: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.chatId, t.personId] }), ownRows()],
)

/** Notifications that did not reach the chat system, or perhaps did not, and that nobody has read elsewhere since. */
export const TROUBLED = sql`read_at is null and (told like 'unreached: %' or told like 'refused: %' or told like 'perhaps told: %')`

/** One thing one person is told. */
export const notification = pgTable(
  'notification',
  {
    organisationId: organisationId(),
    personId: text('person_id').notNull(),
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    kind: text()
      .$type<
        | 'observer-added'
        | 'observer-removed'
        | 'chat-invited'
        | 'told'
        | 'access-requested'
        | 'access-granted'
        | 'group-action'
        | 'mentioned'
      >()
      .notNull(),
    byId: text('by_id'),
    itemId: text('item_id'),
    chatId: text('chat_id'),
    /** The message in that chat that it is about. */
    seq: integer(),
    text: text().notNull(),
    at: when('at').notNull(),
    readAt: when('read_at'),
    /** When it is to be told in the chat system as well; null: it was, or need not be. */
    tellAt: when('tell_at'),
    /** What became of that: "told", or a word and the sentence why: unneeded, later, unreached, refused, perhaps told. */
    told: text(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.personId, t.id] }),
    index('notification_tell').on(t.tellAt),
    index('notification_untold').on(t.organisationId, t.id).where(TROUBLED),
    ownRows(),
  ],
)
