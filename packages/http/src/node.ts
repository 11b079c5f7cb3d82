import type { IncomingMessage, ServerResponse } from 'node:http'
import { createHandler } from './create-handler.js'
import type { RequestFacts } from './handler/handler.js'
import { below, normalBasePath } from './mounts/below.js'
import { sendNodeResponse, toHandlerRequest } from './mounts/node-messages.js'
import type { HandlerOptions } from './options.js'

export { hasBody, sendNodeResponse, toHandlerRequest } from './mounts/node-messages.js'

export interface NodeHandlerOptions extends HandlerOptions<IncomingMessage> {
  /** The base path of all APIs. Default: the root. */
  readonly basePath?: string
}

/** Facts from a proxy that you trust. */
export type NodeFacts = Partial<Pick<RequestFacts, 'ip' | 'protocol' | 'host'>>

/**
 * The APIs for `node:http`. Resolves with `false`, without touching request and response, if no API has the path.
 *
 * @throws {TypeError} for an unknown option or API.
 *
 * @example
 * const handle = nodeHandler({ tenancy })
 * http.createServer(async (request, response) => {
 *   if (!(await handle(request, response))) response.writeHead(404).end()
 * })
 */
export function nodeHandler({ basePath = '/', ...options }: NodeHandlerOptions) {
  const handler = createHandler<IncomingMessage>(options, 'nodeHandler')
  const mountPath = normalBasePath(basePath)
  return async (request: IncomingMessage, response: ServerResponse, facts: NodeFacts = {}): Promise<boolean> => {
    const url = below(mountPath, request.url ?? '/')
    if (url === null) return false
    const { ip = request.socket.remoteAddress, protocol = 'encrypted' in request.socket ? 'https' : 'http' } = facts
    const { host = request.headers.host } = facts
    const value = await handler(toHandlerRequest(request, url), { native: request, ip, protocol, host, mountPath })
    if (value === null) return false
    await sendNodeResponse(request, response, value)
    return true
  }
}
