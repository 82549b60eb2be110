import { ITEM_TYPES, type ItemType, takesObservers } from './item.ts'

/**
 * What an organisation has of Ringside: observers and a chat for each item, in all or in part (O5, O6). Everything that adds to or changes
 * who observes what asks here, through the person who wants it. What is there when it is switched off is left as it is.
 */
export type Entitlement = {
  /** `off`: its administrators switched it off. `not-in-plan`: whoever runs the service did, and they cannot switch it on. */
  readonly observers: 'on' | 'off' | 'not-in-plan'
  /** Types that could take observers and do not here. */
  readonly typesOff: readonly SwitchableType[]
}

/** A custom type may be one for which nobody discusses anything. */
export type SwitchableType = 'custom'

export const EVERYTHING: Entitlement = { observers: 'on', typesOff: [] }

export type None = { readonly code: 'type_without_observers' | 'observers_off' | 'not_in_plan' | 'type_off'; readonly why: string }

/** Why there are no new observers and discussions at all; null: there are. */
export function whyOff({ observers }: Entitlement): None | null {
  return observers === 'on' ? null : OFF[observers]
}

/** Do items of this type have observers and a chat here? Null: yes (O5, O6, O7). */
export function whyNoObservers(type: ItemType, entitlement: Entitlement): None | null {
  const { plural } = ITEM_TYPES[type]
  if (!takesObservers(type)) return { code: 'type_without_observers', why: `${plural} don't have observers or a chat.` }
  const off = whyOff(entitlement)
  if (off) return off
  if (!entitlement.typesOff.some((one) => one === type)) return null
  return {
    code: 'type_off',
    why: `Observers and chats are switched off for ${plural.toLowerCase()} in your organisation. An administrator can switch them on in the settings.`,
  }
}

const STAYS = 'Chats and observers that are there stay as they are, and nobody is moved.'

const OFF: Record<Exclude<Entitlement['observers'], 'on'>, None> = {
  off: {
    code: 'observers_off',
    why: `Observers and discussions are switched off in your organisation. ${STAYS} An administrator can switch them on in the settings.`,
  },
  'not-in-plan': {
    code: 'not_in_plan',
    why: `Observers and discussions are not part of your organisation's plan. ${STAYS} An administrator can ask whoever runs Ringside for you to change the plan.`,
  },
}
