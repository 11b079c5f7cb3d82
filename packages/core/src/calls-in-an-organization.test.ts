import { describe, expect, it } from 'vitest'
import { isTenancyError } from './errors.js'
import { GUEST } from './services/pipeline/actor.js'
import { tenancyFixture } from './testing/fixtures/tenancy.js'
import type { OrganizationClient } from './clients/organization-client.js'

interface CallInOrganization {
  /** Every active member, or its active admins alone. Operators may, too. */
  readonly who: 'members' | 'admins'
  readonly call: (acting: OrganizationClient, tenantId: string) => Promise<unknown>
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
async function organizationFixture() {
  const fixture = await tenancyFixture()
  await fixture.user('ann')
  for (const id of ['bob', 'ida', 'eve', 'otto']) await fixture.user(id)
  await fixture.user('operator', { superuser: true })
  const organizationId = await fixture.organization('ann')
  const above = fixture.system.organization(organizationId)
  await above.members.add(bob)
  await above.members.add({ userId: 'ida', admin: true, active: false })
  const { id: tenantId } = await fixture.as('ann').organization(organizationId).tenants.create({ name: 'Acme' })
  await fixture.join(tenantId, 'eve', { role: 'admin', invitedBy: 'ann' })
  return { ...fixture, organizationId, tenantId }
}

function pathsOf(acting: OrganizationClient): string[] {
  return Object.entries(acting).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'function') return [name]
    return typeof value === 'object' && value !== null ? Object.keys(value).map((verb) => `${name}.${verb}`) : []
  })
}

describe('every call in an organization', () => {
  it('is in the table of these tests', async () => {
    const { organizationId, as } = await organizationFixture()
    expect(pathsOf(as('ann').organization(organizationId)).sort()).toEqual(Object.keys(CALLS).sort())
  })

  it.each(Object.entries(CALLS))('%s: only whoever may', async (_, { who, call }) => {
    const by = async (id: string, organization?: string) => {
      const fixture = await organizationFixture()
      const before = await fixture.state()
      const acting = id === 'guest' ? fixture.tenancy.as(GUEST) : fixture.as(id)
      const code = await call(acting.organization(organization ?? fixture.organizationId), fixture.tenantId).then(
        () => 'done',
        (error: unknown) => {
          if (isTenancyError(error)) return error.code
          throw error
        },
      )
      if (code !== 'done') expect(await fixture.state()).toEqual(before)
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
