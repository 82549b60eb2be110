import { z } from '@hono/zod-openapi'
import { GROUP_ACTIONS, PEOPLE_MAX, SELECTED_MAX } from '../../core/group-action.ts'
import { ITEM_TYPE_NAMES } from '../../core/item.ts'
import { Person, plain } from './contract.ts'

/** The shapes of acts on many items, beside those of contract.ts. */

const Selected = z.union([
  z.object({ ids: z.array(plain().min(1).max(100)).min(1).max(SELECTED_MAX) }).strict(),
  z
    .object({
      filter: z
        .object({
          type: z.enum(ITEM_TYPE_NAMES),
          stage: plain().max(60),
          query: plain().trim().max(200),
          responsible: plain().max(100),
          observer: plain().max(100),
        })
        .partial()
        .strict(),
      except: z.array(plain().min(1).max(100)).max(SELECTED_MAX).default([]),
    })
    .strict()
    .describe('Everything that matches, on every page.'),
])

export const NewGroupAction = z
  .object({
    action: z.enum(GROUP_ACTIONS),
    people: z.array(plain().min(1).max(100)).max(PEOPLE_MAX).default([]).describe('Whom it is about; to discuss, nobody.'),
    from: plain().min(1).max(100).optional().describe('With a hand-over: every place of this person goes to the other one.'),
    selection: Selected,
    preview: z.boolean().default(false).describe('True: nothing is done, and the answer is what would be.'),
  })
  .strict()
  .openapi('NewGroupAction')

const NamedItem = z.object({ id: z.string(), key: z.string(), title: z.string() })

const GroupReason = z.object({ code: z.string(), person: Person.nullable(), items: z.number().int(), why: z.string() })

export const GroupPreview = z
  .object({
    items: z.number().int().describe('Selected.'),
    changed: z.number().int().describe('Would change.'),
    untouched: z.number().int().describe('Are so already.'),
    reasons: z.array(GroupReason.extend({ examples: z.array(NamedItem) })).describe('What cannot be, each with some of its items.'),
    seconds: z.number().int().describe('How long it takes, roughly, with the chats that follow.'),
    sentence: z.string().describe('All of it in words.'),
  })
  .openapi('GroupPreview')

export const GroupAction = z
  .object({
    id: z.string(),
    action: z.enum(GROUP_ACTIONS),
    people: z.array(Person),
    from: Person.nullable(),
    state: z.enum(['working', 'stopping', 'done', 'stopped']),
    why: z.string().nullable().describe('Why it ended early, where nobody stopped it.'),
    total: z.number().int(),
    looked: z.number().int(),
    changed: z.number().int(),
    untouched: z.number().int(),
    refused: z.number().int().describe('Items at which something was refused, also where something else was done.'),
    secondsLeft: z.number().int().nullable(),
    startedAt: z.string(),
    endedAt: z.string().nullable(),
  })
  .openapi('GroupAction')

export const GroupActionPage = z.object({ items: z.array(GroupAction), next: z.string().nullable() }).openapi('GroupActionPage')

export const GroupReport = GroupAction.extend({
  reasons: z.array(GroupReason).describe('What was refused, and how often.'),
  chats: z
    .object({ pending: z.number().int(), waiting: z.number().int() })
    .describe('Chats that are still to follow, and people whose removal the safety stop holds back until somebody confirms it.'),
  refusals: z.object({
    items: z.array(
      z.object({
        item: NamedItem.nullable().describe('Null where the asker cannot see it.'),
        person: Person.nullable(),
        code: z.string(),
        why: z.string(),
      }),
    ),
    next: z.string().nullable(),
  }),
}).openapi('GroupReport')
