import type { ResourceFacts } from '@tenantry/core'
import fc from 'fast-check'

/**
 * The facts of any resource that a decision may turn on: the user's own, another's (`user-2`), nobody's; private or not;
 * with facts missing; or `undefined`, when no resource in particular is asked about.
 *
 * @example
 * fc.assert(fc.property(anyResource(), (resource) => access.can('invoice:read', resource) === mayRead(resource)))
 */
export function anyResource({ userId = 'user-1' }: { readonly userId?: string } = {}): fc.Arbitrary<
  ResourceFacts | undefined
> {
  const facts = fc.record(
    {
      ownerId: fc.constantFrom('user-2', userId, null),
      visibility: fc.constantFrom('tenant' as const, 'private' as const),
    },
    { requiredKeys: [] },
  )
  return fc.option(facts, { nil: undefined, freq: 4 })
}
