import { expect } from 'vitest'
import { teamsApi } from '../apis/teams/teams-api.js'
import { apiClient } from './api-client.js'

const PREFIX = '/v1'

export const client = apiClient(teamsApi({ userManagement: 'builtin' }), {
  prefix: PREFIX,
  echo: (status) => (status === 401 ? { code: 401, message: expect.stringMatching(/^Unauthorized/) as string } : {}),
})

export const { ask } = client
