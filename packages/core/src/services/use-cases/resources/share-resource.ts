import { Id } from '../../../model/id.js'
import type { Resource } from '../../../model/resource.js'
import { isShared } from '../../../policy/invariants.js'
import { resolveAccess } from '../../pipeline/authorize.js'
import { memberCommand } from '../../pipeline/command.js'
import type { MemberStep } from '../../pipeline/command.js'
import {
  authorizeCreation,
  findVisible,
  isSharedElsewhere,
  ownerOnly,
  resourceNotFound,
  requireMembership,
} from '../../steps/resources/load-resource.js'
import { ResourceName } from '../../steps/resources/resource-input.js'
import { share, shareInTenant } from '../../steps/resources/share.js'

/**
 * Makes a resource visible in its tenant, or shares it with another tenant. The owner must be allowed to create one like
 * it there. A shared resource is visible in that tenant only.
 */
export const shareResource = memberCommand({
  input: ResourceName.extend({ tenantId: Id.optional() }),
  permission: null,
  otherTenants: async (_, { tenantId }) => (tenantId === undefined ? [] : [tenantId]),
  async run(step, { type, id, tenantId: to = step.tenantId }) {
    const resource = await loadOwn(step, { type, id })
    if (to === resource.tenantId) return shareInTenant(step, resource)
    if (isShared(resource)) throw isSharedElsewhere()
    const tenantAccess = await resolveAccess(step.context, step.tx, { tenantId: to, userId: step.user.id })
    authorizeCreation({ ...step, ...tenantAccess, tenantId: to }, type)
    for (const place of [step, tenantAccess]) requireMembership(place)
    return share(step, resource, to)
  },
})

/** The caller's own resource. Only its owner learns that it is shared with another tenant. */
async function loadOwn(step: MemberStep, named: { readonly type: string; readonly id: string }): Promise<Resource> {
  const { tx, tenantId, user } = step
  const resource = await findVisible(step, tx.resources, named)
  if (resource?.ownerId === user.id) return resource
  if (resource) throw ownerOnly()
  const share = await tx.resources.findShare({ ownerTenantId: tenantId, ...named })
  throw share?.ownerId === user.id ? isSharedElsewhere() : resourceNotFound()
}
