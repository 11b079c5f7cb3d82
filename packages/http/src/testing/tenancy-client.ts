import { tenancyApi } from '../apis/tenancy/tenancy-api.js'
import { apiClient } from './api-client.js'
import type { ApiRequest, ApiResponse } from './api-client.js'
import type { Scenario } from './scenario.js'

export const client = apiClient(tenancyApi({ userManagement: 'builtin' }), {
  prefix: '/tenancy',
  echo: (status) => ({ status }),
})

/** Sends a request about Acme by default. */
export function ask(
  scenario: Pick<Scenario, 'url' | 'people' | 'secrets' | 'acme'>,
  key: string,
  request: ApiRequest,
): Promise<ApiResponse> {
  return client.ask(scenario, key, { ...request, params: { tenant: scenario.acme, ...request.params } })
}
