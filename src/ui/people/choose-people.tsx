import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  OverlayDrawer,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Subtitle2,
  type ButtonProps,
} from '@fluentui/react-components'
import { Dismiss24Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Person } from '../data/types.ts'
import { useOnePane } from '../parts/media.ts'
import { words } from '../words.ts'
import { PeopleList } from './people-list.tsx'

const useStyles = makeStyles({
  popover: { display: 'flex', flexDirection: 'column', gap: '12px', width: '340px', height: '400px', maxHeight: '70vh', padding: '16px' },
  foot: { display: 'flex', gap: '8px', justifyContent: 'flex-end' },
  sheet: { height: '78dvh', borderTopLeftRadius: '16px', borderTopRightRadius: '16px' },
  sheetBody: { display: 'flex', flexDirection: 'column', minHeight: 0 },
  wide: { flex: 1 },
})

type Props = {
  readonly title: string
  readonly button: Omit<ButtonProps, 'onClick'> & { children?: string; 'aria-label'?: string }
  readonly multi?: boolean
  readonly picked?: readonly Person[]
  readonly without?: readonly string[]
  /** What the button below the list says, for this many ticked people. */
  readonly action?: (people: number) => string
  readonly onChosen: (people: readonly Person[]) => void
}

/** A button that opens the people: beside it on a wide page, as a sheet from below on a phone. */
export function ChoosePeople(props: Props) {
  const [open, setOpen] = useState(false)
  const sheet = useOnePane()
  if (!sheet) return <InPopover {...props} open={open} setOpen={setOpen} />
  return (
    <>
      <Button {...(props.button as ButtonProps)} aria-haspopup="dialog" onClick={() => setOpen(true)} />
      <InSheet {...props} open={open} setOpen={setOpen} />
    </>
  )
}

type Open = Props & { open: boolean; setOpen: (open: boolean) => void }

function InPopover(props: Open) {
  const styles = useStyles()
  return (
    <Popover open={props.open} onOpenChange={(_, data) => props.setOpen(data.open)} trapFocus positioning="below-start">
      <PopoverTrigger disableButtonEnhancement>
        <Button {...(props.button as ButtonProps)} />
      </PopoverTrigger>
      <PopoverSurface className={styles.popover} aria-label={props.title}>
        <Subtitle2 as="h2">{props.title}</Subtitle2>
        <Choice {...props} />
      </PopoverSurface>
    </Popover>
  )
}

function InSheet(props: Open) {
  const styles = useStyles()
  return (
    <OverlayDrawer position="bottom" className={styles.sheet} open={props.open} onOpenChange={(_, data) => props.setOpen(data.open)}>
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button
              appearance="subtle"
              size="large"
              icon={<Dismiss24Regular />}
              aria-label={words.close}
              onClick={() => props.setOpen(false)}
            />
          }
        >
          {props.title}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <Choice {...props} />
    </OverlayDrawer>
  )
}

/** The list with its button; ticks begin anew each time it opens, and are given out only when the button is pressed. */
function Choice({ title, multi = false, picked = [], without, action = () => 'Select', onChosen, setOpen }: Open) {
  const styles = useStyles()
  const sheet = useOnePane()
  const [ticked, setTicked] = useState(picked)
  const choose = (people: readonly Person[]) => {
    setOpen(false)
    onChosen(people)
  }
  const list = (
    <PeopleList
      label={title}
      multi={multi}
      picked={multi ? ticked : picked}
      onPicked={multi ? setTicked : choose}
      {...(without ? { without } : {})}
    />
  )
  const unchanged = ticked.length === picked.length && ticked.every((person) => picked.some((other) => other.id === person.id))
  const button = multi && (
    <Button appearance="primary" className={sheet ? styles.wide : ''} disabledFocusable={unchanged} onClick={() => choose(ticked)}>
      {action(ticked.length)}
    </Button>
  )
  if (!sheet) {
    return (
      <>
        {list}
        {button && <div className={styles.foot}>{button}</div>}
      </>
    )
  }
  return (
    <>
      <DrawerBody className={styles.sheetBody}>{list}</DrawerBody>
      {button && <DrawerFooter>{button}</DrawerFooter>}
    </>
  )
}
