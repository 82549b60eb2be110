import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components'
import { useAllowRemovals } from '../data/items.ts'
import { sentenceOf } from '../data/problem.ts'
import type { Item } from '../data/types.ts'
import { count } from '../parts/format.ts'

/** The safety stop: many people would leave the chat at once, so somebody looks first. */
export function HeldRemovals({ item }: { item: Item }) {
  const allow = useAllowRemovals(item.id)
  const waiting = item.chat?.waiting ?? 0
  if (waiting === 0) return null
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        {allow.isError
          ? sentenceOf(allow.error)
          : `${count(waiting, 'person', 'people')} in the chat are no longer named on ${item.key}. That is a lot at once, so they stay until somebody confirms it.`}
      </MessageBarBody>
      {item.may.edit && (
        <MessageBarActions>
          <Button size="small" disabledFocusable={allow.isPending} onClick={() => allow.mutate()}>
            {`Take ${waiting} out of the chat`}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  )
}
