import { TenancyError } from '../../errors.js'
import type { Resource } from '../../model/resource.js'
import { decide } from '../../policy/decide.js'
import type { ResourceFacts, Subject } from '../../policy/decide.js'
import { isLent } from '../../policy/invariants.js'
import type { ResourceReads } from '../../storage/resource-port.js'
import type { Context } from '../context.js'
import type { Standing } from '../authorize.js'
import { requireType } from './resource-input.js'

/** Who asks, and where. */
interface Asking {
  readonly context: Pick<Context, 'policy'>
  readonly tenantId: string
  readonly subject: Subject
}

type Readable = Pick<Resource, 'type' | 'ownerId' | 'visibility' | 'homeTenantId' | 'tenantId'>

interface Named {
  readonly type: string
  readonly id: string
}

/** Whether it is the caller's own. An operator owns nothing. */
export function isOwn({ subject }: Pick<Asking, 'subject'>, { ownerId }: Pick<Resource, 'ownerId'>): boolean {
  return !subject.operator && ownerId === subject.userId
}

/** Whose resources are the caller's own in a list; for an operator no one's. */
export function ownIdOf({ subject }: Pick<Asking, 'subject'>): string {
  return subject.operator ? '' : subject.userId
}

/** The resource, to anyone who may know of it in this tenant: its owner, or every member where the tenant sees it. */
export async function findKnown(
  asking: Asking,
  resources: ResourceReads,
  { type, id }: Named,
): Promise<Resource | null> {
  const { context, tenantId } = asking
  const resource = await resources.find({ tenantId, type: requireType(context, type), id })
  if (!resource) return null
  return isOwn(asking, resource) || resource.visibility === 'tenant' ? resource : null
}

/** The same, where an unknown resource is refused. A private one of somebody else is one that does not exist. */
export async function loadKnown(asking: Asking, resources: ResourceReads, named: Named): Promise<Resource> {
  const resource = await findKnown(asking, resources, named)
  if (resource) return resource
  throw resourceNotFound()
}

/** The resource, for whoever may do this with it. */
export async function loadResource(
  asking: Asking,
  resources: ResourceReads,
  named: Named,
  verb: 'read' | 'update' | 'delete' | 'comment',
): Promise<Resource> {
  const resource = await loadKnown(asking, resources, named)
  const permission = `${resource.type}:${verb}`
  if (verb === 'read' && !isDeclared(asking, permission)) return resource
  if (decide(asking.context.policy, asking.subject, permission, factsOf(resource)).allowed) return resource
  throw forbidden(permission)
}

/** What of a type a member may read. A type that declares no reading is read by every member. */
export function readableOf(asking: Asking, type: string): { readonly own: boolean; readonly others: boolean } {
  const { context, subject } = asking
  const permission = `${type}:read`
  if (!isDeclared(asking, permission)) return { own: true, others: true }
  const may = (resource: ResourceFacts) => decide(context.policy, subject, permission, resource).allowed
  return { own: may({ ownerId: subject.userId }), others: may({ visibility: 'tenant' }) }
}

/**
 * What lets others read a resource that the tenant sees: a permission, or being a member where its type declares no
 * reading. `null` for a type that is declared no more.
 */
export function readingOf({ policy }: Pick<Context, 'policy'>, resource: Readable) {
  if (!Object.hasOwn(policy.resources, resource.type)) return null
  const permission = `${resource.type}:read`
  return policy.bits.has(permission) ? { permission, facts: factsOf(resource) } : 'membership'
}

/** Whether somebody who was told of a resource may still read it. */
export function mayRead({ context, subject }: Asking, resource: Readable): boolean {
  const reading = readingOf(context, resource)
  if (reading === null || (resource.ownerId !== subject.userId && resource.visibility !== 'tenant')) return false
  return reading === 'membership' || decide(context.policy, subject, reading.permission, reading.facts).allowed
}

function isDeclared({ context }: Asking, permission: string): boolean {
  return context.policy.bits.has(permission)
}

export function factsOf(resource: Readable) {
  const { ownerId, visibility, homeTenantId, tenantId } = resource
  return { ownerId, visibility, tenantId: homeTenantId, sharedTenantId: isLent(resource) ? tenantId : null }
}

/** Refuses whoever lacks the permission to make things of this type in the tenant. */
export function authorizeCreation({ context, subject }: Asking, type: string): void {
  const permission = `${requireType(context, type)}:create`
  if (!decide(context.policy, subject, permission).allowed) throw forbidden(permission)
}

/** Whoever runs the organization without being a member could be gone tomorrow, and what they lent with them. */
export function requireMembership({ byOrganizationAlone }: Pick<Standing, 'byOrganizationAlone'>): void {
  if (byOrganizationAlone) throw new TenancyError('forbidden', 'Only members of both tenants lend', {})
}

export function resourceNotFound(): TenancyError {
  return new TenancyError('resource_not_found', 'No such resource', {})
}

export function forbidden(permission: string): TenancyError {
  return new TenancyError('forbidden', `This needs the permission ${permission}`, { permission })
}

export function ownersAlone(): TenancyError {
  return new TenancyError('forbidden', 'Only its owner may do this', {})
}

export function isLentAway(): TenancyError {
  return new TenancyError('conflict', 'It is lent to another tenant; take it back first', {})
}
