import { openapiApi } from '../apis/openapi/openapi-api.js'
import { apiClient } from './api-client.js'

export const PREFIX = '/openapi/v1'

export const client = apiClient(openapiApi({ userManagement: 'builtin', prefix: PREFIX }), { prefix: PREFIX })

export const { ask, expectHeaders, routes: ROUTES } = client
