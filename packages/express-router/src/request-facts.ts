import type { RequestFacts } from '@tenantry/http'
import type { Request } from 'express'

/** What Express knows of a request to a handler below `mountPath`. */
export function factsOf(request: Request, mountPath: string): RequestFacts<Request> {
  return {
    native: request,
    // Express decides by the host's `trust proxy` whether X-Forwarded-For counts.
    ip: request.ip,
    mountPath,
    get protocol() {
      return request.protocol
    },
    get host() {
      return hostOf(request)
    },
  }
}

/** As the browser named it: `X-Forwarded-Host` counts where the host's `trust proxy` says so, as it does in Express. */
function hostOf(request: Request): string | undefined {
  const trusts: unknown = request.app.get('trust proxy fn')
  const isBehindProxy = typeof trusts === 'function' && trusts(request.socket.remoteAddress, 0) === true
  const forwarded = isBehindProxy ? request.get('x-forwarded-host')?.split(',')[0]?.trim() : undefined
  return forwarded || request.get('host')
}
