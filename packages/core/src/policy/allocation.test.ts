import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { toAccess } from './access.js'
import { decide, toSubject, type ResourceAttributes } from './decide.js'
import { compilePolicy } from './policy.js'

const policy = compilePolicy({ resources: { invoice: ['read', 'approve'] } })
const tenant = { id: 'acme', status: 'active' } as const
const user = { id: 'ann', status: 'active' } as const
const subjectWith = (role: string) =>
  toSubject(policy, { tenant, user, customRoles: [], membership: { roles: [role], active: true, overrides: {} } })

const own: ResourceAttributes = { ownerId: 'ann', visibility: 'private' }
const shared: ResourceAttributes = { ownerId: 'bob', tenantId: 'acme', sharedTenantId: null }
const foreign: ResourceAttributes = { ownerId: 'bob', tenantId: 'zeta' }

/** The bytes that are in use once all that is not has been cleared away. */
function bytesInUse(collect: () => void): number {
  collect()
  return process.memoryUsage().heapUsed
}

it('can makes nothing, whatever it is asked', () => {
  setFlagsFromString('--expose-gc')
  // The flag gives new contexts the function of this name.
  const collect = runInNewContext('gc') as () => void
  // The tenant itself plays no part in a decision.
  const access = toAccess(policy, tenant as never, subjectWith('viewer'))
  const ask = (times: number) => {
    let allowed = 0
    for (let time = 0; time < times; time++) {
      // Walking over a list would make something itself.
      if (access.can('invoice:read')) allowed++
      if (access.can('invoice:read', own)) allowed++
      if (access.can('invoice:approve', shared)) allowed++
      if (access.can('invoice:read', foreign)) allowed++
      if (access.can('invoice:fly', own)) allowed++
    }
    return allowed
  }
  ask(20_000)
  const before = bytesInUse(collect)
  const allowed = ask(40_000)
  const used = process.memoryUsage().heapUsed - before
  expect(allowed).toBe(80_000)
  // An object for each of 200,000 answers would be megabytes.
  expect(used).toBeLessThan(500_000)
})

it('decide returns shared frozen decisions', () => {
  for (const role of ['owner', 'viewer', 'gone']) {
    for (const resource of [undefined, own, shared, foreign]) {
      for (const permission of ['invoice:read', 'invoice:approve', 'invoice:fly']) {
        const answer = decide(policy, subjectWith(role), permission, resource)
        expect(Object.isFrozen(answer)).toBe(true)
        expect(decide(policy, subjectWith(role), permission, resource)).toBe(answer)
      }
    }
  }
})
