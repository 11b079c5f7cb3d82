import type { MemberMetadata, Settings } from '@tenantry/core'
import type { FastifyReplyLike, FastifyRequestLike } from '../mounts/fastify-like.js'
import { toHandlerRequest } from '../mounts/node-messages.js'
import { createGuard } from './create-guard.js'
import type { GuardOptions } from './create-guard.js'
import { denialOf, denialHeaders } from './denial.js'
import type { Denial } from './denial.js'

export interface FastifyGuardOptions<
  FastifyRequest,
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> extends GuardOptions<FastifyRequest, Permission, Role, Metadata, Values> {
  /** Responds to a denied request in the host's format. Default: problem details (RFC 9457). */
  readonly onDenied?: (denial: Denial, request: FastifyRequest, reply: FastifyReplyLike) => unknown
}

/**
 * Guards routes of Fastify 5. A guarded handler reads its scope from `request.tenancy`.
 *
 * @throws {TypeError} naming the invalid option.
 *
 * @example
 * const guard = fastifyGuard({ tenancy, tenant: fromHeader('x-tenant') })
 * const hook = guard.require('invoice:read')
 */
export function fastifyGuard<
  FastifyRequest extends FastifyRequestLike,
  Permission extends string,
  Role extends string,
  Metadata = MemberMetadata,
  Values = Settings,
>({ onDenied = sendProblem, ...options }: FastifyGuardOptions<FastifyRequest, Permission, Role, Metadata, Values>) {
  const guard = createGuard<FastifyRequest, Permission, Role, Metadata, Values>(options, 'fastifyGuard')
  return Object.freeze({
    openFor: guard.openFor,
    /** A `preHandler` hook that requires all of these permissions; without any, a membership. */
    require(...permissions: readonly Permission[]) {
      guard.checkPermissions(permissions)
      return async (request: FastifyRequest, reply: FastifyReplyLike): Promise<unknown> => {
        const { raw, ip, protocol, host } = request
        const facts = { native: request, ip, protocol, host, mountPath: '' }
        try {
          const scope = await guard.open(toHandlerRequest(raw, raw.url ?? '/', null), facts, permissions)
          return void Object.assign(request, { tenancy: scope })
        } catch (error) {
          const denial = denialOf(error)
          if (denial === null) throw error
          await onDenied(denial, request, reply)
          // Fastify skips the handler after a hook has returned the reply.
          return reply
        }
      }
    },
  })
}

function sendProblem(denial: Denial, _request: unknown, reply: FastifyReplyLike): void {
  reply.code(denial.status)
  reply.headers({ ...denialHeaders(denial) })
  // Sent as bytes, because Fastify adds a charset to text.
  reply.send(Buffer.from(JSON.stringify(denial.problem)))
}
