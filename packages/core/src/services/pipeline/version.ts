import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import type { Membership } from '../../model/membership.js'
import type { Resource } from '../../model/resource.js'
import type { Tenant } from '../../model/tenant.js'
import type { TenantRole } from '../../model/tenant-role.js'
import type { User } from '../../model/user.js'

type RoleTerms = Readonly<Pick<TenantRole, 'key' | 'name' | 'rank' | 'permissions'>>

/**
 * Short texts, each of which differs as soon as something that can be changed about the thing does. An update that is
 * given one as `ifVersion` is refused as `version_mismatch` where it no longer holds.
 *
 * @example
 * const { tenant } = await ann.in(tenantId).get()
 * await ann.in(tenantId).update({ name: 'Acme Ltd', ifVersion: versionOf.tenant(tenant) })
 */
export const versionOf = Object.freeze({
  tenant: ({ id, name, slug, joinPolicy, description, plan, status, settings, ownerId }: Tenant): string =>
    hashOf({ id, name, slug, joinPolicy, description, plan, status, settings, ownerId }),
  member: ({ tenantId, userId, roles, active, metadata }: Omit<Membership, 'addedAs' | 'overrides'>): string =>
    hashOf({ tenantId, userId, roles, active, metadata }),
  role: ({ key, name, rank, permissions }: RoleTerms): string => hashOf({ key, name, rank, permissions }),
  /** Of what is said about it, a resource keeps its version. */
  resource: ({ activeAt: _, ...resource }: Resource): string => hashOf(resource),
  user: ({ id, email, emailVerifiedAt, name, avatarUrl, language, timeZone, superuser, status }: User): string =>
    hashOf({ id, email, emailVerifiedAt, name, avatarUrl, language, timeZone, superuser, status }),
})

/** The version that the caller has read, where the change shall be refused for any other. */
export const ifVersion = z.string().max(100).optional()

/** Refuses to change what somebody has changed since the caller read it. The thing is locked by now. */
export function requireVersion(current: string, expected: string | undefined): void {
  if (expected === undefined || expected === current) return
  throw new TenancyError('version_mismatch', 'Somebody has changed this in between; read it again', {})
}

function hashOf(thing: object): string {
  const text = canonicalize(thing) ?? ''
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
