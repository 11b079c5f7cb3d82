import { isTenancyError } from '@tenantry/core'
import type { Tenancy } from '@tenantry/core'
import type { Response, Call } from './concurrency-case.js'

/** Makes a call and answers what came of it. An error the library has not promised is thrown. */
export async function runCall(tenancy: Tenancy, { actor, tenantId, useCase, input }: Call): Promise<Response> {
  const acting = tenancy.as(actor)
  const place = tenantId === undefined ? acting : acting.in(tenantId)
  const call = useCase.split('.').reduce<unknown>((value, name) => memberOf(value, name), place)
  if (typeof call !== 'function') throw new TypeError(`There is no use case "${useCase}"`)
  try {
    // Every use case is a function of one input that answers a promise.
    return { result: await (call as (input: unknown) => Promise<unknown>)(input) }
  } catch (error) {
    if (isTenancyError(error)) return { refused: error.code }
    throw error
  }
}

function memberOf(value: unknown, name: string): unknown {
  // Only names of own properties: the use cases are own properties of plain objects.
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}
