import type { Person } from './data/types.ts'
import { count, firstName } from './parts/format.ts'

/** What the workspace says in more than one place. One tone everywhere: plain, short, and what to do next. */
export const words = {
  product: 'Ringside',
  discuss: 'Discuss in chat',
  openChat: 'Open chat',
  openedChat: (key: string) => `Opened the chat of ${key}`,
  chatElsewhere: (key: string) => `The chat of ${key} is open in a new tab`,
  observers: 'Observers',
  responsible: 'Responsible',
  wholeAmount: 'Write a whole number, such as 12,500.',
  noObservers: 'Nobody observes this yet.',
  addObservers: (number: number) => (number === 0 ? 'Choose people to add' : `Add ${count(number, 'person', 'people')}`),
  noLongerObserves: (person: Pick<Person, 'name'>, key: string) => `${person.name} no longer observes ${key}.`,
  staysObserver: (person: Pick<Person, 'name'>) => `${firstName(person.name)} stays as an observer.`,
  becomeObservers: (key: string) => `They become observers of ${key}.`,
  showHistory: 'Show history',
  historyShown: 'New people see all earlier messages.',
  historyHidden: 'New people see only what is written from now on.',
  left: (key: string | null) =>
    key
      ? `You left the chat. You still observe ${key}, and you can come back any time.`
      : 'You left the chat. A member can invite you again.',
  notVisible: "You can't see this, or it doesn't exist.",
  noMatch: 'Nothing matches.',
  clearFilters: 'Clear filters',
  retry: 'Retry',
  undo: 'Undo',
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close',
  offline: 'You are offline. What you see may be behind; it catches up by itself.',
  reconnecting: 'Reconnecting… What you see may be behind.',
} as const
