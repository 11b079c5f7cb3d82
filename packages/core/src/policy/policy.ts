import { checkRole } from './check-role.js'
import { checkTable, compileResources } from './declared-resources.js'
import { isSubset, maskOf, without, TENANCY_RESOURCES } from './permissions.js'
import type { Mask, Resources, TenancyPermission } from './permissions.js'
import { BUILT_IN_ROLES, MAX_CUSTOM_RANK_ROLE, OWNER } from './roles.js'
import type { RoleDefinition, RoleDefinitions } from './roles.js'

/** A role, resolved: its permissions as a mask. */
export interface Role {
  readonly key: string
  readonly name: string
  /** The name in other languages, by language tag. */
  readonly names: Readonly<Record<string, string>>
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
  /** The declared roles, the highest rank first. */
  readonly roles: ReadonlyMap<string, Role>
  /** Keys that no role can have. */
  readonly reservedRoles: ReadonlySet<string>
  /** What the roles that tenants make for themselves stay within: they rank below, and give nothing beyond. */
  readonly customRoles: { readonly below: number; readonly within: Mask }
}

/** What no role but the owner's may hold. */
const OWNER_ONLY: readonly TenancyPermission[] = ['tenant:transfer', 'tenant:delete']

/** Patterns for any host, which may have no resource with such a verb. Any other that matches nothing is misspelt. */
const GENERAL_PATTERNS: ReadonlySet<string> = new Set([
  '*:create',
  '*:read',
  '*:update',
  '*:delete',
  '*:comment',
  '*:*',
])

/** What a policy is compiled from. */
interface PolicyOptions {
  readonly resources?: Resources
  readonly roles?: RoleDefinitions
  readonly reservedRoles?: readonly string[]
}

/**
 * Compiles resources and roles. A host's `roles` add to the built-in table and replace rows of the same key.
 *
 * @throws {TypeError} naming the resource, verb, role or permission that is wrong.
 */
export function compilePolicy(options: PolicyOptions = {}): Policy {
  const { resources, owned, closed } = compileResources(options.resources ?? {})
  checkTable('roles', options.roles ?? {})
  const own = namesOf(TENANCY_RESOURCES)
  const host = namesOf(resources)
  const permissions = [...own, ...host]
  const bits = new Map(permissions.map((name, bit) => [name, bit]))
  const toMask = (names: readonly string[]) =>
    maskOf(
      names.flatMap((name) => bits.get(name) ?? []),
      permissions.length,
    )
  const compileRole = ([key, definition]: readonly [string, RoleDefinition]): Role => {
    checkRole(key, definition)
    const { name, names = {}, rank, unrestricted = false, permissions } = definition
    const held = permissions.flatMap((pattern) => expand(pattern, { own, host, closed }, key))
    return {
      key,
      name,
      names: { ...names },
      rank,
      unrestricted,
      mask: toMask(unrestricted ? [...held, ...host] : held),
    }
  }
  const definitions: RoleDefinitions = { ...BUILT_IN_ROLES, ...options.roles }
  const reservedRoles = reservedRolesOf(options.reservedRoles, definitions)
  const compiled = Object.entries(definitions).map(compileRole)
  const roles = new Map(compiled.sort((left, right) => right.rank - left.rank).map((role) => [role.key, role]))
  for (const permission of OWNER_ONLY) checkOwner(roles, permission, toMask([permission]))
  const customRoles = {
    below: roles.get(MAX_CUSTOM_RANK_ROLE)?.rank ?? 0,
    within: without(roles.get(OWNER)?.mask ?? [], toMask(OWNER_ONLY)),
  }
  const masks = { hostMask: toMask(host), ownerMask: toMask(owned) }
  return { resources, permissions, bits, ...masks, roles, reservedRoles, customRoles }
}

function namesOf(resources: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(resources).flatMap(([resource, verbs]) => verbs.map((verb) => `${resource}:${verb}`))
}

function reservedRolesOf(given: unknown = [], roles: RoleDefinitions): ReadonlySet<string> {
  if (!Array.isArray(given) || given.some((key) => typeof key !== 'string'))
    throw new TypeError('reservedRoles: needs a list of keys')
  const taken = given.find((key) => Object.hasOwn(roles, key))
  if (taken !== undefined) throw new TypeError(`roles: "${taken}" is reserved: reservedRoles lists it`)
  return new Set(given)
}

interface Known {
  readonly own: readonly string[]
  readonly host: readonly string[]
  /** What a `*` for the resource does not reach. */
  readonly closed: ReadonlySet<string>
}

function expand(pattern: string, { own, host, closed }: Known, role: string): readonly string[] {
  const [resource, verb, ...rest] = String(pattern).split(':')
  const known = resource === '*' ? host : [...own, ...host].filter((name) => name.startsWith(`${resource}:`))
  const names = verb === '*' ? known : known.filter((name) => name.endsWith(`:${verb}`))
  if (rest.length > 0 || (names.length === 0 && !GENERAL_PATTERNS.has(pattern)))
    throw new TypeError(`roles: "${role}" names "${pattern}", which no resource declares`)
  return resource === '*' ? names.filter((name) => !closed.has(name)) : names
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
