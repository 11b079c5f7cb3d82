import { consoleSurface } from '../console/console-surface.js'
import { surfaceClient } from './surface-client.js'

export const client = surfaceClient(consoleSurface({ accounts: 'tenantry' }), { echo: (status) => ({ status }) })

export const { ask, routes: ROUTES } = client
