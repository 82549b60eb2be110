import { Button } from '@fluentui/react-components'
import { PlugConnectedRegular } from '@fluentui/react-icons'
import type { Connection, ConnectionPage } from '../data/types.ts'
import { useCard } from './card.ts'

type Systems = ConnectionPage['connect']

/** The chat systems an administrator can let Ringside into from here, or what has to be set up before that. */
export function ConnectMore({ systems, connected }: { systems: Systems; connected: readonly Connection[] }) {
  const card = useCard()
  return systems.map(({ platform, title, url, whyNot }) => {
    const another = connected.some((one) => one.platform === platform && one.state === 'connected')
    return (
      <div key={platform} className={card.card}>
        <div className={card.head}>
          <h3 className={card.title}>{another ? `Another ${title} workspace` : title}</h3>
        </div>
        <p className={card.quiet}>
          {whyNot ??
            `You go to ${title}, choose the workspace and allow Ringside in, and come back here. Discussions open in ${title} from then on. It takes five minutes.`}
        </p>
        {url !== null && (
          <div className={card.buttons}>
            <Button as="a" href={url} appearance={another ? 'secondary' : 'primary'} icon={<PlugConnectedRegular />}>
              Connect {title}
            </Button>
          </div>
        )}
      </div>
    )
  })
}
