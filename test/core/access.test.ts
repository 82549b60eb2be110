import { describe, expect, test } from 'vitest'
import { EVERYTHING } from '../../src/core/entitlement.ts'
import { type Act, type Answer, may, type Role, type Viewer, whyNotObserver } from '../../src/core/access.ts'
import { asPersonId } from '../../src/core/ids.ts'
import { ITEM_TYPE_NAMES, type ItemType, takesObservers } from '../../src/core/item.ts'

type PlaceOnItem = 'responsible' | 'observer' | 'neither'

const ANN = asPersonId('ann')
const BOB = asPersonId('bob')

const itemWith = (place: PlaceOnItem, type: ItemType = 'deal') => ({
  type,
  key: 'D-42',
  responsible: place === 'responsible' ? ANN : BOB,
  observers: place === 'observer' ? [ANN] : [],
})

const viewer = (role: Role, more: Partial<Viewer> = {}): Viewer => ({
  id: ANN,
  role,
  active: true,
  unreadableTypes: [],
  entitlement: EVERYTHING,
  ...more,
})

const inWords = (answer: Answer) => (answer.may ? 'yes' : answer.hidden ? 'hidden' : 'no')

/** Who may do what, written out: `hidden` is answered exactly as an item that does not exist. */
const EXPECTED: Record<Role, Record<PlaceOnItem, Record<Act, 'yes' | 'no' | 'hidden'>>> = {
  administrator: {
    responsible: { see: 'yes', edit: 'yes', appoint: 'yes', discuss: 'yes', comment: 'yes', delete: 'yes' },
    observer: { see: 'yes', edit: 'yes', appoint: 'yes', discuss: 'yes', comment: 'yes', delete: 'yes' },
    neither: { see: 'yes', edit: 'yes', appoint: 'yes', discuss: 'yes', comment: 'yes', delete: 'yes' },
  },
  manager: {
    responsible: { see: 'yes', edit: 'yes', appoint: 'yes', discuss: 'yes', comment: 'yes', delete: 'yes' },
    observer: { see: 'yes', edit: 'yes', appoint: 'yes', discuss: 'yes', comment: 'yes', delete: 'yes' },
    neither: { see: 'yes', edit: 'yes', appoint: 'yes', discuss: 'yes', comment: 'yes', delete: 'yes' },
  },
  employee: {
    responsible: { see: 'yes', edit: 'yes', appoint: 'yes', discuss: 'yes', comment: 'yes', delete: 'no' },
    observer: { see: 'yes', edit: 'no', appoint: 'yes', discuss: 'yes', comment: 'yes', delete: 'no' },
    neither: { see: 'hidden', edit: 'hidden', appoint: 'hidden', discuss: 'hidden', comment: 'hidden', delete: 'hidden' },
  },
  guest: {
    responsible: { see: 'hidden', edit: 'hidden', appoint: 'hidden', discuss: 'hidden', comment: 'hidden', delete: 'hidden' },
    observer: { see: 'hidden', edit: 'hidden', appoint: 'hidden', discuss: 'hidden', comment: 'hidden', delete: 'hidden' },
    neither: { see: 'hidden', edit: 'hidden', appoint: 'hidden', discuss: 'hidden', comment: 'hidden', delete: 'hidden' },
  },
}

const cells = Object.entries(EXPECTED).flatMap(([role, places]) =>
  Object.entries(places).flatMap(([place, acts]) =>
    Object.entries(acts).map(([act, answer]) => ({ role: role as Role, place: place as PlaceOnItem, act: act as Act, answer })),
  ),
)

