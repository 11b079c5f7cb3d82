import type { RequestFacts } from '@tenantry/http'
import type { Request } from 'express'

/** The facts about a request to a handler below `mountPath`, from Express. */
export function factsOf(request: Request, mountPath: string): RequestFacts<Request> {
  return {
    native: request,
    // The setting `trust proxy` of the application decides whether Express uses X-Forwarded-For.
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

/** The host that the browser requested. `X-Forwarded-Host` is used only if `trust proxy` allows it, as in Express. */
function hostOf(request: Request): string | undefined {
  const trusts: unknown = request.app.get('trust proxy fn')
  const isBehindProxy = typeof trusts === 'function' && trusts(request.socket.remoteAddress, 0) === true
  const forwarded = isBehindProxy ? request.get('x-forwarded-host')?.split(',')[0]?.trim() : undefined
  return forwarded || request.get('host')
}
