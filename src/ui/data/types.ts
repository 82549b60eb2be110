import type { z } from 'zod'
import type * as chatContract from '../../http/api/chat-contract.ts'
import type * as groups from '../../http/api/group-contract.ts'
import type * as contract from '../../http/api/contract.ts'
import type * as admin from '../../http/api/admin/contract.ts'

/** The shapes of the HTTP contract, as types only: nothing of the server is loaded by the page. */
export type Problem = z.infer<typeof contract.Problem>
export type Person = z.infer<typeof contract.Person>
export type Observer = z.infer<typeof contract.Observer>
export type Item = z.infer<typeof contract.Item>
export type ItemPage = z.infer<typeof contract.ItemPage>
export type NewItem = z.infer<typeof contract.NewItem>
export type ItemPatch = z.infer<typeof contract.ItemPatch>
export type Outcome = z.infer<typeof contract.Outcome>
export type ObserversChanged = z.infer<typeof contract.ObserversChanged>
export type Discussed = z.infer<typeof contract.Discussed>
export type Why = z.infer<typeof contract.Why>
export type AccessRequest = z.infer<typeof contract.AccessRequest>
export type AccessRequestPage = z.infer<typeof contract.AccessRequestPage>
export type TimelineEntry = z.infer<typeof contract.TimelineEntry>
export type TimelinePage = z.infer<typeof contract.TimelinePage>
export type Message = z.infer<typeof chatContract.Message>
export type MessagePage = z.infer<typeof chatContract.MessagePage>
export type ChatFile = z.infer<typeof chatContract.File>
export type FileBegun = z.infer<typeof chatContract.FileBegun>
export type FilePage = z.infer<typeof chatContract.FilePage>
export type SearchPage = z.infer<typeof chatContract.SearchPage>
export type SearchHit = z.infer<typeof chatContract.SearchHit>
export type Chat = z.infer<typeof chatContract.Chat>
export type ChatPage = z.infer<typeof chatContract.ChatPage>
export type PublicChatPage = z.infer<typeof chatContract.PublicChatPage>
export type ChatPatch = z.infer<typeof chatContract.ChatPatch>
export type NewChat = z.input<typeof chatContract.NewChat>
export type Member = z.infer<typeof chatContract.Member>
export type MemberPage = z.infer<typeof chatContract.MemberPage>
export type NewMembers = z.infer<typeof chatContract.NewMembers>
export type MembersChanged = z.infer<typeof chatContract.MembersChanged>
export type NewGroupAction = z.input<typeof groups.NewGroupAction>
export type GroupSelection = NewGroupAction['selection']
export type GroupPreview = z.infer<typeof groups.GroupPreview>
export type GroupAction = z.infer<typeof groups.GroupAction>
export type GroupActionName = GroupAction['action']
export type GroupActionPage = z.infer<typeof groups.GroupActionPage>
export type GroupReport = z.infer<typeof groups.GroupReport>
export type Notification = z.infer<typeof contract.Notification>
export type NotificationPage = z.infer<typeof contract.NotificationPage>
export type Me = z.infer<typeof contract.Me>
export type PeoplePage = z.infer<typeof contract.PeoplePage>
export type DemoPeople = z.infer<typeof contract.DemoPeople>
export type Connection = z.infer<typeof admin.Connection>
export type ConnectionPage = z.infer<typeof admin.ConnectionPage>
export type ProbeReport = z.infer<typeof admin.ProbeReport>
export type Untold = z.infer<typeof admin.Untold>
export type Drift = z.infer<typeof admin.Drift>
export type DriftPage = z.infer<typeof admin.DriftPage>
export type HeldRemovals = z.infer<typeof admin.HeldRemovals>
export type StuckChat = z.infer<typeof admin.StuckChat>
export type DeadLetter = z.infer<typeof admin.DeadLetter>
export type DeadLetterPage = z.infer<typeof admin.DeadLetterPage>
export type Unlisted = z.infer<typeof admin.Unlisted>
export type Unmatched = z.infer<typeof admin.Unmatched>
export type SignInWays = z.infer<typeof contract.SignInWays>
export type DemoPerson = DemoPeople['items'][number]
export type { LiveHint } from '../../http/api/contract.ts'
export type { ItemType } from '../../core/item.ts'
