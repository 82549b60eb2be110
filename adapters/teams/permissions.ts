/** What the app asks of Microsoft 365, each with its reason in words for whoever lets it in (K11). None of them reads a message. */

/** For one chat, given with the app in it, and only there (resource-specific consent). */
export const CHAT_PERMISSIONS = [
  { scope: 'ChatMember.Read.Chat', why: 'To see who is in the chat of an item. Never what is written in it.' },
  { scope: 'Chat.Manage.Chat', why: 'To add the observers of the item to its chat, and to take them out again.' },
  { scope: 'ChatSettings.ReadWrite.Chat', why: 'To give the chat the name of its item, and to see what people call it.' },
] as const

/** For the tenant as a whole, which an administrator agrees to once in Microsoft Entra. */
export const TENANT_PERMISSIONS = [
  { scope: 'Chat.Create', why: 'To open the group chat of an item.' },
  {
    scope: 'TeamsAppInstallation.ReadWriteAndConsentSelfForChat.All',
    why: 'To put Ringside itself into the chats that it opens, with the permissions for that one chat. No other app.',
  },
  { scope: 'AppCatalog.Read.All', why: 'To find out what your organisation calls the app Ringside, so that it can be put into a chat.' },
  { scope: 'User.ReadBasic.All', why: 'To find the account that belongs to a person in the CRM, by the e-mail address.' },
  {
    scope: 'Chat.ReadBasic.All',
    why: 'To find a chat again whose opening got no answer, so that no second one is opened. It shows names and members of chats, never a message, and is used then alone.',
  },
] as const
