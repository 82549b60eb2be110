import { z } from '@hono/zod-openapi'
import { Notification, Person } from '../contract.ts'

/** What only administrators are shown. */

export const ProbeReport = z
  .object({
    at: z.string(),
    state: z.enum(['running', 'done', 'interrupted']).describe('"interrupted": it came to no end, and nobody will add to it.'),
    lines: z.array(
      z.object({
        step: z.string(),
        title: z.string(),
        outcome: z.enum(['works', 'fails', 'untried']),
        why: z.string().nullable(),
        mender: z.enum(['nobody', 'you', 'administrator', 'workspace-owner', 'member']).nullable().describe('Who can mend it.'),
      }),
    ),
    leftBehind: z
      .string()
      .nullable()
      .describe('What the trial could not take away again; before its end, what it may leave if it is interrupted.'),
  })
  .openapi('ProbeReport')

export const Connection = z
  .object({
    id: z.string(),
    platform: z.string(),
    title: z.string(),
    workspace: z.string().describe('The platform’s own id of it.'),
    state: z.enum(['connected', 'broken']),
    why: z.string().nullable().describe('What broke it, and who can mend that.'),
    scopes: z
      .array(z.object({ scope: z.string(), why: z.string(), granted: z.boolean().nullable().describe('Null where nobody told.') }))
      .describe('Every permission Ringside asks for there.'),
    installedBy: Person.nullable(),
    installedAt: z.string().nullable(),
    organisation: z
      .string()
      .nullable()
      .describe('The organisation of workspaces that it was installed to as a whole; disconnecting ends all of it.'),
    probe: ProbeReport.nullable().describe('What the last trial of it found.'),
    may: z.object({ disconnect: z.boolean(), whyNot: z.string().nullable() }),
  })
  .openapi('Connection')

export const ConnectionPage = z
  .object({
    items: z.array(Connection),
    next: z.string().nullable(),
    connect: z
      .array(z.object({ platform: z.string(), title: z.string(), url: z.string().nullable(), whyNot: z.string().nullable() }))
      .describe(
        'Chat systems that administrators connect by themselves: the browser goes to `url`, or `whyNot` says what is missing for that.',
      ),
  })
  .openapi('ConnectionPage')

/** An item by its name; null where it is not for the asker. */
const ItemName = z.object({ id: z.string(), key: z.string(), title: z.string() })

const Mender = z.enum(['nobody', 'you', 'administrator', 'workspace-owner', 'member'])

const page = <Shape extends z.ZodType>(shape: Shape, name: string) =>
  z.object({ items: z.array(shape), next: z.string().nullable() }).openapi(name)

export const Untold = z
  .object({
    id: z.string(),
    person: Person,
    kind: Notification.shape.kind,
    item: ItemName.nullable(),
    fate: z.enum(['unreached', 'refused', 'perhaps told']),
    why: z.string().describe('A sentence, with who can mend it where somebody can.'),
    at: z.string(),
  })
  .openapi('Untold')

export const UntoldPage = page(Untold, 'UntoldPage')

export const Drift = z
  .object({
    id: z.string(),
    item: ItemName,
    person: Person,
    shouldBe: z.enum(['in the chat', 'out of the chat']),
    is: z.enum(['not in the chat', 'in the chat']),
    state: z.enum(['refused', 'held', 'stuck', 'waiting']),
    why: z.string(),
    mender: Mender.nullable(),
    nextAt: z.string().nullable().describe('When Ringside tries or looks again by itself.'),
  })
  .openapi('Drift')

export const DriftPage = z
  .object({
    items: z.array(Drift),
    next: z.string().nullable(),
    counts: z.object({ refused: z.number().int(), waiting: z.number().int() }).describe('Of the whole organisation.'),
  })
  .openapi('DriftPage')

export const HeldRemovals = z
  .object({
    id: z.string(),
    item: ItemName,
    people: z.array(Person),
    more: z.number().int().describe('How many more people than are named.'),
  })
  .openapi('HeldRemovals')

export const HeldPage = page(HeldRemovals, 'HeldPage')

export const StuckChat = z.object({ id: z.string(), item: ItemName, state: z.string(), why: z.string().nullable() }).openapi('StuckChat')

export const StuckPage = page(StuckChat, 'StuckPage')

export const DeadLetter = z
  .object({
    id: z.string(),
    connection: z.string().describe('The title of the workspace it came from.'),
    what: z.string().describe('What it told or asked, in a sentence and without its words.'),
    why: z.string(),
    attempts: z.number().int(),
    at: z.string(),
  })
  .openapi('DeadLetter')

export const DeadLetterPage = z
  .object({ items: z.array(DeadLetter), next: z.string().nullable(), count: z.number().int().describe('Of the whole organisation.') })
  .openapi('DeadLetterPage')

export const Unlisted = z
  .object({
    id: z.string(),
    item: ItemName,
    people: z.number().int().describe('So many in its chat. Who they are is known to its members.'),
  })
  .openapi('Unlisted')

export const UnlistedPage = page(Unlisted, 'UnlistedPage')

export const Unmatched = z
  .object({ id: z.string(), person: Person, why: z.string(), items: z.number().int().describe('In so many chats they are missing.') })
  .openapi('Unmatched')

export const UnmatchedPage = page(Unmatched, 'UnmatchedPage')
