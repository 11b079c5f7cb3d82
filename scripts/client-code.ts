import { clientMethods } from './client-table.js'
import type { ClientMethod } from './client-table.js'

/** Nested names, down to the methods. */
type Tree = Map<string, Tree | ClientMethod>

const scopes = [
  { scope: null, type: 'TenancyClient', about: 'A client of Tenantry’s own API.' },
  { scope: 'tenant', type: 'TenantScope', about: 'The calls about one tenant, for its members.' },
  { scope: 'organization', type: 'OrganizationScope', about: 'The calls about one organization.' },
] as const

/**
 * The operations that the client needs at run time: by name, the method, the path, and `etag` if the result has one.
 */
export function renderRoutes(): string {
  const tables = scopes.map(({ scope }) => `${scope ?? 'client'}: ${renderTable(treeOf(scope))}`)
  return `/** The operations of the API, by the names of the client. */\nexport const routes = {${tables.join(',\n')}}`
}

function renderTable(tree: Tree): string {
  const rows = [...tree].map(([name, node]) => {
    if (node instanceof Map) return `${name}: ${renderTable(node)}`
    return `${name}: '${node.method} ${node.path}${node.versioned ? ' etag' : ''}'`
  })
  return `{${rows.join(',\n')}}`
}

/** The interface of the client, with the summary of each operation. */
export function renderInterface(): string {
  const interfaces = scopes.map(({ scope, type, about }) => {
    return `/** ${about} */\nexport interface ${type} {\n${renderMembers(treeOf(scope))}${scope === null ? SCOPE_METHODS : ''}}`
  })
  return [IMPORTS, ...interfaces].join('\n\n')
}

const IMPORTS = `import type { AllInput, CallOptions, Input, Item, Output, Versioned } from '../operation-types.js'`

const SCOPE_METHODS = `
/** The calls about one tenant, by its ID or slug. */
tenant(tenant: string): TenantScope
/** The calls about one organization, by its ID. */
organization(organizationId: string): OrganizationScope
`

function renderMembers(tree: Tree): string {
  return [...tree]
    .map(([name, node]) =>
      node instanceof Map ? `readonly ${name}: {\n${renderMembers(node)}}\n` : renderMethod(name, node),
    )
    .join('')
}

function renderMethod(name: string, row: ClientMethod): string {
  const { operationId, method, path, summary, optional, bound, versioned, paged } = row
  const of = bound === null ? `'${operationId}'` : `'${operationId}', '${bound}'`
  const mark = optional ? '?' : ''
  const result = versioned ? `Versioned<Output<'${operationId}'>>` : `Output<'${operationId}'>`
  const about = `/** ${summary}. \`${method} ${path}\` */`
  const call = `${about}\n${name}(input${mark}: Input<${of}>, options?: CallOptions): Promise<${result}>\n`
  if (!paged) return call
  const all = `all(input${mark}: AllInput<${of}>, options?: CallOptions): AsyncGenerator<Item<'${operationId}'>, void, undefined>`
  return `${call}/** Every item of \`list\`, page by page. */\n${all}\n`
}

function treeOf(scope: ClientMethod['scope']): Tree {
  const tree: Tree = new Map()
  for (const row of clientMethods().filter((one) => one.scope === scope)) {
    const nouns = row.names.slice(0, -1)
    const parent = nouns.reduce<Tree>((node, name) => {
      const next = node.get(name) ?? new Map<string, Tree | ClientMethod>()
      node.set(name, next)
      if (!(next instanceof Map)) throw new Error(`${row.operationId}: ${name} is a method`)
      return next
    }, tree)
    const name = row.names.at(-1) ?? ''
    if (parent.has(name)) throw new Error(`${row.operationId}: there is another ${row.names.join('.')}`)
    parent.set(name, row)
  }
  return tree
}
