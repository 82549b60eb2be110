import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { Dismiss20Regular } from '@fluentui/react-icons'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTryOut } from '../data/admin.ts'
import type { Connection } from '../data/types.ts'
import { useSay } from '../parts/say.tsx'
import { words } from '../words.ts'

/**
 * What whoever comes back from connecting is told. What was not tried out since is tried at once (U9); an address that somebody follows
 * later, or is sent, begins nothing.
 */
export function JustConnected({ id, connections }: { id: string; connections: readonly Connection[] }) {
  const navigate = useNavigate({ from: '/admin' })
  const found = connections.find((one) => one.id === id)
  const [untried] = useState(found !== undefined && isUntried(found))
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{found ? `${found.title} is connected.` : 'It is connected.'}</MessageBarTitle>{' '}
        {found
          ? 'Discussions open there from now on. People are matched by their e-mail addresses. What Ringside needs there is tried out now, on a chat of its own.'
          : 'Its workspaces appear below as they are opened to Ringside. Try each of them out there.'}
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            icon={<Dismiss20Regular />}
            aria-label={words.close}
            onClick={() => void navigate({ search: {}, replace: true })}
          />
        }
      />
      {untried && <TryAtOnce id={id} />}
    </MessageBar>
  )
}

const isUntried = ({ state, probe, installedAt }: Connection) =>
  state === 'connected' && installedAt !== null && (probe === null || Date.parse(probe.at) < Date.parse(installedAt))

function TryAtOnce({ id }: { id: string }) {
  const { mutate } = useTryOut(id)
  const say = useSay()
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    mutate(undefined, { onError: say.failed })
  }, [mutate, say])
  return null
}
