import { createAccess, compilePolicy, createTenancy, requireKnownOptions } from '@tenantry/core'
import type { Access, AuthorizationInput, Policy, Resources, Storage, Tenancy } from '@tenantry/core'
import type { PermissionRules } from '../arbitraries/permission-rules.js'
import type { RunOptions } from '../runs.js'

/** What a host says about its rules, so that laws can hold it to them. */
export interface PermissionPropertyOptions extends RunOptions {
  /** The roles that only look. Default: `viewer`. */
  readonly viewers?: readonly string[]
  /** The verbs that change nothing. Default: `read`, `list`, `view`, `comment`. */
  readonly readingVerbs?: readonly string[]
  /** The roles that hold everything on the host's resources, whatever is denied to the member. Default: `owner`, `admin`. */
  readonly unrestricted?: readonly string[]
  /** The roles of which a higher rank holds all that a lower one holds; `true` for every role there is. Default: none. */
  readonly monotone?: boolean | readonly string[]
}

const KNOWN: Readonly<Record<keyof PermissionPropertyOptions, true>> = {
  viewers: true,
  readingVerbs: true,
  unrestricted: true,
  monotone: true,
  runs: true,
  seed: true,
}

/** What laws are asked of: rules, what their host says about them, and the library that decides by them. */
export interface PolicyUnderTest {
  readonly rules: PermissionRules
  readonly policy: Policy
  readonly viewers: readonly string[]
  readonly readingVerbs: readonly string[]
  readonly unrestricted: readonly string[]
  readonly monotone: readonly string[]
  createAccess(facts: AuthorizationInput): Access
  tenancyOn(storage: Storage): Tenancy
}

/** @throws {TypeError} naming what is wrong with the rules, or the role that an option names and nobody declares. */
export function policyUnderTest(rules: PermissionRules, options: PermissionPropertyOptions = {}): PolicyUnderTest {
  requireKnownOptions('permissionProperties', options, KNOWN)
  const { resources = {}, roles = {} } = rules
  const policy = compilePolicy({ resources, roles })
  const { viewers = ['viewer'], unrestricted = ['owner', 'admin'], monotone = [] } = options
  const named = { viewers, unrestricted, monotone: typeof monotone === 'boolean' ? [] : monotone }
  for (const [option, keys] of Object.entries(named)) {
    const unknown = keys.find((key) => !policy.roles.has(key))
    if (unknown !== undefined) throw new TypeError(`${option}: "${unknown}" is no role that is declared`)
  }
  return {
    rules: { resources, roles },
    policy,
    viewers,
    readingVerbs: options.readingVerbs ?? ['read', 'list', 'view', 'comment'],
    unrestricted,
    monotone: monotone === true ? [...policy.roles.keys()] : named.monotone,
    createAccess: (facts) => createAccess(policy, facts),
    tenancyOn: (storage) =>
      createTenancy({ storage, resources, roles, limits: { emailsPerRecipient: Infinity }, invitationLink: (t) => t }),
  }
}

/** The permissions on the host's own resources, in the order of declaration. */
export function namesOf(resources: Resources = {}): readonly string[] {
  return Object.entries(resources).flatMap(([name, declared]) => verbsOf(declared).map((verb) => `${name}:${verb}`))
}

/** The verbs of a resource, in whichever form it is declared. */
export function verbsOf(declared: Resources[string]): readonly string[] {
  return 'verbs' in declared ? declared.verbs : declared
}
