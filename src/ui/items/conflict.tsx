import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import type { Item } from '../data/types.ts'
import { changesBetween } from './draft.ts'

/** Somebody saved first. Reload takes their changes in; what was typed here stays. */
export function Conflict({ before, now, onReload }: { before: Item; now: Item; onReload: () => void }) {
  const changes = changesBetween(before, now)
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{now.key} was changed meanwhile.</MessageBarTitle>
        <ul>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
        Reload brings these in and keeps what you typed.
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onReload}>Reload</Button>
      </MessageBarActions>
    </MessageBar>
  )
}
