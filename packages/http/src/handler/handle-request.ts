import { TenancyError } from '@tenantry/core'
import type { Logger, TenantSlug } from '@tenantry/core'
import type { Entered } from './activity.js'
import type { Api, Identifying } from './api.js'
import type { HandlerRequest, HandlerResponse, RequestFacts } from './handler.js'
import { identifyCaller } from './identify-caller.js'
import { parseRequest } from './parse-request.js'
import { readJsonBody } from './read-json-body.js'
import type { Call, Route } from './route.js'
import { toErrorResponse, toResponse } from './to-response.js'

/** The settings that all requests to one API share. */
export interface Binding extends Identifying {
  readonly api: Api
  readonly logger: Logger
  readonly recordLastActivity: (userId: string, entered: Entered) => Promise<void>
}

/** A request, the facts that its mount knows, and the path of the API's prefix below the mount. */
export interface Incoming {
  readonly request: HandlerRequest
  readonly facts: RequestFacts
  readonly prefix: string
}

interface MatchedRequest extends Incoming {
  readonly params: Readonly<Record<string, string>>
}

/** Authenticates, reads the body, validates, runs the route and returns the response. */
export async function handleRequest(
  binding: Binding,
  route: Route,
  incoming: MatchedRequest,
): Promise<HandlerResponse> {
  const { api, logger } = binding
  const failed = (error: unknown) => toErrorResponse({ api, route, error, logger })
  try {
    const result = await runRoute(binding, route, incoming)
    // The status of a broken stream is already sent, so the error can only be logged.
    return await toResponse({ api, route, request: incoming.request, onBroken: (error) => void failed(error) }, result)
  } catch (error) {
    return failed(error)
  }
}

async function runRoute(binding: Binding, route: Route, incoming: MatchedRequest): Promise<unknown> {
  const { tenancy, api } = binding
  const { request, facts, params, prefix } = incoming
  const { actor, accessToken, bearer } = api.identify
    ? await api.identify(binding, route, request, facts)
    : await identifyCaller(binding, api, request, facts)
  const userId = 'userId' in actor ? actor.userId : null
  const isSubject = route.external === true && bearer?.kind === 'external'
  if (userId === null && !isSubject && !route.public) throw new TenancyError('unauthenticated', 'Sign in first', {})
  const file = route.upload ? await readFile(request, route.upload) : null
  const hasBody = !route.upload && request.method !== 'GET' && request.method !== 'HEAD'
  const parts = parseRequest(route, { request, params, body: hasBody ? await readJsonBody(request) : undefined })
  const as = tenancy.as(actor)
  const entered: Entered[] = []
  const enter = (reference: string | TenantSlug) => {
    const tenant = as.in(reference)
    entered.push({ reference, tenant })
    return tenant
  }
  const baseUrl = `${facts.protocol}://${facts.host ?? 'localhost'}${facts.mountPath}${prefix}`
  const call: Call = { tenancy, actor, as, enter: enter as Call['enter'], accessToken, bearer, baseUrl, file, ...parts }
  const result = await route.run(call)
  if (userId !== null) for (const one of entered) await binding.recordLastActivity(userId, one)
  return result
}

/** Loaded on the first upload, because few requests contain a file. */
async function readFile(request: HandlerRequest, upload: NonNullable<Route['upload']>) {
  const { readUpload } = await import('./read-upload.js')
  return readUpload(request, upload)
}
