import { requireKnownOptions } from '@tenantry/core'
import type { KnownOptions } from '@tenantry/core'
import type { ApiOptions } from './apis.js'

const KNOWN: Readonly<Record<keyof ApiOptions, true>> = {
  tenancy: true,
  authenticate: true,
  logger: true,
  trustedOrigins: true,
  publicUrl: true,
  accounts: true,
  verificationUri: true,
  passwordKey: true,
  runCanvas: true,
  countForTenant: true,
}

const FUNCTIONS = ['authenticate', 'runCanvas', 'countForTenant'] as const satisfies readonly (keyof ApiOptions)[]

/** Refuses a router what it does not know or cannot do without. A misspelt `authenticate` would leave tokens alone. */
export function checkOptions(router: string, options: ApiOptions, more: KnownOptions = {}): void {
  requireKnownOptions(router, options, { ...KNOWN, ...more })
  const given: Partial<Record<keyof ApiOptions, unknown>> = { ...options }
  if (typeof Object(given.tenancy).as !== 'function')
    throw new TypeError(`${router}: needs a tenancy, which createTenancy returns`)
  for (const name of FUNCTIONS) {
    if (given[name] === undefined || typeof given[name] === 'function') continue
    throw new TypeError(`${router}: ${name} needs a function`)
  }
  if (given.accounts === undefined || given.accounts === 'tenantry' || given.accounts === 'host') return
  throw new TypeError(`${router}: accounts needs "tenantry" or "host"`)
}
