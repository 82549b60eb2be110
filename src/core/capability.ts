/** What a chat platform can do is data with a reason. The sentences are what people read, in every surface. */
export type Capability =
  | { readonly level: 'native' }
  | { readonly level: 'emulated'; readonly how: string }
  | { readonly level: 'refused'; readonly why: string; readonly instead: string }

export const CAPABILITY_NAMES = [
  'privateChat',
  'addMembers',
  'removeMembers',
  'hideHistory',
  'hearOfJoining',
  'hearOfLeaving',
  'whoRemovedWhom',
  'rename',
  'close',
  'reopen',
  'guests',
  'outsiders',
  'image',
  'call',
] as const

export type CapabilityName = (typeof CAPABILITY_NAMES)[number]

export type Capabilities = {
  readonly platform: string
  /** As people call it: "Slack". */
  readonly title: string
  readonly can: Readonly<Record<CapabilityName, Capability>>
  readonly membersMax: number
  /** People one call can add. */
  readonly addMax: number
  /** People who can be in a chat from the moment it is opened; 0: it opens with nobody in it, and everybody is added. */
  readonly opensWithMax: number
  readonly nameMax: number
  /** `lagging`: a list of members may be behind, so a difference counts only when a second reading repeats it. */
  readonly readings: 'fresh' | 'lagging'
  /** Reading who is in a chat costs a call that is counted, so a list that was read is remembered for a while (decision 41). */
  readonly remembersMembers: boolean
}

declare const granted: unique symbol
/** Proof that a capability was asked for before the call that needs it; only `ask` makes one. */
export type Granted<Name extends CapabilityName> = { readonly [granted]: Name }

export type Asked<Name extends CapabilityName> =
  | { readonly ok: true; readonly token: Granted<Name> }
  | { readonly ok: false; readonly why: string; readonly instead: string }

export function ask<Name extends CapabilityName>(capabilities: Capabilities, name: Name): Asked<Name> {
  const capability = capabilities.can[name]
  if (capability.level === 'refused') return { ok: false, why: capability.why, instead: capability.instead }
  return { ok: true, token: {} as Granted<Name> }
}
