import { ours, tokens } from '../theme.ts'
import type { ItemType } from '../data/types.ts'

/** The stages we offer, in order. A CRM may have others: they are shown as they are called, with a neutral dot. */
export const STAGES: Readonly<Record<ItemType, readonly string[]>> = {
  lead: ['New', 'In progress', 'Qualified', 'Unqualified'],
  deal: ['New', 'Qualified', 'Proposal', 'Negotiation', 'Won', 'Lost'],
  contact: ['Active', 'Inactive'],
  company: ['Prospect', 'Customer', 'Inactive'],
  invoice: ['Draft', 'Sent', 'Paid', 'Overdue'],
  custom: ['Open', 'In progress', 'Done'],
  estimate: ['Draft', 'Sent', 'Accepted', 'Declined'],
  document: ['Draft', 'Sent', 'Signed'],
}

const TONES: readonly { readonly colour: string; readonly stages: readonly string[] }[] = [
  { colour: ours.ringDotStart, stages: ['new', 'draft', 'open', 'prospect'] },
  { colour: ours.ringDotMiddle, stages: ['in progress', 'qualified', 'sent', 'proposal', 'contacted', 'active'] },
  { colour: ours.ringDotLate, stages: ['negotiation', 'contract', 'review'] },
  { colour: ours.ringDotWon, stages: ['won', 'paid', 'signed', 'accepted', 'done', 'customer', 'converted'] },
  { colour: ours.ringDotLost, stages: ['lost', 'unqualified', 'overdue', 'declined', 'cancelled'] },
]

/** The colour helps to see; the word beside it says it. */
export function stageColour(stage: string): string {
  return TONES.find((tone) => tone.stages.includes(stage.toLowerCase()))?.colour ?? tokens.colorNeutralForeground3
}
