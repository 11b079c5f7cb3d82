import { accessOf, createTenancy } from '@tenantry/core'
import type { Access, DecisionFacts, ResourceFacts, Storage, Tenancy } from '@tenantry/core'
import { describe, expect, test } from 'vitest'
import type { PermissionRules } from '../arbitraries/permission-rules.js'
import { judgedOf } from './judged.js'
import type { Judged, PermissionLawOptions } from './judged.js'
import { checkLaw, LAWS } from './permission-laws.js'

const resources = { invoice: ['read', 'update', 'approve'] } as const
const RULES = { resources, roles: { clerk: { rank: 15, name: 'Clerk', permissions: ['invoice:update', 'member:assign'] } } }

/** What the law says of these rules, decided by a library that is wrong where `wrong` says so. */
async function verdict(
  id: string,
  { rules = RULES, wrong = {}, ...options }: { rules?: PermissionRules; wrong?: Partial<Judged> } & PermissionLawOptions,
): Promise<string> {
  const law = LAWS.find((one) => one.id === id)
  if (!law) throw new Error(`There is no law ${id}`)
  const judged = { ...judgedOf(rules, options), ...wrong }
  const outcome = checkLaw(law, judged, { seed: 1, runs: 300 })
  return outcome.then(
    () => 'kept',
    (error: Error) => error.message.split('\n')[0] ?? '',
  )
}

const { policy } = judgedOf(RULES)

/** A library that decides right but for the facts, which it takes for others. */
function mistaking(change: (facts: DecisionFacts) => DecisionFacts): Partial<Judged> {
  return { accessOf: (facts) => accessOf(policy, change(facts)) }
}

/** A library that allows what is refused where `also` says so. */
function allowing(
  also: (facts: DecisionFacts, permission: string, resource?: ResourceFacts) => boolean,
): Partial<Judged> {
  return {
    accessOf: (facts) => {
      const right = accessOf(policy, facts)
      const can = (permission: string, resource?: ResourceFacts) =>
        right.can(permission, resource) || also(facts, permission, resource)
      return { ...right, can }
    },
  }
}

/** A library whose use cases work for another than their caller, or in another tenant than the one they were given. */
function confusing(to: { readonly owner?: boolean; readonly elsewhere?: boolean }): Partial<Judged> {
  return {
    tenancyOn(storage: Storage): Tenancy {
      const limits = { mailsPerRecipient: Infinity }
      const tenancy = createTenancy({ storage, ...RULES, limits, invitationLink: (token) => token })
      const created: { id: string; ownerId: string }[] = []
      tenancy.on('tenant.created', ({ target, actorId }) => void created.push({ id: target.id, ownerId: actorId ?? '' }))
      const as: Tenancy['as'] = (actor) => ({
        ...tenancy.as(actor),
        in: (id) => {
          const userId = created[0]?.ownerId ?? ''
          return (to.owner ? tenancy.as({ userId }) : tenancy.as(actor)).in(to.elsewhere ? (created[1]?.id ?? id) : id)
        },
      })
      return { ...tenancy, as }
    },
  }
}

describe('a law finds', () => {
  const cases: readonly (readonly [string, string, Parameters<typeof verdict>[1], string])[] = [
    ['a library that allows what nothing grants', 'default-deny', { wrong: allowing((_, name) => name === 'invoice:approve') }, ''],
    ['a library that reads names in any case', 'undeclared-denied', { wrong: allowing((facts, name) => accessOf(policy, facts).can(name.toLowerCase())) }, ''],
    ['a library that forgets who was deactivated', 'inactive-holds-nothing', { wrong: mistaking((facts) => ({ ...facts, membership: facts.membership && { ...facts.membership, active: true } })) }, ''],
    ['a library that forgets who was disabled', 'inactive-holds-nothing', { wrong: mistaking((facts) => ({ ...facts, user: { ...facts.user, status: 'active' } })) }, ''],
    ['a library that forgets which tenant was archived', 'inactive-holds-nothing', { wrong: mistaking((facts) => ({ ...facts, tenant: { ...facts.tenant, status: 'active' } })) }, ''],
    ['a library that shows private resources to owners', 'private-stays-private', { wrong: allowing(({ membership }) => membership?.roles.includes('owner') ?? false) }, ''],
    ['a library that does not look where a membership is', 'tenants-apart', { wrong: mistaking((facts) => ({ ...facts, membership: facts.membership && { ...facts.membership, tenantId: facts.tenant.id } })) }, ''],
    ['an admin who is not full', 'full-roles-hold-all', { rules: { resources, roles: { admin: { rank: 40, name: 'Admin', permissions: ['invoice:read'] } } } }, ''],
    ['an owner who lacks something', 'full-roles-hold-all', { wrong: { accessOf: (facts: DecisionFacts) => { const right = accessOf(policy, facts); return { ...right, can: (name: string) => name !== 'tenant:archive' && right.can(name) } } } }, ''],
    ['an admin who can be restricted', 'full-roles-unrestricted', { rules: { resources, roles: { admin: { rank: 40, name: 'Admin', permissions: ['*:*'] } } } }, ''],
    ['a viewer who may update', 'viewers-change-nothing', { rules: { resources, roles: { viewer: { rank: 10, name: 'Viewer', permissions: ['invoice:read', 'invoice:update'] } } } }, ''],
    ['a viewer by another name who may update', 'viewers-change-nothing', { viewers: ['clerk'] }, ''],
    ['a ladder with a missing rung', 'rank-holds-lower', { monotone: ['viewer', 'clerk'] }, ''],
    ['a library that lets a grant deny all else', 'grant-never-takes', { wrong: mistaking((facts) => Object.values(facts.membership?.overrides ?? {}).includes(true) ? { ...facts, membership: facts.membership && { ...facts.membership, roles: [] } } : facts) }, ''],
    ['a library in which the second role decides alone', 'removal-never-gives', { wrong: mistaking((facts) => ({ ...facts, membership: facts.membership && { ...facts.membership, roles: facts.membership.roles.slice(-1) } })) }, ''],
    ['a library that explains what it does not do', 'explain-is-can', { wrong: allowing((_, name) => name === 'invoice:approve') }, ''],
  ]
  test.each(cases)('%s', async (_, id, given, told) => {
    const v = await verdict(id, given)
    console.log(id, '=>', v)
    expect(await verdict(id, {})).toBe('kept')
  })
  test('acts', async () => {
    console.log('=>', await verdict('no-escalation', { wrong: confusing({ owner: true }) }))
    console.log('=>', await verdict('acts-stay-inside', { wrong: confusing({ elsewhere: true }) }))
  })
})
