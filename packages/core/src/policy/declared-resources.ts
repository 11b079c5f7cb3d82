import { TENANCY_RESOURCES } from './permissions.js'
import type { ResourceDefinition, Resources } from './permissions.js'

/** Names of resources and verbs, and keys of roles. */
export const NAME = /^[a-z][a-z0-9_]{0,62}$/

/** What owning a resource permits unless its definition lists something else. */
const OWNER_VERBS: readonly string[] = ['read', 'update', 'delete']

const OPTIONS: ReadonlySet<string> = new Set<keyof ResourceDefinition>(['verbs', 'owner', 'allowWildcards'])

/** The declaration in the form that policies keep. */
interface DeclaredResources {
  readonly resources: Readonly<Record<string, readonly string[]>>
  /** The permissions that owning a resource gives. */
  readonly owned: readonly string[]
  /** The permissions that no `*` for the resource reaches. */
  readonly closed: ReadonlySet<string>
}

/** @throws {TypeError} naming the resource, and the verb or option of it, that is wrong. */
export function compileResources(declared: Resources): DeclaredResources {
  checkTable('resources', declared)
  const rows = Object.entries(declared).map(([resource, declaration]) => {
    if (!NAME.test(resource)) throw new TypeError(`resources: "${resource}" is not a name of a-z, 0-9 and _`)
    if (Object.hasOwn(TENANCY_RESOURCES, resource)) throw new TypeError(`resources: "${resource}" is the library's own`)
    return [resource, definitionOf(resource, declaration)] as const
  })
  const names = (resource: string, verbs: readonly string[]) => verbs.map((verb) => `${resource}:${verb}`)
  return {
    resources: Object.freeze(Object.fromEntries(rows.map(([name, { verbs }]) => [name, Object.freeze([...verbs])]))),
    owned: rows.flatMap(([name, { owner }]) => names(name, owner)),
    closed: new Set(rows.flatMap(([name, { verbs, allowWildcards }]) => (allowWildcards ? [] : names(name, verbs)))),
  }
}

/** What is no table would be read as an empty one, or by its places. */
export function checkTable(name: string, table: unknown): void {
  if (typeof table !== 'object' || Array.isArray(table)) throw new TypeError(`${name}: needs an object`)
}

function definitionOf(resource: string, declaration: Resources[string]): Required<ResourceDefinition> {
  const definition = isDefinition(declaration) ? declaration : { verbs: declaration }
  const unknown = Object.keys(definition).find((option) => !OPTIONS.has(option))
  if (unknown !== undefined) throw new TypeError(`resources: "${resource}" has an unknown option "${unknown}"`)
  const { verbs, owner, allowWildcards = true } = definition
  checkVerbs(resource, verbs)
  if (typeof allowWildcards !== 'boolean')
    throw new TypeError(`resources: "${resource}" has an "allowWildcards" that is neither true nor false`)
  if (owner === undefined) return { verbs, owner: OWNER_VERBS.filter((verb) => verbs.includes(verb)), allowWildcards }
  if (!Array.isArray(owner)) throw new TypeError(`resources: "${resource}" has an "owner" that is not a list of verbs`)
  const undeclared = owner.find((verb) => !verbs.includes(verb))
  if (undeclared !== undefined)
    throw new TypeError(`resources: "${resource}" lists "${String(undeclared)}" in "owner", but not in "verbs"`)
  return { verbs, owner, allowWildcards }
}

function isDefinition(declaration: Resources[string]): declaration is ResourceDefinition {
  return typeof declaration === 'object' && declaration !== null && !Array.isArray(declaration)
}

function checkVerbs(resource: string, verbs: unknown): asserts verbs is readonly string[] {
  if (!Array.isArray(verbs) || verbs.length === 0) throw new TypeError(`resources: "${resource}" needs a list of verbs`)
  if (new Set(verbs).size < verbs.length) throw new TypeError(`resources: "${resource}" lists a verb twice`)
  // From a caller without types.
  const bad = (verbs as readonly unknown[]).find((verb) => typeof verb !== 'string' || !NAME.test(verb))
  if (bad !== undefined)
    throw new TypeError(`resources: "${resource}" has a verb "${String(bad)}" that is not a name of a-z, 0-9 and _`)
}
