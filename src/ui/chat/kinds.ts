import type { Chat } from '../data/types.ts'

/** What each kind of chat is called beside the number of its people. */
export const KIND_TITLES: Readonly<Record<Chat['kind'], string>> = {
  item: 'Private',
  private: 'Private',
  direct: 'Person to person',
  public: 'Public',
}
