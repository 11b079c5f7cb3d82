import { beforeEach, describe, expect, it } from 'vitest'
import { membershipOf, userOf } from '../../contract/given.js'
import { givenOrganization } from '../../testing/given-organization.js'
import type { GivenOrganization } from '../../testing/given-organization.js'
import { refusal } from '../../testing/refusal.js'

let given: GivenOrganization
beforeEach(async () => {
  given = await givenOrganization()
})

describe('everybody in a tenant', () => {
  const everyone = () => given.inAcme('ed').members.listEveryone()
  /** Who, with which roles, active or not; the role that is lent; whether active and an admin in the organization. */
  const rows = async () =>
    (await everyone()).map(({ userId, roles, active, lentRole, organizationMembership: office }) => [
      userId,
      roles.join(),
      active,
      lentRole,
      office && [office.active, office.admin],
    ])

  it('is its members, and whoever runs its organization without being one', async () => {
    expect(await rows()).toEqual([
      ['ann', 'owner', true, 'admin', [true, true]],
      ['ed', 'editor', true, null, null],
      ['mel', 'member', true, null, [true, false]],
      ['ada', 'admin', true, 'admin', [true, true]],
    ])
    for (const { userId } of await everyone()) await given.inAcme(userId).access()
    await refusal(given, 'tenant_not_found', () => given.inAcme('ina').members.listEveryone())
  })

  it('is there once, also with a membership and an office, and keeps the office beside one that is not active', async () => {
    const ada = async () => (await rows()).filter(([id]) => id === 'ada')
    await given.join(given.acme, 'ada', { role: 'viewer', invitedBy: 'ann' })
    expect(await ada()).toEqual([['ada', 'viewer', true, 'admin', [true, true]]])
    await given.inAcme('ann').members.deactivate({ userId: 'ada' })
    expect(await ada()).toEqual([['ada', 'viewer', false, 'admin', [true, true]]])
    await given.inUmbrella('ann').members.remove({ userId: 'ada' })
    expect(await ada()).toEqual([['ada', 'viewer', false, null, null]])
  })

  it('is nobody of another organization, or above a tenant that is in none', async () => {
    const idsOf = async (by: string, tenantId: string) =>
      (await given.as(by).in(tenantId).members.listEveryone()).map(({ userId }) => userId)
    expect(await idsOf('zoe', given.zeta)).toEqual(['zoe'])
    expect(await idsOf('fay', given.free)).toEqual(['fay'])
  })

  it('is all of them, however many, and says nothing that fellow members may not know', async () => {
    const ids = Array.from({ length: 501 }, (_, index) => `many-${String(index).padStart(4, '0')}`)
    await given.storage.transaction({}, async (tx) => {
      for (const id of ids) {
        await tx.users.insert(userOf({ id }))
        await tx.memberships.insert(membershipOf({ tenantId: given.acme, userId: id }))
      }
    })
    const all = await everyone()
    expect(new Set(all.map(({ userId }) => userId)).size).toBe(505)
    expect(all).toHaveLength(505)
    expect(JSON.stringify(all)).not.toMatch(/superuser|createdBy|password/i)
  })
})
