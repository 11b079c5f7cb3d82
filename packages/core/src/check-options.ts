import { EmailKind } from './model/queued-email.js'
import { requireKnownOptions } from './storage/known-options.js'
import type { TenancyOptions } from './tenancy-options.js'

const YES_OR_NO = [true, false] as const

/** The options that are one of a few values. */
const CHOICES = {
  allowDirectAdd: YES_OR_NO,
  notifications: YES_OR_NO,
  operatorAccess: YES_OR_NO,
  personalTenants: YES_OR_NO,
  returnInvitationLinks: YES_OR_NO,
  allowSignUp: YES_OR_NO,
  organizationCreation: ['operators', 'users'],
  removedMemberResources: ['reassign_to_owner', 'keep'],
  userVisibility: ['shared_tenants', 'all'],
  userCreation: ['operators', 'users'],
} as const satisfies { readonly [Name in keyof TenancyOptions]?: readonly TenancyOptions[Name][] }

/** The options that are functions. */
const FUNCTIONS = [
  'activationLink',
  'checkSettings',
  'clock',
  'onEvent',
  'invitationLink',
  'newCode',
  'newId',
  'newToken',
  'newUserCode',
] as const satisfies readonly (keyof TenancyOptions)[]

/** The options that are objects of the host's, with the methods that are called. */
const METHODS = {
  storage: ['migrate', 'check', 'transaction', 'withTransaction', 'now', 'close'],
  mailer: ['send'],
  passwords: ['hash', 'verify'],
  logger: ['error'],
} as const satisfies { readonly [Name in keyof TenancyOptions]?: readonly string[] }

/** The other options, which are checked where they are read. */
const KNOWN: Readonly<Record<keyof TenancyOptions, true>> = {
  ...trueOf(Object.keys(CHOICES) as (keyof typeof CHOICES)[]),
  ...trueOf(FUNCTIONS),
  ...trueOf(Object.keys(METHODS) as (keyof typeof METHODS)[]),
  defaultPlan: true,
  lifetimes: true,
  limits: true,
  memberMetadata: true,
  messages: true,
  reservedRoles: true,
  reservedSlugs: true,
  resources: true,
  roles: true,
  emailEncryptionKey: true,
  settings: true,
  tokenPrefixes: true,
}

/**
 * Refuses what would silently mean something else, such as an option that is misspelt, or the `userCreation: 'operator'` of a
 * host without types. Throws a `TypeError` naming what is wrong.
 */
export function checkOptions(options: TenancyOptions): void {
  requireKnownOptions('createTenancy', options, KNOWN)
  const given: Readonly<Record<string, unknown>> = { ...options }
  if (given['storage'] === undefined)
    throw new TypeError('createTenancy: needs a storage: sqliteStorage(…), postgresStorage(…) or memoryStorage()')
  for (const [name, values] of Object.entries<readonly unknown[]>(CHOICES)) {
    if (given[name] === undefined || values.includes(given[name])) continue
    throw new TypeError(`${name}: needs ${values.map((value) => JSON.stringify(value)).join(' or ')}`)
  }
  for (const name of FUNCTIONS) {
    if (given[name] !== undefined && typeof given[name] !== 'function') throw new TypeError(`${name}: needs a function`)
  }
  for (const [name, methods] of Object.entries<readonly string[]>(METHODS)) {
    if (given[name] === undefined || methods.every((method) => hasMethod(given[name], method))) continue
    throw new TypeError(`${name}: needs an object with ${methods.map((method) => `${method}()`).join(', ')}`)
  }
  if (given['memberMetadata'] !== undefined && !hasMethod(given['memberMetadata'], 'safeParse'))
    throw new TypeError('memberMetadata: needs a schema of zod, such as z.object({ department: z.string() })')
  if (given['messages'] !== undefined) requireKnownOptions('messages', given['messages'], trueOf(EmailKind.options))
}

function hasMethod(given: unknown, method: string): boolean {
  return typeof given === 'object' && given !== null && typeof Reflect.get(given, method) === 'function'
}

function trueOf<Name extends string>(names: readonly Name[]): Readonly<Record<Name, true>> {
  // Every name is a key, and no other.
  return Object.fromEntries(names.map((name) => [name, true])) as Record<Name, true>
}
