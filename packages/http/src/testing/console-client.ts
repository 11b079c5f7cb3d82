import { consoleApi } from '../apis/console/console-api.js'
import { apiClient } from './api-client.js'

export const client = apiClient(consoleApi({ userManagement: 'builtin' }), { echo: (status) => ({ status }) })

export const { ask, routes: ROUTES } = client
