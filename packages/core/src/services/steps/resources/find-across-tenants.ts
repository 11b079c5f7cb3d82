import type { Resource } from '../../../model/resource.js'
import type { User } from '../../../model/user.js'
import { decide, toSubject } from '../../../policy/decide.js'
import type { Subject } from '../../../policy/decide.js'
import type { Reads } from '../../../storage/port.js'
import type { Context } from '../../pipeline/context.js'
import { factsOf, forbidden, resourceNotFound } from './load-resource.js'
import { requireType } from './resource-input.js'

/** Who asks, and what is read. */
interface AccessContext {
  readonly context: Pick<Context, 'policy'>
  readonly reads: Pick<Reads, 'resources' | 'access'>
  readonly user: User
}

/** A resource that somebody may know of, and where they stand in the tenant that sees it; its owner also at its home. */
interface Found {
  readonly resource: Resource
  readonly subjects: readonly Subject[]
}

interface Named {
  readonly type: string
  readonly id: string
}

/**
 * The resource of this id, in whichever tenant its owner or an active member who may know of it finds it. One's own
 * comes first: tenants may have used the same id.
 */
async function findAcrossTenants({ context, reads, user }: AccessContext, { type, id }: Named): Promise<Found | null> {
  const { policy } = context
  const seen = await reads.resources.findForUser({ userId: user.id, type: requireType(context, type), id })
  const isOwn = ({ ownerId }: Resource) => ownerId === user.id
  for (const resource of [...seen.filter(isOwn), ...seen.filter((one) => !isOwn(one))]) {
    const { tenantId, ownerTenantId, visibility } = resource
    const standIn = async (place: string) => {
      const facts = await reads.access.find({ tenantId: place, userId: user.id })
      return facts && toSubject(policy, facts)
    }
    const subject = await standIn(tenantId)
    if (!subject) continue
    // What one has shared stays one's own where one no longer works oneself.
    const ownerTenant = isOwn(resource) && tenantId !== ownerTenantId ? await standIn(ownerTenantId) : null
    const subjects = [subject, ...(ownerTenant ? [ownerTenant] : [])].filter(({ denial }) => denial === null)
    if (subjects.length > 0 && (isOwn(resource) || visibility === 'tenant')) return { resource, subjects }
  }
  return null
}

/** The same, for whoever may do this with it. One that the asker may not know of is one that does not exist. */
export async function requireAcrossTenants(
  asking: AccessContext,
  named: Named,
  verb: 'read' | 'update' | 'delete',
): Promise<Resource> {
  const found = await findAcrossTenants(asking, named)
  if (!found) throw resourceNotFound()
  const { resource, subjects } = found
  const permission = `${resource.type}:${verb}`
  const isOpen = verb === 'read' && !asking.context.policy.bits.has(permission)
  const { policy } = asking.context
  const may = (subject: Subject) => decide(policy, subject, permission, factsOf(resource)).allowed
  if (isOpen || subjects.some(may)) return resource
  throw forbidden(permission)
}
