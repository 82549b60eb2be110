import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge, type Open, type Seat, type SeatReading, type Told } from '../../src/core/facts.ts'
import { asPersonId } from '../../src/core/ids.ts'
import { plan, type SeatCase } from '../../src/core/plan.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/core/policy.ts'

const flag = fc.boolean()

const seats: fc.Arbitrary<Seat> = fc.record({
  settled: flag,
  listed: flag,
  responsible: flag,
  inChat: flag,
  past: fc.constantFrom('none', 'tried', 'been'),
  doubted: fc.record({ unlisted: flag, inChat: flag }, { requiredKeys: [] }),
})

const twiceOrOnce = fc.constantFrom('once' as const, 'twice' as const)

const readings: fc.Arbitrary<SeatReading> = fc.record({
  listed: flag,
  responsible: flag,
  inChat: flag,
  standing: fc.constantFrom('employee', 'guest', 'inactive'),
  trust: fc.record({ vanishedListing: twiceOrOnce, chat: twiceOrOnce }),
})

const opens: fc.Arbitrary<Open> = fc.record({ admit: flag, expel: flag, list: fc.constantFrom('no', 'open', 'overtaken') })
const tolds: fc.Arbitrary<Told> = fc.record({ joined: flag, relisted: flag, wished: flag, staysOut: flag })

const policies: fc.Arbitrary<Policy> = fc.record({
  arrows: fc.record({ admit: flag, list: flag, expel: flag }),
  formerResponsible: fc.constantFrom('observer', 'removed'),
  guests: fc.constantFrom('allowed', 'refused'),
  outsiders: fc.constant('refused'),
  chatNames: fc.constant('key-and-title'),
  feed: fc.constant('quiet'),
  removalsMax: fc.record({ perItem: fc.nat(3), perPass: fc.nat(5) }),
})

const cases: fc.Arbitrary<SeatCase[]> = fc
  .array(
    fc.record({
      before: seats,
      reading: readings,
      open: opens,
      told: tolds,
      selfListed: fc.boolean(),
      resting: fc.constantFrom(null, 'admit' as const, 'list' as const, 'expel' as const),
    }),
    { maxLength: 8 },
  )
  .map((all) => all.map((each, index) => ({ ...each, person: asPersonId(`person ${index}`) })))

const UNLIMITED = { perItem: 1_000, perPass: 1_000 }
const unlimited = (policy: Policy): Policy => ({ ...policy, removalsMax: UNLIMITED })

function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze)
    Object.freeze(value)
  }
  return value
}

describe('the rule, whatever it is asked', () => {
  test('I14 judging changes nothing that it was given, and answers the same twice', () => {
    fc.assert(
      fc.property(seats, readings, opens, tolds, policies, (...given) => {
        freeze(given)
        expect(judge(...given)).toEqual(judge(...given))
      }),
    )
  })

  test('O3 nobody is admitted who the reading does not show on the item, under any policy', () => {
    fc.assert(
      fc.property(seats, readings, opens, tolds, policies, (before, reading, open, told, policy) => {
        const { move } = judge(before, reading, open, told, policy)
        if (move === 'admit') expect(reading.listed).toBe(true)
        if (move === 'expel') expect(reading.listed).toBe(false)
        if (move === 'list') expect(reading.listed).toBe(false)
      }),
    )
  })

  test('guests and switched off accounts are never written to the CRM, nor admitted', () => {
    fc.assert(
      fc.property(seats, readings, opens, tolds, policies, (before, reading, open, told, policy) => {
        const { move } = judge(before, reading, open, told, policy)
        if (reading.standing !== 'employee') expect(['rest', 'expel']).toContain(move)
      }),
    )
  })

  test('U1 an arrow that is off only turns its own move to rest; a wish of one’s own is not automation', () => {
    fc.assert(
      fc.property(seats, readings, opens, tolds, policies, (before, reading, open, told, policy) => {
        const all = judge(before, reading, open, told, { ...policy, arrows: DEFAULT_POLICY.arrows }).move
        const some = judge(before, reading, open, told, policy).move
        if (told.wished && (some === 'admit' || some === 'list')) return
        if (before.responsible && !policy.arrows.list) return // no hand-over: removed like anybody
        if (some !== 'rest') expect({ some, on: policy.arrows[some] }).toEqual({ some: all, on: true })
      }),
      { numRuns: 2_000 },
    )
  })

  test('guests may sit in a chat where the policy allows it, and are asked out where it does not', () => {
    const guest: SeatReading = {
      listed: false,
      responsible: false,
      inChat: true,
      standing: 'guest',
      trust: { vanishedListing: 'once', chat: 'once' },
    }
    const seat: Seat = { settled: false, listed: false, responsible: false, inChat: true, past: 'been', doubted: {} }
    const open: Open = { admit: false, expel: false, list: 'no' }
    const told: Told = { joined: false, relisted: false, wished: false, staysOut: false }
    expect(judge(seat, guest, open, told, DEFAULT_POLICY).move).toBe('rest')
    expect(judge(seat, guest, open, told, { ...DEFAULT_POLICY, guests: 'refused' }).move).toBe('expel')
  })
})

