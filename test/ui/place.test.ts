import { expect, test } from 'vitest'
import { isAddress, placeOf } from '../../src/ui/items/place.ts'

test.each([
  ['https://example.slack.com/archives/C1/p1', 'in Slack'],
  ['https://teams.microsoft.com/l/message/1', 'in Teams'],
  ['https://notslack.com/archives/C1/p1', 'where it was said'],
  ['https://slack.com.evil.example/', 'where it was said'],
])('K6 a note says where it was said: %s is %s', (address, place) => {
  expect(placeOf(address)).toBe(place)
})

test.each([
  ['https://example.slack.com/archives/C1/p1', true],
  ['javascript:alert(1)', false],
  ['http://example.slack.com/', false],
  ['no address', false],
])('only the address of a page becomes a link: %s', (text, link) => {
  expect(isAddress(text)).toBe(link)
})
