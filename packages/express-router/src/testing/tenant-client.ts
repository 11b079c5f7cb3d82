import { tenantSurface } from '../tenant/tenant-surface.js'
import { surfaceClient } from './surface-client.js'
import type { SurfaceAnswer, SurfaceRequest } from './surface-client.js'
import type { World } from './world.js'

export const client = surfaceClient(tenantSurface(), { credential: (token) => ({ 'x-api-key': token }) })

/** Sends a request about Acme unless it says otherwise. */
export function ask(
  world: Pick<World, 'url' | 'people' | 'secrets' | 'acme'>,
  key: string,
  request: SurfaceRequest,
): Promise<SurfaceAnswer> {
  return client.ask(world, key, { ...request, params: { tenantId: world.acme, ...request.params } })
}
