import { beforeEach, describe, expect, it } from 'vitest'
import { membershipOf, userOf } from '../../../contract/fixtures/rows.js'
import { organizationFixture } from '../../../testing/fixtures/organization.js'
import type { OrganizationFixture } from '../../../testing/fixtures/organization.js'
import { refusal } from '../../../testing/refusal.js'

let fixture: OrganizationFixture
beforeEach(async () => {
  fixture = await organizationFixture()
})

describe('everybody in a tenant', () => {
  const everyone = () => fixture.inAcme('ed').members.listEffective()
  /** Who, with which roles, active or not; the role that is shared; whether active and an admin in the organization. */
  const rows = async () =>
    (await everyone()).map(({ userId, roles, active, inheritedRole, organizationMembership }) => [
      userId,
      roles.join(),
      active,
      inheritedRole,
      organizationMembership && [organizationMembership.active, organizationMembership.admin],
    ])

  it('lists the members and the organization admins without a membership', async () => {
    expect(await rows()).toEqual([
      ['ann', 'owner', true, 'admin', [true, true]],
      ['ed', 'editor', true, null, null],
      ['mel', 'member', true, null, [true, false]],
      ['ada', 'admin', true, 'admin', [true, true]],
    ])
    for (const { userId } of await everyone()) await fixture.inAcme(userId).access()
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('ina').members.listEffective())
  })

  it('is there once, also with a membership and an office, and keeps the office beside one that is not active', async () => {
    const ada = async () => (await rows()).filter(([id]) => id === 'ada')
    await fixture.join(fixture.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    expect(await ada()).toEqual([['ada', 'viewer', true, 'admin', [true, true]]])
    await fixture.inAcme('ann').members.deactivate({ userId: 'ada' })
    expect(await ada()).toEqual([['ada', 'viewer', false, 'admin', [true, true]]])
    await fixture.inUmbrella('ann').members.remove({ userId: 'ada' })
    expect(await ada()).toEqual([['ada', 'viewer', false, null, null]])
  })

  it('excludes admins of other organizations and, without an organization, all admins', async () => {
    const idsOf = async (by: string, tenantId: string) =>
      (await fixture.as(by).in(tenantId).members.listEffective()).map(({ userId }) => userId)
    expect(await idsOf('zoe', fixture.zeta)).toEqual(['zoe'])
    expect(await idsOf('fay', fixture.free)).toEqual(['fay'])
  })

  it('lists all of them over several pages, with the fields that members may see', async () => {
    const ids = Array.from({ length: 501 }, (_, index) => `many-${String(index).padStart(4, '0')}`)
    await fixture.storage.transaction({}, async (tx) => {
      for (const id of ids) {
        await tx.users.insert(userOf({ id }))
        await tx.memberships.insert(membershipOf({ tenantId: fixture.acme, userId: id }))
      }
    })
    const all = await everyone()
    expect(new Set(all.map(({ userId }) => userId)).size).toBe(505)
    expect(all).toHaveLength(505)
    expect(JSON.stringify(all)).not.toMatch(/superuser|createdBy|password/i)
  })
})
