import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../src/core/policy.ts'
import { decide, MOVES, type Place, placeOf } from '../../src/core/seat.ts'
import { USUAL } from './state.ts'
import { story } from './story.ts'

const LAGGING = { ...USUAL, readings: 'lagging' as const }
const WITHOUT_REVISIONS = { ...USUAL, revisions: false }

describe('the promises', () => {
  test('O20 a new chat takes in the responsible person and all observers, and nobody has to be added by hand', () => {
    story(`
      responsible ann; crm + bob; crm + cyd | chat + ann, chat + bob, chat + cyd
    `)
  })

  test('O22 who is put into the chat and not on the item becomes an observer', () => {
    story(`
      responsible ann | chat + ann
      chat + bob      | crm + bob
      save item       |
    `)
  })

  test('O22 who joined and left again before anybody looked becomes an observer as well, and stays out', () => {
    story(`
      chat + ann; chat - ann | crm + ann
      save item; restart     |
    `)
  })

  test('O23 who is removed from the chat, or leaves, stays an observer', () => {
    story(`
      crm + ann          | chat + ann
      chat - ann         |
      save item          |
      chat + bob         | crm + bob
      chat - bob         |
    `)
  })

  test('O24 who is added as an observer joins the chat', () => {
    story(`
      responsible ann | chat + ann
      crm + bob       | chat + bob
    `)
  })

  test('O26 who is removed from the item is removed from the chat', () => {
    story(`
      crm + ann; crm + bob | chat + ann, chat + bob
      crm - bob            | chat - bob
      chat + cyd           | crm + cyd
      crm - cyd            | chat - cyd
    `)
  })

  test('O28 an observer who is put on the item without its chat never was in it and stays out, until somebody puts them in', () => {
    story(`
      crm + ann                     | chat + ann
      crm + bob to observe only     |
      save item                     |
      restart                       |
      chat + bob                    |
      chat - bob                    |
      crm - bob                     |
      crm + bob                     | chat + bob
    `)
  })

  test('O28 whoever was inside, was switched off, and is to stay out meanwhile, is not brought back with the account', () => {
    story(`
      crm + ann                                       | chat + ann
      off and out ann; crm + ann to observe only      |
      on ann                                          |
    `)
  })

  test('O28 whoever was taken off and is put on again at once without the chat is taken out of it, and stays out', () => {
    story(`
      crm + bob                                  | chat + bob
      crm - bob; chat - bob; crm + bob to observe only |
      save item                                  |
      discuss bob                                | chat + bob
    `)
  })

  test('O28 an observer who was taken out of the chat stays out, and stays an observer', () => {
    story(`
      crm  + ann  |  chat + ann
      chat - ann  |
      save item   |
      restart     |
      crm  + bob  |  chat + bob
      crm  - ann  |
      crm  + ann  |  chat + ann
    `)
  })
})

describe('what must not be lost around the table (ARCHITECTURE §2)', () => {
  test('1 duplicates, late words and words that never come change nothing', () => {
    story(`
      crm + ann                     | chat + ann
      word of ann                   |
      chat - ann                    |
      chat + bob unheard            | crm + bob
      word of bob                   |
      crm - bob                     | chat - bob
      chat + bob unheard; chat - bob; save item |
    `)
  })

  test('2 somebody put in by our own late call, no longer on the item, is taken out and not listed', () => {
    story(`
      crm + ann; delay call for ann | chat + ann
      crm - ann                     | chat - ann
      late call for ann lands       | chat + ann, chat - ann
    `)
    story(`
      crm + ann; lose answer for ann; restart | chat + ann
      crm - ann                               | chat - ann
    `)
  })

  test('2 somebody our own late expel took out after a new listing is brought back, not taken for a leaver', () => {
    story(`
      crm + ann                  | chat + ann
      crm - ann; delay call for ann | chat - ann
      crm + ann                  | chat + ann
      late call for ann lands    | chat - ann, chat + ann
    `)
  })

  test('2 a listing whose answer was lost is not repeated after somebody took it back', () => {
    story(`
      chat + ann; crash after call for ann | crm + ann
      crm - ann                            | chat - ann
    `)
  })

  test('2 a crash before the call only delays it', () => {
    story(`
      crm + ann; crash before call for ann  | chat + ann
      crm - ann; crash before call for ann  | chat - ann
      chat + bob; crash before call for bob | crm + bob
    `)
  })

  test('3 where a CRM has no revision, a listing is gone only at the second reading', () => {
    story(
      `
      crm + ann | chat + ann
      crm - ann | chat - ann
    `,
      WITHOUT_REVISIONS,
    )
  })

  test('3 where readings of the chat may lag, a departure counts at the second one', () => {
    story(
      `
      crm + ann  | chat + ann
      chat - ann |
      chat + bob | crm + bob
      crm - bob  | chat - bob
    `,
      LAGGING,
    )
  })

  test('5 taken off and put on again between two readings ends an opt-out', () => {
    story(`
      crm + ann            | chat + ann
      chat - ann           |
      crm - ann; crm + ann | chat + ann
    `)
  })

  test('6 the CRM wins when somebody is taken off the item and put into the chat at once', () => {
    story(`
      crm + ann             | chat + ann
      chat - ann            |
      crm - ann; chat + ann | chat - ann
      chat + ann            | crm + ann
    `)
  })

  test('7 a former responsible person goes on as an observer', () => {
    story(`
      responsible ann                      | chat + ann
      not responsible ann; responsible bob | crm + ann, chat + bob
      crm - ann                            | chat - ann
    `)
  })

  test('7 a policy can take a former responsible person off the item', () => {
    story(
      `
      responsible ann                      | chat + ann
      not responsible ann; responsible bob | chat - ann, chat + bob
    `,
      { ...USUAL, policy: { ...DEFAULT_POLICY, formerResponsible: 'removed' } },
    )
  })

  test('7 who is both responsible and an observer stays when one of the two goes', () => {
    story(`
      responsible ann; crm + ann | chat + ann
      crm - ann                  |
      crm + ann                  |
      not responsible ann        |
    `)
  })

  test('7 O28 the hand-over does not bring back a former responsible person who had left the chat', () => {
    story(`
      responsible ann               | chat + ann
      chat - ann                    |
      not responsible ann           | crm + ann
      save item; restart            |
    `)
  })

  test('8 who presses Discuss and is not listed becomes an observer and joins', () => {
    story(`
      responsible ann | chat + ann
      discuss bob     | crm + bob, chat + bob
    `)
  })

  test('9 an account that is switched off and taken out is not a leaver, and comes back when it is switched on', () => {
    story(`
      crm + ann         | chat + ann
      off and out ann   |
      on ann            | chat + ann
      chat - ann        |
      off ann           |
      on ann            |
    `)
  })

  test('9 a switched off account is written to no CRM, and a removal still takes it out of the chat', () => {
    story(`
      chat + bob; off bob |
      on bob              | crm + bob
      off bob; crm - bob  | chat - bob
    `)
  })

  test('10 a refused move is not repeated until its rest is over', () => {
    story(`
      crm + ann; refuse ann |
      save item; restart    |
      rest is over for ann  | chat + ann
    `)
  })

  test('13 an opt-out ends by being taken off and put on, by being added to the chat, and by Discuss, and by nothing else', () => {
    story(`
      crm + ann         | chat + ann
      chat - ann        |
      discuss ann       | chat + ann
      chat - ann        |
      chat + ann        |
      chat - ann        |
      responsible ann   |
      save item         |
      crm - ann         |
      not responsible ann | crm + ann
      crm - ann         |
      crm + ann         | chat + ann
    `)
  })
})

