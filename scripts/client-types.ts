import openapiTs, { astToString } from 'openapi-typescript'
import type { OpenAPI3 } from 'openapi-typescript'
import { createTenancy, memoryStorage } from '../packages/core/src/index.js'
import { APIS, createApi } from '../packages/http/src/apis.js'
import type { ApiName } from '../packages/http/src/apis.js'
import { openapiDocument } from '../packages/http/src/openapi/openapi-document.js'
import { everyPreset } from '../packages/http/src/testing/every-preset.js'

// Every route that an API can have, so accounts are built in.
const tenancy = createTenancy({ storage: memoryStorage(), ...everyPreset() })

/** Every API. */
// `Object.keys` loses the type of the keys.
export const apiNames = Object.keys(APIS) as ApiName[]

/** The OpenAPI document of one API, with paths relative to the address of the API. */
export function documentOf(name: ApiName): OpenAPI3 {
  const { api } = createApi(name, {}, { prefix: '', userManagement: 'builtin', tenancy })
  // A test of the package http proves that the document is valid.
  return openapiDocument([{ prefix: '', api }], { serverUrl: '' }) as unknown as OpenAPI3
}

/**
 * The types of an API’s requests and responses: by path for openapi-fetch, which does not understand readonly arrays;
 * by operation for the client of our own API.
 */
export async function renderTypes(name: ApiName): Promise<string> {
  const own = name === 'tenancy'
  const nodes = await openapiTs(documentOf(name), { defaultNonNullable: false, silent: true, immutable: own })
  // Empty in these documents, or used only in this file.
  return astToString(nodes)
    .replaceAll(/^export type (webhooks|\$defs) = .*\n/gm, '')
    .replaceAll(/^export (?=interface components)/gm, '')
    .replaceAll(own ? /^export interface paths \{\n[^]*?^\}\n/gm : /^export (?=interface operations)/gm, '')
}
