import { tenantApi } from '../apis/tenant/tenant-api.js'
import { apiClient } from './api-client.js'
import type { ApiResponse, ApiRequest } from './api-client.js'
import type { Scenario } from './scenario.js'

export const client = apiClient(tenantApi(), { credential: (token) => ({ 'x-api-key': token }) })

/** Sends a request about Acme by default. */
export function ask(
  scenario: Pick<Scenario, 'url' | 'people' | 'secrets' | 'acme'>,
  key: string,
  request: ApiRequest,
): Promise<ApiResponse> {
  return client.ask(scenario, key, { ...request, params: { tenantId: scenario.acme, ...request.params } })
}