describe('who may do what with an item', () => {
  test('O2 O3 every role, place and act is answered as the table says', () => {
    expect(cells).toHaveLength(4 * 3 * 6)
    const answers = cells.map((cell) => ({ ...cell, answer: inWords(may(viewer(cell.role), cell.act, itemWith(cell.place))) }))
    expect(answers).toEqual(cells)
  })

  test('O3 an item nobody may see is hidden from every act alike, so that nobody can tell it exists', () => {
    const acts: Act[] = ['see', 'edit', 'appoint', 'discuss', 'comment', 'delete']
    const types = ITEM_TYPE_NAMES.flatMap((type) => acts.map((act) => may(viewer('employee'), act, itemWith('neither', type))))
    for (const answer of types) expect(answer).toEqual({ may: false, hidden: true })
  })

  test.each(['administrator', 'manager', 'employee'] as const)(
    'O16 without read access to the type, a %s sees none of its items',
    (role) => {
      for (const place of ['responsible', 'observer', 'neither'] as const) {
        expect(inWords(may(viewer(role, { unreadableTypes: ['deal'] }), 'see', itemWith(place)))).toBe('hidden')
        expect(inWords(may(viewer(role, { unreadableTypes: ['lead'] }), 'see', itemWith('observer')))).toBe('yes')
      }
    },
  )

  test('O3 whose account is switched off sees nothing', () => {
    for (const role of ['administrator', 'manager', 'employee'] as const) {
      expect(inWords(may(viewer(role, { active: false }), 'see', itemWith('responsible')))).toBe('hidden')
    }
  })

  test('O7 estimates and signing documents refuse observers and chats in a sentence, to who may see them', () => {
    for (const type of ['estimate', 'document'] as const) {
      for (const act of ['discuss', 'appoint'] as const) {
        const answer = may(viewer('administrator'), act, itemWith('neither', type))
        expect(answer).toMatchObject({ may: false, hidden: false, code: 'type_without_observers' })
        expect(JSON.stringify(answer)).toMatch(/(Estimates|Signing documents) don't have observers or a chat\./)
      }
      expect(inWords(may(viewer('administrator'), 'edit', itemWith('neither', type)))).toBe('yes')
      expect(inWords(may(viewer('employee'), 'discuss', itemWith('neither', type)))).toBe('hidden')
    }
  })

  test('O6 the six types that take observers may be discussed by who is on them', () => {
    const types = ITEM_TYPE_NAMES.filter(takesObservers)
    expect(types).toEqual(['lead', 'deal', 'contact', 'company', 'invoice', 'custom'])
    for (const type of types) expect(inWords(may(viewer('employee'), 'discuss', itemWith('observer', type)))).toBe('yes')
  })

  test('a refusal names the item and who can do it instead', () => {
    const answer = may(viewer('employee'), 'edit', itemWith('observer'))
    expect(answer).toEqual({
      may: false,
      hidden: false,
      code: 'not_allowed',
      why: 'Only the responsible person or a manager can change D-42.',
    })
  })
})

describe('who may be made an observer', () => {
  const ann = { ...viewer('employee'), name: 'Ann' }

  test('O16 an employee who may read the type', () => {
    expect(whyNotObserver(ann, 'deal', 'D-42')).toBeNull()
    expect(whyNotObserver({ ...ann, unreadableTypes: ['lead'] }, 'deal', 'D-42')).toBeNull()
  })

  test.each([
    [
      'O16 not without read access to the type',
      { ...ann, unreadableTypes: ['deal' as const] },
      'deal',
      'no_read_access',
      /no read access to deals/,
    ],
    ['O6 not while switched off', { ...ann, active: false }, 'deal', 'person_inactive', /switched off/],
    ['not a guest', { ...ann, role: 'guest' as const }, 'deal', 'guest_cannot_observe', /guests have no access/],
    ['O7 nobody on an estimate', ann, 'estimate', 'type_without_observers', /^Estimates don't/],
    ['O7 nobody on a signing document', ann, 'document', 'type_without_observers', /^Signing documents don't/],
  ] as const)('%s, with the reason', (_, person, type, code, why) => {
    const answer = whyNotObserver(person, type, 'D-42')
    expect(answer?.code).toBe(code)
    expect(answer?.why).toMatch(why)
  })
})
