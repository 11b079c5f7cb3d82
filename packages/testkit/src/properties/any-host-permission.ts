import fc from 'fast-check'
import { withCases } from '../arbitraries/with-cases.js'
import type { PermissionRules } from '../arbitraries/permission-rules.js'
import { namesOf } from './policy-under-test.js'

/** Any permission on the host's own resources; `null` where the host declares none. */
export function anyHostPermission({ resources }: PermissionRules): fc.Arbitrary<string | null> {
  const names = namesOf(resources)
  return withCases<string | null>(names.length > 0 ? fc.constantFrom(...names) : fc.constant(null), { ordinary: names })
}
