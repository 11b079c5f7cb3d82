import { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import { Id } from '../../../model/id.js'
import { ResourceVisibility } from '../../../model/resource.js'
import type { Resource } from '../../../model/resource.js'
import { isShared } from '../../../policy/invariants.js'
import { resolveAccess } from '../../pipeline/authorize.js'
import type { Outcome } from '../../pipeline/outcome.js'
import { ownedTenantsOf } from '../tenants/owned-tenants.js'
import { unshare, unshareInTenant } from './unshare.js'
import { requireLocked } from './locked-tenants.js'
import { authorizeCreation, requireMembership } from './load-resource.js'
import type { UserStep } from '../../pipeline/user-command.js'
import { share, shareInTenant } from './share.js'

/** Who shall see a resource of one's own: nobody, or a tenant. */
export const visibilityFields = {
  visibility: ResourceVisibility.optional(),
  /** The tenant that sees it. Default: the oldest that its owner owns and is not personal, or else the resource's own. */
  tenantId: Id.optional(),
}

interface VisibilityChange {
  readonly visibility?: 'private' | 'tenant' | undefined
  readonly tenantId?: string | undefined
}

/** Refuses a tenant for what nobody else sees. */
export function checkTarget({ visibility, tenantId }: VisibilityChange): void {
  if (tenantId === undefined || visibility === 'tenant') return
  throw new TenancyError('invalid_input', 'tenantId: is for what a tenant sees', { field: 'tenantId' })
}

/** Whether a resource is seen by others than shall see it. A tenant that is not named stays the one it is. */
export function isElsewhere(resource: Resource, { visibility, tenantId }: VisibilityChange): boolean {
  const isShown = resource.visibility === 'tenant'
  if ((visibility ?? resource.visibility) === 'private') return isShown
  return !isShown || (tenantId ?? resource.tenantId) !== resource.tenantId
}

/** Gives the caller's own resource its new visibility. The owner must be allowed to create one like it in the tenant. */
export async function changeVisibility(
  step: UserStep,
  resource: Resource,
  wanted: VisibilityChange,
): Promise<Outcome<Resource>> {
  const events: NewEvent[] = []
  let current = resource
  const apply = ({ result, events: notified }: Outcome<Resource>) => {
    current = result
    events.push(...notified)
  }
  const isPrivate = (wanted.visibility ?? resource.visibility) === 'private'
  const to = isPrivate ? null : await targetTenant(step, resource, wanted.tenantId)
  if (isShared(resource)) {
    const { resource: result, events: notified } = await unshare(step, resource)
    apply({ result, events: notified })
  } else if (to !== resource.tenantId) apply(await unshareInTenant(step, resource))
  if (to === resource.ownerTenantId) apply(await shareInTenant(step, current))
  else if (to !== null) apply(await share(step, current, to))
  return { result: current, events }
}

/** The target tenant. The owner must be a member of both tenants and allowed to create this type in the target. */
async function targetTenant(
  step: UserStep,
  { ownerTenantId, type }: Resource,
  named: string | undefined,
): Promise<string> {
  const { context, tx, user } = step
  const tenantId = named ?? (await ownedTenantsOf(tx, user.id)).nonPersonal?.id ?? ownerTenantId
  requireLocked(step, [tenantId, ownerTenantId])
  const ownerTenant = await resolveAccess(context, tx, { tenantId: ownerTenantId, userId: user.id })
  if (tenantId === ownerTenantId) return tenantId
  const tenantAccess = await resolveAccess(context, tx, { tenantId, userId: user.id })
  authorizeCreation({ context, tenantId, subject: tenantAccess.subject }, type)
  for (const place of [ownerTenant, tenantAccess]) requireMembership(place)
  return tenantId
}