describe('many people at one item', () => {
  test('are judged each alone: the plan for all is the plans for each', () => {
    fc.assert(
      fc.property(cases, policies, (all, policy) => {
        const together = plan(all, unlimited(policy), 1_000)
        const alone = all.flatMap((each) => plan([each], unlimited(policy), 1_000).seats)
        expect(together.seats).toEqual(alone)
        expect(together.held).toEqual([])
      }),
    )
  })

  test('U5 the safety stop holds all removals together and lets everything else through', () => {
    fc.assert(
      fc.property(cases, policies, fc.nat(6), (all, policy, removalsLeft) => {
        const free = plan(all, unlimited(policy), 1_000)
        const stopped = plan(all, policy, removalsLeft)
        const leaving = free.seats.filter((seat) => seat.move === 'expel').map((seat) => seat.person)
        const tooMany = leaving.length > Math.min(policy.removalsMax.perItem, removalsLeft)
        expect(stopped.held).toEqual(tooMany ? leaving : [])
        expect(stopped.seats.map((seat) => seat.move)).toEqual(
          free.seats.map((seat) => (tooMany && seat.move === 'expel' ? 'rest' : seat.move)),
        )
        expect(stopped.seats.map((seat) => seat.seat)).toEqual(free.seats.map((seat) => seat.seat))
      }),
    )
  })

  test('U5 as many removals as the limit are made, and one more holds them all', () => {
    const leaving = (count: number): SeatCase[] =>
      Array.from({ length: count }, (_, index) => ({
        person: asPersonId(`person ${index}`),
        before: { settled: true, listed: true, responsible: false, inChat: true, past: 'been', doubted: {} },
        reading: {
          listed: false,
          responsible: false,
          inChat: true,
          standing: 'employee',
          trust: { vanishedListing: 'once', chat: 'once' },
        },
        open: { admit: false, expel: false, list: 'no' },
        told: { joined: false, relisted: false, wished: false, staysOut: false },
        resting: null,
        selfListed: false,
      }))
    expect(plan(leaving(10), DEFAULT_POLICY, 50).held).toHaveLength(0)
    expect(plan(leaving(11), DEFAULT_POLICY, 50).held).toHaveLength(11)
    expect(plan(leaving(3), DEFAULT_POLICY, 2).held).toHaveLength(3)
  })

  test('U7 a move that was refused rests, and only that move', () => {
    fc.assert(
      fc.property(cases, policies, (all, policy) => {
        const tireless = plan(
          all.map((each) => ({ ...each, resting: null })),
          unlimited(policy),
          1_000,
        ).seats
        plan(all, unlimited(policy), 1_000).seats.forEach((seat, index) => {
          const move = tireless[index]?.move
          expect(seat.move).toBe(move === all[index]?.resting ? 'rest' : move)
        })
      }),
    )
  })
})
