import { consoleSurface } from './console/console-surface.js'
import type { RouterOptions, Surface } from './http/surface.js'

/** What a host may say about the surfaces as a whole. */
export interface SurfaceOptions extends RouterOptions {
  /**
   * Who keeps accounts. `tenantry`: people sign up by invitation and sign in here. `host`: they have signed in at the
   * host, and only then can accept an invitation. Default: `host` where `authenticate` is given, else `tenantry`.
   */
  readonly accounts?: 'tenantry' | 'host'
}

interface SurfaceRow {
  /** Where it is mounted unless the host says otherwise. The defaults do not collide. */
  readonly prefix: string
  readonly create: (options: { readonly accounts: 'tenantry' | 'host' }) => Surface
}

export type SurfaceName = 'console'

/** Every surface there is. */
export const SURFACES: Readonly<Record<SurfaceName, SurfaceRow>> = {
  console: { prefix: '/', create: consoleSurface },
}

/** A surface as these options make it. */
export function createSurface(name: SurfaceName, { authenticate, accounts }: SurfaceOptions): Surface {
  return SURFACES[name].create({ accounts: accounts ?? (authenticate ? 'host' : 'tenantry') })
}
