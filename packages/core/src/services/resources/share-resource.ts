import { TenancyError } from '../../errors.js'
import type { NewEvent } from '../../events.js'
import { Id } from '../../model/id.js'
import type { Resource } from '../../model/resource.js'
import { isLent } from '../../policy/invariants.js'
import { loadStanding } from '../authorize.js'
import { memberCommand } from '../command.js'
import type { MemberStep, TenantStep } from '../command.js'
import type { Outcome } from '../outcome.js'
import { refuseTakenId } from './create-resource.js'
import {
  authorizeCreation,
  findKnown,
  isLentAway,
  ownersAlone,
  resourceNotFound,
  requireMembership,
} from './load-resource.js'
import { ResourceName } from './resource-input.js'

/**
 * Lets the tenant see a resource, or lends it to another tenant, in which the owner must be able to make one like it: it
 * is seen there then, and nowhere else.
 */
export const shareResource = memberCommand({
  input: ResourceName.extend({ tenantId: Id.optional() }),
  permission: null,
  otherTenants: async (_, { tenantId }) => (tenantId === undefined ? [] : [tenantId]),
  async run(step, { type, id, tenantId: to = step.tenantId }) {
    const resource = await loadOwn(step, { type, id })
    if (to === resource.tenantId) return showHere(step, resource)
    if (isLent(resource)) throw isLentAway()
    const standing = await loadStanding(step.context, step.tx, { tenantId: to, userId: step.user.id })
    authorizeCreation({ ...step, ...standing, tenantId: to }, type)
    for (const place of [step, standing]) requireMembership(place)
    return lend(step, resource, to)
  },
})

/** One's own resource. Whoever lent it away may know where it is not. */
async function loadOwn(step: MemberStep, named: { readonly type: string; readonly id: string }): Promise<Resource> {
  const { tx, tenantId, user } = step
  const resource = await findKnown(step, tx.resources, named)
  if (resource?.ownerId === user.id) return resource
  if (resource) throw ownersAlone()
  const loan = await tx.resources.findLoan({ homeTenantId: tenantId, ...named })
  throw loan?.ownerId === user.id ? isLentAway() : resourceNotFound()
}

export async function showHere(
  { tx, now }: Pick<TenantStep, 'tx' | 'now'>,
  resource: Resource,
): Promise<Outcome<Resource>> {
  const { tenantId, type, id } = resource
  if (resource.visibility === 'tenant') return { result: resource, events: [] }
  const set = { visibility: 'tenant', updatedAt: now, activeAt: now } as const
  if (!(await tx.resources.update({ tenantId, type, id, set }))) throw resourceNotFound()
  return { result: { ...resource, ...set }, events: [shared(resource, tenantId, tenantId)] }
}

/** Lends what is at home to another tenant, in which its owner may make one like it. */
export async function lend(
  { tx, now }: Pick<TenantStep, 'tx' | 'now'>,
  resource: Resource,
  to: string,
): Promise<Outcome<Resource>> {
  const { tenantId, type, id } = resource
  const lent = await tx.resources.lend({ tenantId, type, id, to, at: now }).catch(refuseTakenId)
  if (!lent) throw new TenancyError('conflict', 'It was moved meanwhile', {})
  return {
    result: { ...resource, tenantId: to, visibility: 'tenant', updatedAt: now, activeAt: now },
    events: [tenantId, to].map((place) => shared(resource, place, to)),
  }
}

function shared({ type, id }: Resource, place: string, to: string): NewEvent {
  const target = { type: 'resource', id } as const
  return { type: 'resource.shared', scope: { tenantId: place }, target, data: { type, tenantId: to } }
}
