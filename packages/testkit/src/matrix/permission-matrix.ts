import { createAccess, compilePolicy, requireKnownOptions } from '@tenantry/core'
import type { Policy } from '@tenantry/core'
import type { PermissionRules } from '../arbitraries/permission-rules.js'
import { memberWith, OF_THE_TENANT } from '../properties/facts.js'
import { matrixToHtml } from './matrix-to-html.js'
import { matrixToMarkdown } from './matrix-to-markdown.js'
import type { MatrixCell, MatrixTable } from './matrix-table.js'
import { matrixToText } from './matrix-to-text.js'

export interface MatrixOptions {
  /** The permissions to show, in order. Default: all, in the order of declaration, the library's own first. */
  readonly permissions?: readonly string[]
  /** Words to show in place of permissions, such as `{ 'invoice:approve': 'Approve an invoice' }`. */
  readonly labels?: Readonly<Record<string, string>>
}

/** Who may do what, as data. The same rules make the same matrix and the same texts, to the byte. */
export interface PermissionMatrix extends MatrixTable {
  /** Aligned columns, for a snapshot in a file. */
  toText(): string
  /** A table of GitHub-flavoured Markdown. */
  toMarkdown(): string
  /** A whole page that loads nothing; its table names its rows and columns to a screen reader. */
  toHtml(options?: { readonly title?: string }): string
}

/**
 * What every role of a host may do, asked of the library that decides.
 *
 * @throws {TypeError} naming what is wrong with the rules, or a permission that nobody declares.
 *
 * @example
 * await expect(permissionMatrix({ resources, roles }).toText()).toMatchFileSnapshot('permissions.txt')
 */
export function permissionMatrix(rules: PermissionRules, options: MatrixOptions = {}): PermissionMatrix {
  requireKnownOptions('permissionMatrix', options, { permissions: true, labels: true })
  const { permissions, labels = {} } = options
  const policy = compilePolicy(rules)
  const shown = permissions ?? policy.permissions
  const unknown = [...shown, ...Object.keys(labels)].find((name) => !policy.bits.has(name))
  if (unknown !== undefined) throw new TypeError(`permissionMatrix: nobody declares "${unknown}"`)
  const roles = [...policy.roles.values()]
    .sort((a, b) => b.rank - a.rank)
    .map(({ key, name, rank, unrestricted }) => ({ key, name, rank, unrestricted }))
  const rows = shown.map((permission) => ({
    permission,
    label: labels[permission] ?? permission,
    cells: Object.fromEntries(roles.map(({ key }) => [key, cellOf(policy, key, permission)])),
  }))
  const table = { roles, rows }
  return {
    ...table,
    toText: () => matrixToText(table),
    toMarkdown: () => matrixToMarkdown(table),
    toHtml: (options) => matrixToHtml(table, options),
  }
}

function cellOf(policy: Policy, role: string, permission: string): MatrixCell {
  const access = createAccess(policy, memberWith([role]))
  if (access.can(permission, OF_THE_TENANT)) return 'yes'
  return access.can(permission, { ownerId: 'user-1' }) ? 'own' : 'no'
}
