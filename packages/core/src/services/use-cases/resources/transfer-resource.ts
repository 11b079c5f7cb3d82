import { Id } from '../../../model/id.js'
import { isShared } from '../../../policy/invariants.js'
import { tenantCommand } from '../../pipeline/command.js'
import { memberNotFound } from '../../steps/members/load-member.js'
import {
  isSharedElsewhere,
  isOwn,
  requireVisible,
  ownerOnly,
  resourceNotFound,
} from '../../steps/resources/load-resource.js'
import { ResourceName } from '../../steps/resources/resource-input.js'

/** Gives a resource to another active member. Its owner may, and who holds an unrestricted role and may know of it. */
export const transferResource = tenantCommand({
  input: ResourceName.extend({ userId: Id }),
  permission: null,
  async run(step, { type, id, userId }) {
    const { tx, tenantId, subject } = step
    const resource = await requireVisible(step, tx.resources, { type, id })
    const { ownerId: from } = resource
    if (!isOwn(step, resource) && !subject.unrestricted) throw ownerOnly()
    // Its next owner would have to be a member of both tenants.
    if (isShared(resource)) throw isSharedElsewhere()
    if (from === userId) return { result: resource, events: [] }
    const target = await tx.memberships.find({ tenantId, userId })
    if (!target?.active || target.user.status !== 'active') throw memberNotFound()
    const moved = await tx.resources.reassign({ tenantId, from, to: userId, only: { type, id } })
    if (moved === 0) throw resourceNotFound()
    return {
      result: { ...resource, ownerId: userId },
      events: [{ type: 'resource.transferred', target: { type: 'resource', id }, data: { type, from, to: userId } }],
    }
  },
})
