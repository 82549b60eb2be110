import { NO_SEAT, NOTHING_OPEN, TOLD_NOTHING } from '../../src/core/facts.ts'
import { asPersonId } from '../../src/core/ids.ts'
import { plan, type SeatCase } from '../../src/core/plan.ts'
import { DEFAULT_POLICY } from '../../src/core/policy.ts'

const SEATS = [10, 100, 1_000]
const RUN_MS = 1_000

/** How many seats a second the rule decides, for items of several sizes whose people stand in all places. */
export function benchRule(): void {
  console.table(Object.fromEntries(SEATS.map((seats) => [`${seats} seats`, measure(seats)])))
}

function measure(seats: number) {
  const cases = Array.from({ length: seats }, (_, number) => caseNumber(number))
  run(cases, RUN_MS / 4)
  const plans = run(cases, RUN_MS)
  return { 'plans/s': Math.round(plans), 'decisions/s': Math.round(plans * seats), 'µs/plan': Number((1e6 / plans).toFixed(1)) }
}

function run(cases: readonly SeatCase[], forMs: number): number {
  const begun = performance.now()
  let plans = 0
  let moved = 0
  while (performance.now() - begun < forMs) {
    moved += plan(cases, DEFAULT_POLICY, Infinity).seats.filter((seat) => seat.move !== 'rest').length
    plans++
  }
  if (moved === 0) throw new Error('The rule moved nobody.')
  return (plans * 1000) / (performance.now() - begun)
}

/** Listed, in the chat and settled run through all combinations. */
function caseNumber(number: number): SeatCase {
  const [listed, inChat, settled] = [(number & 1) > 0, (number & 2) > 0, (number & 4) > 0]
  return {
    person: asPersonId(`person-${number}`),
    before: { ...NO_SEAT, settled, listed: settled, inChat: settled },
    reading: { listed, inChat, responsible: false, standing: 'employee', trust: { vanishedListing: 'once', chat: 'once' } },
    open: NOTHING_OPEN,
    told: TOLD_NOTHING,
    resting: null,
    selfListed: false,
  }
}
