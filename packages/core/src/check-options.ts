import type { TenancyOptions } from './tenancy-options.js'

const YES_OR_NO = [true, false] as const

/** The options that are one of a few values. */
const CHOICES = {
  directAdd: YES_OR_NO,
  notifications: YES_OR_NO,
  operatorAccess: YES_OR_NO,
  personalTenants: YES_OR_NO,
  revealInvitationLinks: YES_OR_NO,
  signUp: YES_OR_NO,
  organizationsBy: ['operators', 'users'],
  resourcesOfLeavers: ['pass_to_owner', 'stay'],
  userDirectory: ['fellows', 'everyone'],
  usersBy: ['operators', 'users'],
} as const satisfies { readonly [Name in keyof TenancyOptions]?: readonly TenancyOptions[Name][] }

/**
 * Refuses what would silently mean something else, such as the `usersBy: 'operator'` of a host without types. Throws a
 * `TypeError` naming what is wrong.
 */
export function checkOptions(options: TenancyOptions): void {
  const given: Readonly<Record<string, unknown>> = { ...options }
  if (typeof given['storage'] !== 'object' || given['storage'] === null) throw new TypeError('storage: there is none')
  const schema = options.memberMetadata
  if (schema !== undefined && typeof schema?.safeParse !== 'function')
    throw new TypeError('memberMetadata: needs a schema of zod, such as z.object({ department: z.string() })')
  for (const [name, values] of Object.entries<readonly unknown[]>(CHOICES)) {
    if (given[name] === undefined || values.includes(given[name])) continue
    throw new TypeError(`${name}: needs ${values.map((value) => JSON.stringify(value)).join(' or ')}`)
  }
}
