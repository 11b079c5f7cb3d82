import { workspacesApi } from '../apis/workspaces/workspaces-api.js'
import { apiClient } from './api-client.js'

const PREFIX = '/api/v3'

export const client = apiClient(workspacesApi(), {
  prefix: PREFIX,
  echo: (status_code) => ({ status_code }),
})

export const { ask } = client
