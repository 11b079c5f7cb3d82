import fc from 'fast-check'
import { anyPermission } from '../arbitraries/any-permission.js'
import { anyResource } from '../arbitraries/any-resource.js'
import { anySubject } from '../arbitraries/any-subject.js'
import { doing, whoIs } from './in-words.js'
import { lawOfAny } from './law.js'
import type { Law } from './law.js'

/** That every way to ask answers the same. */
export const answerLaws: readonly Law[] = [
  lawOfAny({
    id: 'explain-is-can',
    sentence: 'explain, canAll, canAny and permissions say what can says',
    cases: ({ rules }) => fc.tuple(anySubject(rules), anyPermission(rules), anyResource()),
    broken(judged, [facts, permission, resource]) {
      const access = judged.accessOf(facts)
      const can = access.can(permission, resource)
      const says = {
        explain: access.explain(permission, resource).allowed === can,
        canAll: access.canAll([permission, permission], resource) === can,
        canAny: access.canAny([permission, permission], resource) === can,
        permissions: access.permissions().includes(permission) === access.can(permission),
      }
      const differing = Object.entries(says).flatMap(([name, isSame]) => (isSame ? [] : [name]))
      if (differing.length === 0) return null
      const what = doing(judged, permission, resource, facts.user.id)
      return `${whoIs(facts)} ${can ? 'may' : 'may not'} ${what}, and ${differing.join(', ')} answer otherwise`
    },
  }),
]
