type Mail = { readonly to: string; readonly subject: string; readonly text: string }

/** What Ringside mails: links, each with what it is for, how long it is good, and what to do if one did not ask for it. */

const BYE = 'If you did not ask for this, nothing has to be done: without the link nobody gets in.'

export const signInMail = (to: string, url: string, minutes: number): Mail => ({
  to,
  subject: 'Sign in to Ringside',
  text: `Open this link to sign in. It works once, within ${minutes} minutes:\n\n${url}\n\n${BYE}\n`,
})

export const passwordMail = (to: string, url: string, minutes: number): Mail => ({
  to,
  subject: 'Choose a new password for Ringside',
  text: `Open this link to choose a new password. It works once, within ${minutes} minutes:\n\n${url}\n\n${BYE}\n`,
})

export const invitationMail = (to: string, by: string, organisation: string, url: string, days: number): Mail => ({
  to,
  subject: `${by} invites you to Ringside`,
  text: `${by} has added you to ${organisation} in Ringside, where items of the CRM are discussed.\n\nOpen this link to choose a password. It works once, within ${days} days:\n\n${url}\n`,
})
