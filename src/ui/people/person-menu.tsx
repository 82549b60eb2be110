import { Button, makeStyles, Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger, Text } from '@fluentui/react-components'
import { Keyboard20Regular, PeopleSwap20Regular, SignOut20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { useSignOut } from '../data/me.ts'
import type { Me } from '../data/types.ts'
import { useSay } from '../parts/say.tsx'
import { Unseen } from '../parts/unseen.tsx'
import { tokens } from '../theme.ts'
import { Face } from './face.tsx'
import { SwitchPerson } from './switch-person.tsx'

const useStyles = makeStyles({
  trigger: { minWidth: '52px', minHeight: '52px', padding: '4px', borderRadius: tokens.borderRadiusLarge },
  who: { display: 'flex', flexDirection: 'column', padding: '8px 12px', maxWidth: '240px' },
  role: { color: tokens.colorNeutralForeground3 },
})

export function PersonMenu({ me, onHelp }: { me: Me; onHelp: () => void }) {
  const styles = useStyles()
  const [switching, setSwitching] = useState(false)
  const signOut = useSignOut()
  const say = useSay()
  return (
    <>
      <Menu positioning="after-bottom">
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" className={styles.trigger}>
            <Face person={me} size={36} />
            <Unseen>{me.name}: switch person or sign out</Unseen>
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <div className={styles.who}>
            <Text weight="semibold">{me.name}</Text>
            <Text size={200} className={styles.role}>
              {[me.title ?? me.role, me.organisation.name].join(' · ')}
            </Text>
          </div>
          <MenuList>
            <MenuDivider />
            {me.demo && (
              <MenuItem icon={<PeopleSwap20Regular />} onClick={() => setSwitching(true)}>
                Switch person
              </MenuItem>
            )}
            <MenuItem icon={<Keyboard20Regular />} onClick={onHelp}>
              Keys
            </MenuItem>
            <MenuItem icon={<SignOut20Regular />} onClick={() => signOut.mutate(undefined, { onError: say.failed })}>
              Sign out
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {switching && <SwitchPerson me={me.id} onClose={() => setSwitching(false)} />}
    </>
  )
}
