import { importRules } from './import-rules.js'
import { renderAttacks } from './attacks-document.js'
import { renderInterface, renderRoutes } from './client-code.js'
import { renderErrors } from './client-errors.js'
import { apiNames, renderTypes } from './client-types.js'
import { renderPermissions } from './permissions-document.js'
import { quoteCode } from './quoted-code.js'

/** A document written by a program: `render` gives the whole Markdown text, or TypeScript, of the file at `path`. */
export interface GeneratedDocument {
  readonly path: string
  /** Is given the text that the file has now. */
  readonly render: (written: string) => string | Promise<string>
  /** Whether people write the document and only parts of it are generated. */
  readonly isHandWritten?: true
}

/** Every generated document. Add one here, then run `pnpm docs:write`. */
export const documents: readonly GeneratedDocument[] = [
  { path: 'docs/imports.md', render: renderImportRules },
  { path: 'docs/attacks.md', render: renderAttacks },
  { path: 'docs/permissions.md', render: renderPermissions },
  { path: 'docs/guide/frameworks.md', render: quoteCode, isHandWritten: true },
  { path: 'docs/guide/orm.md', render: quoteCode, isHandWritten: true },
  ...apiNames.map((name) => ({
    path: `packages/client/src/generated/${name}-types.ts`,
    render: () => renderTypes(name),
  })),
  { path: 'packages/client/src/generated/tenancy-routes.ts', render: renderRoutes },
  { path: 'packages/client/src/generated/tenancy-client.ts', render: renderInterface },
  { path: 'packages/client/src/generated/tenancy-errors.ts', render: renderErrors },
]

function renderImportRules() {
  const rows = importRules.map(({ from, to, because }) => `| \`${from}\` | ${to.join(', ')} | ${because} |`)
  return [
    '# Who may import what',
    'Lint refuses every other import. Tests are free. Folders are those of `packages/`.',
    ['| folder | may import | because |', '| --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n')
}
