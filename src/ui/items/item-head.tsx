import { makeStyles, Text } from '@fluentui/react-components'
import { ArrowLeft20Regular, Info16Regular } from '@fluentui/react-icons'
import { Link } from '@tanstack/react-router'
import type { Item } from '../data/types.ts'
import { media, tokens } from '../theme.ts'
import { DiscussButton } from './discuss.tsx'
import { Stage, TypeTile } from './marks.tsx'

const useStyles = makeStyles({
  head: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: '12px 16px',
    padding: '20px 28px 16px',
    [media.belowOnePane]: { padding: '12px 16px 12px' },
  },
  back: {
    display: 'inline-grid',
    placeItems: 'center',
    width: '44px',
    height: '44px',
    margin: '-6px -8px -6px -12px',
    color: tokens.colorNeutralForeground2,
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  words: { flex: '1 1 240px', minWidth: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
  facts: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px', color: tokens.colorNeutralForeground2 },
  title: {
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
    letterSpacing: '-0.01em',
    overflowWrap: 'anywhere',
    [media.belowOnePane]: { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500 },
  },
  tile: { width: '44px', height: '44px', fontSize: '24px', [media.belowPhone]: { display: 'none' } },
  discuss: { [media.belowOnePane]: { width: '100%' } },
  whyNot: { display: 'inline-flex', alignItems: 'flex-start', gap: '6px', color: tokens.colorNeutralForeground2 },
  sign: { flexShrink: 0, marginTop: '2px' },
})

export function ItemHead({ item }: { item: Item }) {
  const styles = useStyles()
  const told = item.may.whyNot ?? item.chat?.why
  return (
    <header className={styles.head}>
      <Link to="/" className={styles.back} aria-label="Back to items">
        <ArrowLeft20Regular />
      </Link>
      <TypeTile type={item.type} className={styles.tile} />
      <div className={styles.words}>
        <div className={styles.facts}>
          <span>{item.key}</span>
          <Stage stage={item.stage} />
        </div>
        <h1 className={styles.title}>{item.title}</h1>
      </div>
      <DiscussButton item={item} size="large" className={styles.discuss} />
      {told && (
        <Text className={styles.whyNot}>
          <Info16Regular className={styles.sign} aria-hidden /> {told}
        </Text>
      )}
    </header>
  )
}
