import { describe, expect, it } from 'vitest'
import { isTenancyError } from './errors.js'
import { GUEST } from './services/actor.js'
import { givenTenancy } from './testing/given-tenancy.js'
import type { ActingInOrganization } from './work-in-organization.js'

interface CallInOrganization {
  /** Every active member, or its active admins alone. Operators may, too. */
  readonly who: 'members' | 'admins'
  readonly call: (acting: ActingInOrganization, tenantId: string) => Promise<unknown>
}

const bob = { userId: 'bob' }

/** Every call in an organization, and who may. Written from the documents, not from the code. */
// prettier-ignore
const CALLS: Readonly<Record<string, CallInOrganization>> = {
  'get':             { who: 'members', call: (acting) => acting.get() },
  'members.list':    { who: 'members', call: (acting) => acting.members.list() },
  'statistics':      { who: 'admins',  call: (acting) => acting.statistics() },
  'export':          { who: 'admins',  call: async (acting) => { for await (const record of acting.export()) void record } },
  'tenants.list':    { who: 'admins',  call: (acting) => acting.tenants.list() },
  'tenants.create':  { who: 'admins',  call: (acting) => acting.tenants.create({ name: 'New' }) },
  'tenants.archive': { who: 'admins',  call: (acting, tenantId) => acting.tenants.archive({ tenantId }) },
  'tenants.delete':  { who: 'admins',  call: (acting, tenantId) => acting.tenants.delete({ tenantId }) },
  'members.add':     { who: 'admins',  call: (acting) => acting.members.add({ userId: 'eve' }) },
  'members.set':     { who: 'admins',  call: (acting) => acting.members.set({ ...bob, admin: true }) },
  'members.update':  { who: 'admins',  call: (acting) => acting.members.update({ ...bob, admin: true }) },
  'members.remove':  { who: 'admins',  call: (acting) => acting.members.remove(bob) },
}

/** Ann is the admin, Bob a member, Ida an inactive admin; Eve is in a tenant of it alone, Otto nowhere. */
async function givenOrganization() {
  const given = await givenTenancy()
  await given.user('ann')
  for (const id of ['bob', 'ida', 'eve', 'otto']) await given.user(id)
  await given.user('operator', { superuser: true })
  const organizationId = await given.organization('ann')
  const above = given.system.inOrganization(organizationId)
  await above.members.add(bob)
  await above.members.add({ userId: 'ida', admin: true, active: false })
  const { id: tenantId } = await given.as('ann').inOrganization(organizationId).tenants.create({ name: 'Acme' })
  await given.join(tenantId, 'eve', { role: 'admin', invitedBy: 'ann' })
  return { ...given, organizationId, tenantId }
}

function pathsOf(acting: ActingInOrganization): string[] {
  return Object.entries(acting).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'function') return [name]
    return typeof value === 'object' && value !== null ? Object.keys(value).map((verb) => `${name}.${verb}`) : []
  })
}

describe('every call in an organization', () => {
  it('is in the table of these tests', async () => {
    const { organizationId, as } = await givenOrganization()
    expect(pathsOf(as('ann').inOrganization(organizationId)).sort()).toEqual(Object.keys(CALLS).sort())
  })

  it.each(Object.entries(CALLS))('%s: only whoever may', async (_, { who, call }) => {
    const by = async (id: string, organization?: string) => {
      const given = await givenOrganization()
      const before = await given.state()
      const acting = id === 'guest' ? given.tenancy.as(GUEST) : given.as(id)
      const code = await call(acting.inOrganization(organization ?? given.organizationId), given.tenantId).then(
        () => 'done',
        (error: unknown) => {
          if (isTenancyError(error)) return error.code
          throw error
        },
      )
      if (code !== 'done') expect(await given.state()).toEqual(before)
      return code
    }
    expect(await by('guest')).toBe('unauthenticated')
    for (const id of ['otto', 'eve', 'ida']) expect([id, await by(id)]).toEqual([id, 'organization_not_found'])
    expect(await by('ann', 'no-such-organization')).toBe('organization_not_found')
    expect(await by('bob')).toBe(who === 'members' ? 'done' : 'forbidden')
    expect(await by('ann')).toBe('done')
    expect(await by('operator')).toBe('done')
  })
})
