import { openapiSurface } from '../openapi/openapi-surface.js'
import { surfaceClient } from './surface-client.js'

export const PREFIX = '/openapi/v1'

export const client = surfaceClient(openapiSurface({ accounts: 'tenantry', prefix: PREFIX }), { prefix: PREFIX })

export const { ask, expectHeaders, routes: ROUTES } = client
