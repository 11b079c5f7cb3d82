import { Readable } from 'node:stream'
import { createHandler } from './create-handler.js'
import { below, normalBasePath } from './mounts/below.js'
import { toHandlerRequest } from './mounts/node-messages.js'
import type { FastifyReplyLike, FastifyRequestLike } from './mounts/fastify-like.js'
import type { HandlerOptions } from './options.js'

export { fastifyGuard } from './guards/fastify-guard.js'
export type { FastifyGuardOptions } from './guards/fastify-guard.js'

/** An instance of Fastify 5. */
interface FastifyLike<Request> {
  addHook(name: 'onRequest', hook: (request: Request, reply: FastifyReplyLike) => Promise<unknown>): unknown
}

export interface FastifyTenancyOptions<Request> extends HandlerOptions<Request> {
  /** The base path of all APIs. Default: the root. */
  readonly basePath?: string
}

/**
 * The APIs as a plugin for Fastify 5. The plugin handles its requests before Fastify matches routes or parses the body.
 * Other paths fall through to your own routes. Register the plugin after those that `authenticate` needs, such as
 * `@fastify/cookie`.
 *
 * @throws {TypeError} for an unknown option or API.
 *
 * @example
 * await app.register(fastifyTenancy({ tenancy }))
 */
export function fastifyTenancy<Request extends FastifyRequestLike>({
  basePath = '/',
  ...options
}: FastifyTenancyOptions<Request>) {
  const handler = createHandler<Request>(options, 'fastifyTenancy')
  const mountPath = normalBasePath(basePath)
  const plugin = async (app: FastifyLike<Request>): Promise<void> => {
    app.addHook('onRequest', async (request, reply) => {
      const url = below(mountPath, request.raw.url ?? '/')
      if (url === null) return
      const { ip, protocol, host } = request
      const value = await handler(toHandlerRequest(request.raw, url), {
        native: request,
        ip,
        protocol,
        host,
        mountPath,
      })
      if (value === null) return
      // Discards the rest of a rejected upload, so that the client reads the response.
      if (!request.raw.readableEnded) request.raw.resume()
      reply.code(value.status)
      reply.headers({ ...value.headers })
      const { body } = value
      return reply.send(isWhole(body) ? (body ?? undefined) : Readable.from(body))
    })
  }
  // Fastify would otherwise limit the hook to the routes of this plugin.
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}

function isWhole(body: unknown): body is string | Uint8Array | null {
  return body === null || typeof body === 'string' || body instanceof Uint8Array
}
