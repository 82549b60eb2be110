import { expect, test } from 'vitest'
import { afterSignIn } from '../../src/ui/data/me.ts'

test('whoever was about to connect a chat system goes on there after signing in, and nobody is sent to another site', () => {
  expect(afterSignIn('?next=%2Fslack%2Finstall')).toBe('/slack/install')
  for (const search of ['', '?next=', '?next=https%3A%2F%2Fevil.example', '?next=%2F%2Fevil.example%2Finstall', '?next=%2Fitems']) {
    expect(afterSignIn(search)).toBeNull()
  }
})