describe('flaws that histories found, told again', () => {
  test('a wish that was pressed before a removal does not put the person back', () => {
    story(`
      crm + ann              | chat + ann
      discuss ann; crm - ann | chat - ann
    `)
  })

  test('a wish whose listing was made and taken back is not repeated after a crash', () => {
    story(`
      discuss ann; put off ann | crm + ann, chat + ann
    `)
    story(`
      discuss bob; crash after call for bob | crm + bob, chat + bob
      crm - bob                             | chat - bob
    `)
  })

  test('taken off, put on and gone between two looks: nobody knows the order, so less contact', () => {
    story(`
      crm + ann                        | chat + ann
      crm - ann; crm + ann; chat - ann |
      save item                        |
    `)
  })

  test('who left while our listing was on its way stays out when it arrives', () => {
    story(`
      chat + ann; delay call for ann; crash before call for ann | crm + ann
      chat - ann                                                |
    `)
  })

  test('who was to be listed and left before that was done is listed, and stays out', () => {
    story(`
      crm + bob; chat + ann; refuse ann | chat + bob
      chat - ann                        |
      rest is over for ann              |
      crm + ann                         | chat + ann
    `)
    story(`
      chat + ann; chat - ann; put off ann | crm + ann
      save item; restart                  |
    `)
  })

  test('word of a join that could not be acted upon does not turn a later listing into an opt-out', () => {
    story(`
      chat + ann; chat - ann; refuse ann      |
      chat + ann unheard; chat - ann          |
      word of ann; crm + ann; rest is over for ann | chat + ann
    `)
  })

  test('word of our own admit, at the time of a hand-over, is not a departure', () => {
    story(`
      responsible ann                      | chat + ann
      off and out ann; word of ann         |
      not responsible ann; on ann          | crm + ann, chat + ann
    `)
  })

  test('the same word of a join, told twice, does not undo a removal', () => {
    story(`
      chat + ann unheard; chat - ann; word of ann | crm + ann
      crm - ann                                   |
      chat + ann unheard; chat - ann              |
      word of ann                                 |
    `)
  })
})

test('the table: what is data here is the product', () => {
  const places: Place[] = ['outside', 'listed', 'chatting', 'both']
  expect(places.map((place) => MOVES.fresh[place])).toEqual(['rest', 'admit', 'list', 'rest'])
  expect(places.map((place) => MOVES.settled[place])).toEqual(['rest', 'rest', 'expel', 'rest'])
  expect([placeOf(false, false), placeOf(true, false), placeOf(false, true), placeOf(true, true)]).toEqual(places)
})

test('U1 every arrow switches its own move to rest, and no other', () => {
  for (const off of ['admit', 'list', 'expel'] as const) {
    const arrows = { ...DEFAULT_POLICY.arrows, [off]: false }
    for (const acquaintance of ['fresh', 'settled'] as const) {
      for (const place of ['outside', 'listed', 'chatting', 'both'] as const) {
        const usual = MOVES[acquaintance][place]
        expect(decide(acquaintance, place, arrows)).toBe(usual === off ? 'rest' : usual)
      }
    }
  }
})
