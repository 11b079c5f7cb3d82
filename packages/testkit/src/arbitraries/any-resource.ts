import type { ResourceAttributes } from '@tenantry/core'
import fc from 'fast-check'
import { whatIs } from '../properties/describe.js'
import { withCases } from './with-cases.js'

/**
 * The facts of any resource that a decision may turn on: the user's own, another's (`user-2`), nobody's; private or not;
 * of this tenant or another (`tenant-2`), shared with one or the other; with facts missing; or `undefined`, when no resource
 * in particular is asked about.
 *
 * @example
 * fc.assert(fc.property(anyResource(), (resource) => access.can('invoice:read', resource) === mayRead(resource)))
 */
export function anyResource({
  tenantId = 'tenant-1',
  userId = 'user-1',
}: { readonly tenantId?: string; readonly userId?: string } = {}): fc.Arbitrary<ResourceAttributes | undefined> {
  const facts = fc.record(
    {
      ownerId: fc.constantFrom('user-2', userId, null),
      visibility: fc.constantFrom('tenant' as const, 'private' as const),
      tenantId: fc.constantFrom(tenantId, 'tenant-2', null),
      sharedTenantId: fc.constantFrom(null, tenantId, 'tenant-2'),
    },
    { requiredKeys: [] },
  )
  const own = { ownerId: userId }
  const others = { ownerId: 'user-2' }
  const seen = { visibility: 'tenant' as const }
  const hidden = { visibility: 'private' as const }
  const places = [
    ...[{ tenantId }, { tenantId: 'tenant-2' }, { tenantId: null }],
    ...[
      { tenantId: 'tenant-2', sharedTenantId: tenantId },
      { tenantId, sharedTenantId: 'tenant-2' },
    ],
  ]
  const ordinary = [
    undefined,
    { ...others, ...seen },
    { ...own, ...seen },
    { ...own, ...hidden },
    { ...others, ...hidden },
  ]
  const other = [
    ...[{}, own, others, seen, hidden, { ownerId: null, ...seen }, { ownerId: null, ...hidden }],
    ...[own, others].flatMap((owner) => places.map((place) => ({ ...owner, ...seen, ...place }))),
  ]
  const random = fc.oneof(
    { weight: 2, arbitrary: facts },
    fc.constantFrom(...ordinary).map((one) => one && { ...one }),
  )
  return withCases<ResourceAttributes | undefined>(
    random,
    { ordinary, other: other.map((one) => ({ ...one })) },
    (resource) => (resource ? whatIs(resource, userId) : 'no resource in particular'),
  )
}
