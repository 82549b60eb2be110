import { takes } from '../../core/words/group-action.ts'
import type { GroupAction, GroupActionName } from '../data/types.ts'
import { count } from '../parts/format.ts'

const number = (n: number) => n.toLocaleString('en')

/** What the list says about many items at once. */
export const groupWords = {
  titles: {
    'add-observers': 'Add observers',
    'remove-observers': 'Remove observers',
    discuss: 'Discuss',
    'hand-over': 'Hand over',
  } satisfies Record<GroupActionName, string>,
  underWay: {
    'add-observers': 'Adding observers',
    'remove-observers': 'Removing observers',
    discuss: 'Opening chats',
    'hand-over': 'Handing over',
  } satisfies Record<GroupActionName, string>,
  selected: (n: number) => `${number(n)} selected`,
  everyPage: (total: number) => `All ${number(total)} on every page`,
  progress: ({ looked, total }: GroupAction) => `${number(looked)} of ${number(total)}`,
  left: (seconds: number | null) => (seconds === null ? '' : takes(seconds)),
  mayLeave: 'You can leave this page. It goes on, and you find it here again.',
  followChats: (n: number) => `${count(n, 'chat follows', 'chats follow')} in a moment.`,
  wait: (n: number) => `${count(n, 'person waits', 'people wait')} to be taken out of chats: so many at once need your go-ahead.`,
  done: ({ state, changed, untouched, refused }: GroupAction) =>
    [
      state === 'stopped' ? 'Stopped.' : 'Done.',
      `${number(changed)} changed.`,
      ...(untouched > 0 ? [`${number(untouched)} ${untouched === 1 ? 'was' : 'were'} so already.`] : []),
      ...(refused > 0 ? [`${number(refused)} could not, or not for everybody.`] : []),
    ].join(' '),
} as const
