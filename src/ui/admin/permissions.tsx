import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, Badge, makeStyles } from '@fluentui/react-components'
import type { Connection } from '../data/types.ts'
import { count } from '../parts/format.ts'
import { tokens } from '../theme.ts'

const useStyles = makeStyles({
  whole: { margin: '0 -12px' },
  list: { display: 'flex', flexDirection: 'column', gap: '8px', padding: '4px 0 8px' },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 8px' },
  scope: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, fontFamily: tokens.fontFamilyMonospace },
})

/** Every permission with its reason (K11): the reason first, because the vendor's name of it says little. */
export function Permissions({ scopes }: { scopes: Connection['scopes'] }) {
  const styles = useStyles()
  if (scopes.length === 0) return null
  const missing = scopes.filter(({ granted }) => granted === false).length
  return (
    <Accordion collapsible className={styles.whole}>
      <AccordionItem value="permissions">
        <AccordionHeader as="h4">
          {count(scopes.length, 'permission')}, and what each is for{missing > 0 && ` · ${missing} not granted`}
        </AccordionHeader>
        <AccordionPanel>
          <ul className={styles.list}>
            {scopes.map(({ scope, why, granted }) => (
              <li key={scope} className={styles.row}>
                <span>{why}</span>
                <span className={styles.scope}>{scope}</span>
                {granted === false && (
                  <Badge appearance="tint" color="warning" shape="rounded">
                    Not granted
                  </Badge>
                )}
              </li>
            ))}
          </ul>
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  )
}
