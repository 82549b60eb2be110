import { Link, makeStyles } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { mentionPieces, type Nameable } from '../../core/mentions.ts'
import { tokens } from '../theme.ts'

/** What a message may be made of. HTML in it stays the text it is, pictures from elsewhere are not fetched, and only https is a link. */
const ALLOWED = [
  'p',
  'strong',
  'em',
  'del',
  'code',
  'pre',
  'blockquote',
  'ul',
  'ol',
  'li',
  'a',
  'br',
  'hr',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
]
const SCHEMA = { ...defaultSchema, tagNames: [...ALLOWED, 'mark'], protocols: { href: ['https'] } }

const useStyles = makeStyles({
  text: {
    '& p': { whiteSpace: 'pre-wrap' },
    '& > * + *': { marginTop: '8px' },
    '& ul': { listStyleType: 'disc', paddingLeft: '20px' },
    '& ol': { listStyleType: 'decimal', paddingLeft: '24px' },
    '& blockquote': { margin: 0, paddingLeft: '10px', borderLeft: `3px solid ${tokens.colorNeutralStroke1}` },
    '& code': { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
    '& pre': {
      margin: 0,
      padding: '8px 10px',
      overflowX: 'auto',
      borderRadius: tokens.borderRadiusMedium,
      backgroundColor: tokens.colorNeutralBackground1,
    },
    '& hr': { border: 'none', borderTop: `1px solid ${tokens.colorNeutralStroke1}` },
    '& table': { borderCollapse: 'collapse', display: 'block', overflowX: 'auto' },
    '& th, & td': { border: `1px solid ${tokens.colorNeutralStroke1}`, padding: '4px 8px', textAlign: 'left' },
    '& mark': { backgroundColor: 'transparent', color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightSemibold },
  },
  link: { color: 'inherit', textDecorationLine: 'underline' },
})

/** A message in Markdown, with the people it names. */
export function Markdown({ text, mentions }: { text: string; mentions: readonly Nameable[] }) {
  const styles = useStyles()
  return (
    <div className={styles.text}>
      <ReactMarkdown
        remarkPlugins={PLUGINS}
        rehypePlugins={[
          [rehypeSanitize, SCHEMA],
          [marked, mentions],
        ]}
        allowedElements={[...ALLOWED, 'mark']}
        unwrapDisallowed
        components={COMPONENTS}
      >
        {text}
      </ReactMarkdown>
    </div>
  )
}

/** One tilde means "about" more often than it strikes out. */
const PLUGINS = [[remarkGfm, { singleTilde: false }] as [typeof remarkGfm, { singleTilde: boolean }]]

/** The address learns nothing of where the link stood. */
function Address({ href, children }: { href?: string; children?: ReactNode }) {
  const styles = useStyles()
  if (!href?.startsWith('https://')) return children
  return (
    <Link href={href} target="_blank" rel="noopener noreferrer nofollow ugc" className={styles.link}>
      {children}
    </Link>
  )
}

const COMPONENTS: Components = { a: ({ href, children }) => <Address {...(href === undefined ? {} : { href })}>{children}</Address> }

type Node = { type: string; tagName?: string; value?: string; children?: Node[]; properties?: object }

/** Names stand out, but not in code, where an @ means something else. */
function marked(mentions: readonly Nameable[]) {
  return (tree: Node) => {
    if (mentions.length > 0) markIn(tree, mentions)
  }
}

function markIn(node: Node, mentions: readonly Nameable[]): void {
  if (node.tagName === 'code' || !node.children) return
  node.children = node.children.flatMap((child): Node[] => {
    if (child.type !== 'text') return (markIn(child, mentions), [child])
    return mentionPieces(child.value ?? '', mentions).map((piece): Node => {
      const text: Node = { type: 'text', value: piece.text }
      return piece.people.length > 0 ? { type: 'element', tagName: 'mark', properties: {}, children: [text] } : text
    })
  })
}
