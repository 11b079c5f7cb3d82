import { TenancyError } from '../../../errors.js'
import type { JoinRequest } from '../../../model/join-request.js'
import type { TenantStep } from '../../pipeline/command.js'

/** A request to this tenant that nobody has resolved yet. */
export async function loadPendingRequest({ tx, tenantId }: TenantStep, id: string): Promise<JoinRequest> {
  const request = await tx.joinRequests.find({ tenantId, id })
  if (!request) throw joinRequestNotFound()
  if (request.status === 'pending') return request
  throw new TenancyError('conflict', `The request is ${request.status} already`, {})
}

export function joinRequestNotFound(): TenancyError {
  return new TenancyError('join_request_not_found', 'No such request', {})
}
