import { createDarkTheme, createLightTheme, tokens, type BrandVariants, type Theme } from '@fluentui/react-components'

/** One brand colour, a deep teal. Violet belongs to private chats alone, and always comes with a lock. */
const teal: BrandVariants = {
  10: '#011617',
  20: '#022426',
  30: '#033033',
  40: '#043e41',
  50: '#054a4e',
  60: '#07575b',
  70: '#08646a',
  80: '#0a6e73',
  90: '#22858a',
  100: '#3f979c',
  110: '#5aa9ad',
  120: '#77bbbe',
  130: '#94cccf',
  140: '#b1dcde',
  150: '#cdebec',
  160: '#e8f5f5',
}

const font = { fontFamilyBase: "'Segoe UI', 'Inter Variable', system-ui, -apple-system, 'Helvetica Neue', sans-serif" }

type OurColours = {
  readonly ringPrivateBack: string
  readonly ringPrivateText: string
  readonly ringPrivateLine: string
  readonly ringPage: string
  readonly ringOwnBack: string
  readonly ringDotStart: string
  readonly ringDotMiddle: string
  readonly ringDotLate: string
  readonly ringDotWon: string
  readonly ringDotLost: string
}

export type RingsideTheme = Theme & OurColours

export const lightTheme: RingsideTheme = {
  ...createLightTheme(teal),
  ...font,
  ringPrivateBack: '#f1ecfb',
  ringPrivateText: '#57389f',
  ringPrivateLine: '#c9b8ee',
  ringPage: '#f4f7f7',
  ringOwnBack: '#dcf0ef',
  ringDotStart: '#3b82c4',
  ringDotMiddle: '#d18a00',
  ringDotLate: '#0a8a8f',
  ringDotWon: '#2e8540',
  ringDotLost: '#b0413e',
}

const dark = createDarkTheme(teal)

export const darkTheme: RingsideTheme = {
  ...dark,
  ...font,
  // Fluent's dark defaults are a step too dim for this teal: these hold 4.5 : 1 on every dark background.
  colorBrandForeground1: teal[120],
  colorBrandForeground2: teal[130],
  colorBrandForegroundLink: teal[120],
  colorBrandForegroundLinkHover: teal[130],
  colorCompoundBrandForeground1: teal[120],
  colorCompoundBrandForeground1Hover: teal[130],
  colorNeutralForeground2BrandHover: teal[120],
  colorNeutralForeground2BrandPressed: teal[130],
  colorNeutralForeground2BrandSelected: teal[120],
  ringPrivateBack: '#2f2549',
  ringPrivateText: '#cdbcf6',
  ringPrivateLine: '#5a4690',
  ringPage: '#141818',
  ringOwnBack: '#0d4347',
  ringDotStart: '#6caee8',
  ringDotMiddle: '#e8ae3a',
  ringDotLate: '#4fc3c7',
  ringDotWon: '#6cc17c',
  ringDotLost: '#e58a86',
}

const names = Object.keys({
  ringPrivateBack: 0,
  ringPrivateText: 0,
  ringPrivateLine: 0,
  ringPage: 0,
  ringOwnBack: 0,
  ringDotStart: 0,
  ringDotMiddle: 0,
  ringDotLate: 0,
  ringDotWon: 0,
  ringDotLost: 0,
} satisfies Record<keyof OurColours, 0>) as (keyof OurColours)[]

/** Our own colours as CSS variables, beside Fluent's `tokens`. */
export const ours = Object.fromEntries(names.map((name) => [name, `var(--${name})`])) as Record<keyof OurColours, string>

export { tokens }

/** The widths at which the page changes its shape. */
export const WIDTH = { phone: 480, onePane: 720, twoPanes: 1024, wide: 1280 } as const

export const media = {
  belowPhone: `@media (max-width: ${WIDTH.phone - 1}px)`,
  belowOnePane: `@media (max-width: ${WIDTH.onePane - 1}px)`,
  fromOnePane: `@media (min-width: ${WIDTH.onePane}px)`,
  belowTwoPanes: `@media (max-width: ${WIDTH.twoPanes - 1}px)`,
  fromTwoPanes: `@media (min-width: ${WIDTH.twoPanes}px)`,
  belowWide: `@media (max-width: ${WIDTH.wide - 1}px)`,
  forced: '@media (forced-colors: active)',
} as const
