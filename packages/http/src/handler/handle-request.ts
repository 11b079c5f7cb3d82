import { TenancyError } from '@tenantry/core'
import type { TenantClient, Logger } from '@tenantry/core'
import type { Request, Response } from 'express'
import { identifyCaller } from './identify-caller.js'
import { parseRequest } from './parse-request.js'
import { readJsonBody } from './read-json-body.js'
import { readUpload } from './read-upload.js'
import type { Call, Route } from './route.js'
import { sendResponse, sendFailure } from './send.js'
import type { Identifying, Api } from './api.js'

/** What all requests of one API share. */
export interface Binding extends Identifying {
  readonly api: Api
  readonly logger: Logger
  readonly recordLastActivity: (userId: string, member: TenantClient) => Promise<void>
}

/** Authenticate, read, parse, run, answer. */
export async function handleRequest(
  binding: Binding,
  route: Route,
  request: Request,
  response: Response,
): Promise<void> {
  const { api, logger } = binding
  try {
    await sendResponse(response, api, route, await runRoute(binding, route, request, response))
  } catch (error) {
    sendFailure(response, { api, route, error, logger })
  }
}

async function runRoute(binding: Binding, route: Route, request: Request, response: Response): Promise<unknown> {
  const { tenancy, api } = binding
  const { actor, accessToken, bearer } = api.identify
    ? await api.identify(binding, route, request)
    : await identifyCaller(binding, api, request)
  const userId = 'userId' in actor ? actor.userId : null
  const isSubject = route.external === true && bearer?.kind === 'external'
  if (userId === null && !isSubject && !route.public) throw new TenancyError('unauthenticated', 'Sign in first', {})
  const file = route.upload ? await readUpload(request, response, route.upload) : null
  const hasBody = !route.upload && request.method !== 'GET' && request.method !== 'HEAD'
  const parts = parseRequest(route, request, hasBody ? await readJsonBody(request, response) : undefined)
  const as = tenancy.as(actor)
  const entered: TenantClient[] = []
  const enter = (tenantId: string): TenantClient => {
    const member = as.in(tenantId)
    entered.push(member)
    return member
  }
  const baseUrl = `${request.protocol}://${request.get('host') ?? 'localhost'}${request.baseUrl}`
  const call: Call = { tenancy, actor, as, enter, accessToken, bearer, baseUrl, file, ...parts }
  const result = await route.run(call)
  if (userId !== null) for (const member of entered) await binding.recordLastActivity(userId, member)
  return result
}
