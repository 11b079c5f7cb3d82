import { requireKnownOptions } from '@tenantry/core'
import type { KnownOptions } from '@tenantry/core'
import { APIS } from './apis.js'
import type { ApiName } from './apis.js'
import type { ApiChoices, ApiOptions, HandlerOptions } from './options.js'

const KNOWN: Readonly<Record<keyof ApiOptions, true>> = {
  tenancy: true,
  authenticate: true,
  logger: true,
  trustedOrigins: true,
  publicUrl: true,
  userManagement: true,
}

/** Rejects unknown and missing options. A misspelled `authenticate` would otherwise go unnoticed. */
export function checkHandlerOptions(mount: string, options: HandlerOptions<never>): void {
  checkOptions(mount, options, { apis: true, docs: true })
  for (const [name, choice] of Object.entries(options.apis ?? {})) checkChoice(`${mount}: apis`, name, choice)
}

/** The same for a mount of a single API, whose own options are next to the general ones. */
export function checkApiOptions(mount: string, name: ApiName, options: ApiOptions<never>): void {
  const own = APIS[name].options
  checkOptions(mount, options, Object.fromEntries(Object.keys(own).map((option) => [option, true])))
  checkFunctions(mount, options, own)
}

function checkOptions(mount: string, options: ApiOptions<never>, more: KnownOptions): void {
  requireKnownOptions(mount, options, { ...KNOWN, ...more })
  const { tenancy, userManagement }: { readonly tenancy?: unknown; readonly userManagement?: unknown } = options
  if (typeof Object(tenancy).as !== 'function')
    throw new TypeError(`${mount}: needs a tenancy, which createTenancy returns`)
  checkFunctions(mount, options, { authenticate: 'function' })
  if (userManagement === undefined || userManagement === 'builtin' || userManagement === 'external') return
  throw new TypeError(`${mount}: userManagement needs "builtin" or "external"`)
}

function checkChoice(place: string, name: string, choice: ApiChoices[ApiName]): void {
  if (!isApiName(name)) throw new TypeError(`${place}: there is no API "${name}"`)
  if (choice === undefined || choice === true) return
  const own = APIS[name].options
  const known = Object.fromEntries(['prefix', ...Object.keys(own)].map((option) => [option, true] as const))
  requireKnownOptions(`${place}.${name}`, choice, known)
  checkFunctions(`${place}.${name}`, choice, own)
  const { prefix }: { readonly prefix?: unknown } = choice
  if (prefix === undefined || (typeof prefix === 'string' && /^\/[^{}?#]*$/.test(prefix))) return
  throw new TypeError(`${place}: "${name}" needs a prefix like /${name}`)
}

function checkFunctions(place: string, options: object, kinds: Readonly<Record<string, 'function' | 'value'>>): void {
  const given: Readonly<Record<string, unknown>> = { ...options }
  for (const [name, kind] of Object.entries(kinds)) {
    if (kind === 'value' || given[name] === undefined || typeof given[name] === 'function') continue
    throw new TypeError(`${place}: ${name} needs a function`)
  }
}

function isApiName(name: string): name is ApiName {
  return Object.hasOwn(APIS, name)
}
