import { compilePolicy } from '@tenantry/core'
import fc from 'fast-check'
import type { PermissionRules } from './permission-rules.js'
import { withCases } from './with-cases.js'

const POISONED = ['', '*', '*:*', ':', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined']

/** Zero, a line break, and marks that no reader sees. */
const INVISIBLE = ['\0', '\n', ' ', '\u200b', '\ufeff']

/**
 * Any name that looks like a permission and is none: a wildcard, a declared one in another case, cut, lengthened or with
 * invisible characters, a property that every object has, or any text.
 *
 * @example
 * fc.assert(fc.property(anyUndeclaredPermission({ resources }), (name) => !ownersAccess.can(name)))
 */
export function anyUndeclaredPermission(rules: PermissionRules): fc.Arbitrary<string> {
  const { bits, permissions } = compilePolicy(rules)
  const declared = fc.constantFrom(...permissions)
  const part = (name: string, at: number) => name.split(':')[at] ?? ''
  const near = permissions.flatMap((name) => [
    ...[name.toUpperCase(), `${part(name, 0)}:*`, `*:${part(name, 1)}`, `${part(name, 1)}:${part(name, 0)}`],
    ...[part(name, 0), name.slice(0, -1), `${name}s`, `${name} `],
  ])
  const random = fc
    .oneof(
      fc.constantFrom(...POISONED),
      declared.map((name) => name.toUpperCase()),
      declared.map((name) => `${part(name, 0)}:*`),
      declared.map((name) => `*:${part(name, 1)}`),
      declared.map((name) => `${part(name, 1)}:${part(name, 0)}`),
      declared.map((name) => part(name, 0)),
      fc.tuple(declared, fc.nat(20)).map(([name, cut]) => name.slice(0, -1 - cut)),
      fc.tuple(declared, declared).map((names) => names.join(',')),
      fc.tuple(declared, fc.constantFrom(...INVISIBLE), fc.nat(130)).map(([name, mark, at]) => {
        return name.slice(0, at) + mark + name.slice(at)
      }),
      fc.string(),
    )
    .filter((name) => !bits.has(name))
  const undeclared = (names: readonly string[]) => new Set(names.filter((name) => !bits.has(name)))
  return withCases(random, { ordinary: undeclared(POISONED), other: undeclared(near) })
}
