import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { Chat20Regular, MoreHorizontal20Regular, Open20Regular } from '@fluentui/react-icons'
import { useNavigate } from '@tanstack/react-router'
import type { Item } from '../data/types.ts'
import { words } from '../words.ts'

/** The ⋯ of one item in a list. */
export function ItemMenu({ item, onDiscuss, className }: { item: Item; onDiscuss: () => void; className?: string }) {
  const navigate = useNavigate()
  return (
    <Menu positioning="below-end">
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          {...(className ? { className } : {})}
          icon={<MoreHorizontal20Regular />}
          aria-label={`More for ${item.key}`}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem icon={<Open20Regular />} onClick={() => void navigate({ to: '/items/$itemId', params: { itemId: item.id } })}>
            Open
          </MenuItem>
          {item.may.discuss && (
            <MenuItem icon={<Chat20Regular />} onClick={onDiscuss}>
              {words.discuss}
            </MenuItem>
          )}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
