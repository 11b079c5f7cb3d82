import { expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const things = ({ acme, zeta }: { readonly acme: string; readonly zeta: string }) => [
  undefined,
  { ownerId: 'viewer' },
  { ownerId: 'editor' },
  { ownerId: 'editor', visibility: 'private' as const },
  { ownerId: 'editor', tenantId: zeta },
  { ownerId: 'editor', tenantId: zeta, sharedTenantId: acme },
  { ownerId: 'editor', tenantId: acme, sharedTenantId: zeta },
  { tenantId: acme, sharedTenantId: null },
  { tenantId: null },
]

it('explainPermission returns what the member’s own access returns, for every member and permission', async () => {
  const fixture = await twoTenantsFixture()
  await fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:read': false } })
  // A policy lists the names that the type describes.
  const permissions = fixture.tenancy.policy.permissions as readonly `${string}:${string}`[]
  for (const userId of ['owner', 'editor', 'viewer']) {
    const access = await fixture.inAcme(userId).access()
    for (const permission of permissions) {
      for (const resource of things(fixture)) {
        const input = { userId, permission, ...(resource ? { resource } : {}) }
        const explained = await fixture.inAcme('admin').members.explain(input)
        expect(explained).toEqual(access.explain(permission, resource))
        expect(explained.allowed).toBe(access.can(permission, resource))
        expect(explained.message).toContain(permission)
      }
    }
  }
})

it('members may explain their own permissions; explaining others requires member:override', async () => {
  const fixture = await twoTenantsFixture()
  const explain = (by: string, userId: string) =>
    fixture.inAcme(by).members.explain({ userId, permission: 'invoice:approve' })
  expect(await explain('viewer', 'viewer')).toMatchObject({ allowed: false, reason: 'not_granted' })
  await refusal(fixture, 'forbidden', () => explain('viewer', 'owner'))
  await refusal(fixture, 'forbidden', () => explain('viewer', 'nobody'))
  await refusal(fixture, 'member_not_found', () => explain('owner', 'nobody'))
})

it('an inactive member and a disabled account are explained as such', async () => {
  const fixture = await twoTenantsFixture()
  await fixture.inAcme('owner').members.deactivate({ userId: 'viewer' })
  await fixture.system.users.update({ userId: 'editor', status: 'disabled' })
  const explain = (userId: string) => fixture.inAcme('owner').members.explain({ userId, permission: 'invoice:read' })
  expect(await explain('viewer')).toMatchObject({ allowed: false, reason: 'membership_not_active' })
  expect(await explain('editor')).toMatchObject({ allowed: false, reason: 'user_not_active' })
})

it.each([{ visibility: 'public' }, { ownerId: 7 }, { owner: 'viewer' }, { tenantId: 7 }, { sharedTenantId: '' }])(
  'rejects %j as a resource',
  async (resource) => {
    const fixture = await twoTenantsFixture()
    // What a caller without types may hand in.
    const input = { userId: 'viewer', permission: 'invoice:read', resource } as never
    await refusal(fixture, 'invalid_input', () => fixture.inAcme('owner').members.explain(input))
  },
)
