import type { ResourceFacts } from '@tenantry/core'
import fc from 'fast-check'

/**
 * The facts of any resource that a decision may turn on: the user's own, another's (`user-2`), nobody's; private or not;
 * of this tenant or another (`tenant-2`), lent to one or the other; with facts missing; or `undefined`, when no resource
 * in particular is asked about.
 *
 * @example
 * fc.assert(fc.property(anyResource(), (resource) => access.can('invoice:read', resource) === mayRead(resource)))
 */
export function anyResource({
  tenantId = 'tenant-1',
  userId = 'user-1',
}: { readonly tenantId?: string; readonly userId?: string } = {}): fc.Arbitrary<ResourceFacts | undefined> {
  const facts = fc.record(
    {
      ownerId: fc.constantFrom('user-2', userId, null),
      visibility: fc.constantFrom('tenant' as const, 'private' as const),
      tenantId: fc.constantFrom(tenantId, 'tenant-2', null),
      sharedTenantId: fc.constantFrom(null, tenantId, 'tenant-2'),
    },
    { requiredKeys: [] },
  )
  return fc.option(facts, { nil: undefined, freq: 4 })
}
