import openapiTs, { astToString } from 'openapi-typescript'
import type { OpenAPI3 } from 'openapi-typescript'
import { createTenancy, memoryStorage } from '../packages/core/src/index.js'
import { APIS, createApi } from '../packages/http/src/apis.js'
import type { ApiName } from '../packages/http/src/apis.js'
import { everyPreset } from '../packages/http/src/testing/every-preset.js'
import { openapiDocument } from '../packages/http/src/openapi/openapi-document.js'

// Each route that an API can have: accounts are kept here.
const tenancy = createTenancy({ storage: memoryStorage(), ...everyPreset() })

/** Every API. */
// Object.keys forgets which names there are.
export const apiNames = Object.keys(APIS) as ApiName[]

/** The OpenAPI document of one API, with paths below the address that the API is mounted at. */
function documentOf(name: ApiName) {
  const { api } = createApi(name, {}, { prefix: '', userManagement: 'builtin', tenancy })
  return openapiDocument([{ prefix: '', api }], { serverUrl: '' })
}

/** The types of an API’s requests and responses, by path. */
export async function renderPaths(name: ApiName): Promise<string> {
  // It is a valid document: a test of the package http proves that.
  const document = documentOf(name) as unknown as OpenAPI3
  const nodes = await openapiTs(document, { defaultNonNullable: false, silent: true })
  // Empty in our documents, or used in this file alone.
  return astToString(nodes)
    .replaceAll(/^export type (webhooks|\$defs) = .*\n/gm, '')
    .replaceAll(/^export (interface (components|operations))/gm, '$1')
}
