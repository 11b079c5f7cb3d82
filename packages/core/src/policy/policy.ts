import { checkTable, compileResources, NAME } from './declared-resources.js'
import { isSubset, maskOf, without, TENANCY_RESOURCES } from './permissions.js'
import type { Mask, Resources, TenancyPermission } from './permissions.js'
import { BUILT_IN_ROLES, MAX_CUSTOM_RANK_ROLE, OWNER } from './roles.js'
import type { RoleDefinition, RoleDefinitions } from './roles.js'

/** A role, resolved: its permissions as a mask. */
export interface Role {
  readonly key: string
  readonly name: string
  readonly rank: number
  readonly unrestricted: boolean
  readonly mask: Mask
}

/** The host's declaration, compiled once: every name has its bit, every role its mask. */
export interface Policy {
  /** The host's resources, each with its verbs. */
  readonly resources: Readonly<Record<string, readonly string[]>>
  readonly permissions: readonly string[]
  readonly bits: ReadonlyMap<string, number>
  /** The permissions of the host's own resources; the others are the library's. */
  readonly hostMask: Mask
  /** What owning a resource permits. */
  readonly ownerMask: Mask
  readonly roles: ReadonlyMap<string, Role>
  /** What the roles that tenants make for themselves stay within: they rank below, and give nothing beyond. */
  readonly customRoles: { readonly below: number; readonly within: Mask }
}

/** What no role but the owner's may hold. */
const OWNER_ONLY: readonly TenancyPermission[] = ['tenant:transfer', 'tenant:delete']

/** The built-in rows speak of resources that a host need not have; whoever repeats their words may, too. */
const BUILT_IN_PATTERNS = new Set<string>(Object.values(BUILT_IN_ROLES).flatMap((role) => role.permissions))

/**
 * Compiles resources and roles. A host's `roles` add to the built-in table and replace rows of the same key.
 *
 * @throws {TypeError} naming the resource, verb, role or permission that is wrong.
 */
export function compilePolicy(
  options: { readonly resources?: Resources; readonly roles?: RoleDefinitions } = {},
): Policy {
  const { resources, owned, closed } = compileResources(options.resources ?? {})
  checkTable('roles', options.roles ?? {})
  const own = namesOf(TENANCY_RESOURCES)
  const host = namesOf(resources)
  const open = host.filter((name) => !closed.has(name))
  const permissions = [...own, ...host]
  const bits = new Map(permissions.map((name, bit) => [name, bit]))
  const toMask = (names: readonly string[]) =>
    maskOf(
      names.flatMap((name) => bits.get(name) ?? []),
      permissions.length,
    )
  const compileRole = ([key, definition]: readonly [string, RoleDefinition]): [string, Role] => {
    checkRole(key, definition)
    const { name, rank, unrestricted = false } = definition
    // A row that the host wrote itself speaks of every resource.
    const isBuiltIn = Object.is(definition, builtIn.get(key))
    const known = isBuiltIn && !unrestricted ? open : host
    const names = definition.permissions.flatMap((pattern) => expand(pattern, own, known, key))
    return [key, { key, name, rank, unrestricted, mask: toMask(unrestricted ? [...names, ...host] : names) }]
  }
  const builtIn = new Map<string, RoleDefinition>(Object.entries(BUILT_IN_ROLES))
  const roles = new Map(Object.entries<RoleDefinition>({ ...BUILT_IN_ROLES, ...options.roles }).map(compileRole))
  for (const permission of OWNER_ONLY) checkOwner(roles, permission, toMask([permission]))
  const customRoles = {
    below: roles.get(MAX_CUSTOM_RANK_ROLE)?.rank ?? 0,
    within: without(roles.get(OWNER)?.mask ?? [], toMask(OWNER_ONLY)),
  }
  return { resources, permissions, bits, hostMask: toMask(host), ownerMask: toMask(owned), roles, customRoles }
}

function namesOf(resources: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(resources).flatMap(([resource, verbs]) => verbs.map((verb) => `${resource}:${verb}`))
}

function checkRole(key: string, definition: RoleDefinition | undefined): asserts definition {
  if (!NAME.test(key)) throw new TypeError(`roles: "${key}" is not a key of a-z, 0-9 and _`)
  if (typeof definition !== 'object' || definition === null) throw new TypeError(`roles: "${key}" needs a definition`)
  const { name, rank, unrestricted, permissions } = definition
  if (!Number.isInteger(rank) || rank < 0 || rank > 50) throw new TypeError(`roles: "${key}" needs a rank from 0 to 50`)
  if (typeof name !== 'string' || name === '') throw new TypeError(`roles: "${key}" needs a name`)
  if (unrestricted !== undefined && typeof unrestricted !== 'boolean')
    throw new TypeError(`roles: "${key}" has an "unrestricted" that is neither true nor false`)
  if (!Array.isArray(permissions)) throw new TypeError(`roles: "${key}" needs a list of permissions`)
}

function expand(pattern: string, own: readonly string[], host: readonly string[], role: string): readonly string[] {
  const [resource, verb, ...rest] = String(pattern).split(':')
  const known = resource === '*' ? host : [...own, ...host].filter((name) => name.startsWith(`${resource}:`))
  const names = verb === '*' ? known : known.filter((name) => name.endsWith(`:${verb}`))
  if (rest.length === 0 && (names.length > 0 || BUILT_IN_PATTERNS.has(pattern))) return names
  throw new TypeError(`roles: "${role}" names "${pattern}", which no resource declares`)
}

/** INVARIANT: nobody is above the owner, and only the owner deletes a tenant or hands it over. */
function checkOwner(roles: ReadonlyMap<string, Role>, permission: TenancyPermission, alone: Mask): void {
  const owner = roles.get(OWNER)
  for (const role of roles.values()) {
    if (role.key === OWNER || !owner) continue
    if (role.rank >= owner.rank) throw new TypeError(`roles: "${role.key}" must rank below the owner`)
    if (isSubset(alone, role.mask))
      throw new TypeError(`roles: "${role.key}" holds ${permission}, which is the owner's alone`)
    if (!isSubset(role.mask, owner.mask)) throw new TypeError(`roles: "${role.key}" holds what the owner does not`)
  }
}
