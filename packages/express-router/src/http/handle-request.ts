import { TenancyError } from '@tenantry/core'
import type { ActingMember, Logger } from '@tenantry/core'
import type { Request, Response } from 'express'
import { identifyCaller } from './identify-caller.js'
import { parseRequest } from './parse-request.js'
import { readJsonBody } from './read-json-body.js'
import { readUpload } from './read-upload.js'
import type { Call, Route } from './route.js'
import { sendAnswer, sendFailure } from './send.js'
import type { Identifying, Surface } from './surface.js'

/** What all requests of one surface share. */
export interface Binding extends Identifying {
  readonly surface: Surface
  readonly logger: Logger
  readonly noteActivity: (userId: string, member: ActingMember) => Promise<void>
}

/** Authenticate, read, parse, run, answer. */
export async function handleRequest(
  binding: Binding,
  route: Route,
  request: Request,
  response: Response,
): Promise<void> {
  const { surface, logger } = binding
  try {
    await sendAnswer(response, surface, route, await runRoute(binding, route, request, response))
  } catch (error) {
    sendFailure(response, { surface, route, error, logger })
  }
}

async function runRoute(binding: Binding, route: Route, request: Request, response: Response): Promise<unknown> {
  const { tenancy, surface } = binding
  const { actor, accessToken, bearer } = surface.identify
    ? await surface.identify(binding, route, request)
    : await identifyCaller(binding, surface, request)
  const userId = 'userId' in actor ? actor.userId : null
  const isSubject = route.external === true && bearer?.kind === 'external'
  if (userId === null && !isSubject && !route.public) throw new TenancyError('unauthenticated', 'Sign in first', {})
  const file = route.upload ? await readUpload(request, response, route.upload) : null
  const hasBody = !route.upload && request.method !== 'GET' && request.method !== 'HEAD'
  const parts = parseRequest(route, request, hasBody ? await readJsonBody(request, response) : undefined)
  const as = tenancy.as(actor)
  const entered: ActingMember[] = []
  const enter = (tenantId: string): ActingMember => {
    const member = as.in(tenantId)
    entered.push(member)
    return member
  }
  const baseUrl = `${request.protocol}://${request.get('host') ?? 'localhost'}${request.baseUrl}`
  const call: Call = { tenancy, actor, as, enter, accessToken, bearer, baseUrl, file, ...parts }
  const answer = await route.run(call)
  if (userId !== null) for (const member of entered) await binding.noteActivity(userId, member)
  return answer
}
