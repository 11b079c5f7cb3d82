import { NAME } from './declared-resources.js'
import type { RoleDefinition } from './roles.js'

const OPTIONS = new Set<string>([
  'rank',
  'name',
  'names',
  'unrestricted',
  'permissions',
] satisfies (keyof RoleDefinition)[])

/** @throws {TypeError} naming the role, and what of it is wrong, but for the permissions that it names. */
export function checkRole(key: string, definition: RoleDefinition | undefined): asserts definition {
  if (!NAME.test(key)) throw new TypeError(`roles: "${key}" is not a key of a-z, 0-9 and _`)
  if (typeof definition !== 'object' || definition === null) throw new TypeError(`roles: "${key}" needs a definition`)
  const unknown = Object.keys(definition).find((option) => !OPTIONS.has(option))
  if (unknown !== undefined) throw new TypeError(`roles: "${key}" has an unknown option "${unknown}"`)
  const { name, names = {}, rank, unrestricted, permissions } = definition
  if (!Number.isInteger(rank) || rank < 0 || rank > 50) throw new TypeError(`roles: "${key}" needs a rank from 0 to 50`)
  if (!isName(name)) throw new TypeError(`roles: "${key}" needs a name`)
  if (typeof names !== 'object' || names === null || !Object.values(names).every(isName))
    throw new TypeError(`roles: "${key}" has "names" that are not a table of names by language`)
  if (unrestricted !== undefined && typeof unrestricted !== 'boolean')
    throw new TypeError(`roles: "${key}" has an "unrestricted" that is neither true nor false`)
  if (!Array.isArray(permissions)) throw new TypeError(`roles: "${key}" needs a list of permissions`)
}

function isName(given: unknown): boolean {
  return typeof given === 'string' && given !== ''
}
