/**
 * Who may import whom: the table of docs/ARCHITECTURE.md. `test/tidy/imports.test.ts` breaks every row once and expects to be told.
 * Type imports count like the others, except where a row says otherwise.
 */
import type { DependencyType, ICruiseOptions, IRegularForbiddenRuleType } from 'dependency-cruiser'

const PACKAGES: DependencyType[] = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown', 'unknown']

/** Of our own files, `folder` may import only those that `may` names. */
const only = (name: string, folder: string, may: string, comment: string): IRegularForbiddenRuleType => ({
  name,
  comment,
  severity: 'error',
  from: { path: folder },
  to: { path: '^(src|adapters|db|test)/', pathNot: may },
})

const never = (name: string, folder: string, to: IRegularForbiddenRuleType['to'], comment: string): IRegularForbiddenRuleType => ({
  name,
  comment,
  severity: 'error',
  from: { path: folder },
  to,
})

export const forbidden: IRegularForbiddenRuleType[] = [
  never('core', '^src/core/', { pathNot: '^src/core/' }, 'src/core is pure: it imports itself only, no package, nothing of Node.'),
  never('ports', '^src/ports/', { pathNot: '^src/(ports|core)/' }, 'src/ports imports src/core only.'),
  never('ports-types', '^src/ports/', { path: '^src/core/', dependencyTypesNot: ['type-only'] }, 'src/ports are types: use `import type`.'),
  only('db', '^db/', '^(db|src/(core|ports))/', 'db imports src/core, the types of src/ports, and its drivers.'),
  never('db-ports', '^db/', { path: '^src/ports/', dependencyTypesNot: ['type-only'] }, 'db stores what ports say: as types.'),
  never(
    'db-packages',
    '^db/',
    { dependencyTypes: PACKAGES, pathNot: 'node_modules/(drizzle-orm|postgres|pg-boss|@electric-sql/pglite)/' },
    'db imports no package but drizzle-orm, postgres, pglite and pg-boss.',
  ),
  only('engine', '^src/engine/', '^(src/(engine|core|ports)|db)/', 'src/engine imports src/core, src/ports and db.'),
  only('adapters', '^adapters/(?!web/)([^/]+)/', '^(adapters/$1|src/(core|ports))/', 'An adapter is a leaf: src/core and src/ports only.'),
  only(
    'adapters-web',
    '^adapters/web/',
    '^(adapters/web|src/(core|ports)|db)/',
    'adapters/web may also use db: its service is our database.',
  ),
  only('http', '^src/http/', '^(src/(http|core|ports|engine)|db)/', 'src/http imports src/core, src/ports, src/engine and db.'),
  only(
    'ui',
    '^src/ui/',
    '^src/((ui|core)/|http/api/(chat-|group-|admin/)?contract\\.ts$)',
    'src/ui imports src/core and the types of the HTTP contract.',
  ),
  never(
    'ui-types',
    '^src/ui/',
    { path: '^src/http/api/(chat-|group-|admin/)?contract\\.ts$', dependencyTypesNot: ['type-only'] },
    'src/ui knows the API as types: use `import type`.',
  ),
  never('ui-browser', '^src/ui/', { dependencyTypes: ['core'] }, 'src/ui runs in a browser: nothing of Node.'),
  never('tests', '^(src|adapters|db)/', { path: '^test/' }, 'Nobody imports tests.'),
]

export const options: ICruiseOptions = {
  parser: 'swc',
  doNotFollow: { path: 'node_modules' },
  enhancedResolveOptions: {
    extensions: ['.ts', '.tsx', '.mjs', '.js'],
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'types'],
  },
}

export default { forbidden, options }
