import { makeStyles } from '@fluentui/react-components'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { media, tokens } from '../theme.ts'

const useStyles = makeStyles({
  link: {
    color: tokens.colorBrandForegroundLink,
    fontWeight: tokens.fontWeightSemibold,
    borderRadius: tokens.borderRadiusSmall,
    ':hover': { color: tokens.colorBrandForegroundLinkHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
    [media.belowOnePane]: { display: 'inline-flex', alignItems: 'center', minHeight: '44px' },
  },
})

function Anchor({ children, ...props }: ComponentProps<'a'>) {
  return (
    <a {...props} className={useStyles().link}>
      {children}
    </a>
  )
}

/** A link to another page of the workspace that stands in text. */
export const TextLink = createLink(Anchor)
