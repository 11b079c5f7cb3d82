import { TenancyError } from '../../../errors.js'
import type { Resource } from '../../../model/resource.js'
import { decide } from '../../../policy/decide.js'
import type { ResourceAttributes, Subject } from '../../../policy/decide.js'
import { isShared } from '../../../policy/invariants.js'
import type { ResourceReads } from '../../../storage/resource-port.js'
import type { Context } from '../../pipeline/context.js'
import type { TenantAccess } from '../../pipeline/authorize.js'
import { requireType } from './resource-input.js'

/** Who asks, and where. */
interface AccessContext {
  readonly context: Pick<Context, 'policy'>
  readonly tenantId: string
  readonly subject: Subject
}

type Readable = Pick<Resource, 'type' | 'ownerId' | 'visibility' | 'ownerTenantId' | 'tenantId'>

interface Named {
  readonly type: string
  readonly id: string
}

/** Whether it is the caller's own. An operator owns nothing. */
export function isOwn({ subject }: Pick<AccessContext, 'subject'>, { ownerId }: Pick<Resource, 'ownerId'>): boolean {
  return !subject.operator && ownerId === subject.userId
}

/** Whose resources are the caller's own in a list; for an operator no one's. */
export function ownIdOf({ subject }: Pick<AccessContext, 'subject'>): string {
  return subject.operator ? '' : subject.userId
}

/** The resource, to anyone who may know of it in this tenant: its owner, or every member where the tenant sees it. */
export async function findVisible(
  asking: AccessContext,
  resources: ResourceReads,
  { type, id }: Named,
): Promise<Resource | null> {
  const { context, tenantId } = asking
  const resource = await resources.find({ tenantId, type: requireType(context, type), id })
  if (!resource) return null
  return isOwn(asking, resource) || resource.visibility === 'tenant' ? resource : null
}

/** The same, where an unknown resource is refused. A private one of somebody else is one that does not exist. */
export async function requireVisible(asking: AccessContext, resources: ResourceReads, named: Named): Promise<Resource> {
  const resource = await findVisible(asking, resources, named)
  if (resource) return resource
  throw resourceNotFound()
}

/** The resource, for whoever may do this with it. */
export async function loadResource(
  asking: AccessContext,
  resources: ResourceReads,
  named: Named,
  verb: 'read' | 'update' | 'delete' | 'comment',
): Promise<Resource> {
  const resource = await requireVisible(asking, resources, named)
  const permission = `${resource.type}:${verb}`
  if (verb === 'read' && !isDeclared(asking, permission)) return resource
  if (decide(asking.context.policy, asking.subject, permission, factsOf(resource)).allowed) return resource
  throw forbidden(permission)
}

/** What of a type a member may read. A type that declares no reading is read by every member. */
export function readableOf(asking: AccessContext, type: string): { readonly own: boolean; readonly others: boolean } {
  const { context, subject } = asking
  const permission = `${type}:read`
  if (!isDeclared(asking, permission)) return { own: true, others: true }
  const may = (resource: ResourceAttributes) => decide(context.policy, subject, permission, resource).allowed
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
export function mayRead({ context, subject }: AccessContext, resource: Readable): boolean {
  const reading = readingOf(context, resource)
  if (reading === null || (resource.ownerId !== subject.userId && resource.visibility !== 'tenant')) return false
  return reading === 'membership' || decide(context.policy, subject, reading.permission, reading.facts).allowed
}

function isDeclared({ context }: AccessContext, permission: string): boolean {
  return context.policy.bits.has(permission)
}

export function factsOf(resource: Readable) {
  const { ownerId, visibility, ownerTenantId, tenantId } = resource
  return { ownerId, visibility, tenantId: ownerTenantId, sharedTenantId: isShared(resource) ? tenantId : null }
}

/** Refuses whoever lacks the permission to make things of this type in the tenant. */
export function authorizeCreation({ context, subject }: AccessContext, type: string): void {
  const permission = `${requireType(context, type)}:create`
  if (!decide(context.policy, subject, permission).allowed) throw forbidden(permission)
}

/** Organization admins without a membership cannot share: their shares would outlive their access. */
export function requireMembership({ viaOrganization }: Pick<TenantAccess, 'viaOrganization'>): void {
  if (viaOrganization) throw new TenancyError('forbidden', 'Only members of both tenants can share it', {})
}

export function resourceNotFound(): TenancyError {
  return new TenancyError('resource_not_found', 'No such resource', {})
}

export function forbidden(permission: string): TenancyError {
  return new TenancyError('forbidden', `This needs the permission ${permission}`, { permission })
}

export function ownerOnly(): TenancyError {
  return new TenancyError('forbidden', 'Only its owner may do this', {})
}

export function isSharedElsewhere(): TenancyError {
  return new TenancyError('conflict', 'The resource is shared with another tenant; unshare it first', {})
}
