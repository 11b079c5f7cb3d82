import { beforeEach, describe, expect, it } from 'vitest'
import { organizationFixture } from '../../../testing/fixtures/organization.js'
import type { OrganizationFixture } from '../../../testing/fixtures/organization.js'
import { GUEST } from '../../pipeline/actor.js'

const PASSWORD = 'correct horse'

describe('lastLoginAt', () => {
  let fixture: OrganizationFixture
  let signedInAt: number
  beforeEach(async () => {
    fixture = await organizationFixture()
    await fixture.as('mel').users.update({ password: PASSWORD })
    fixture.tick(5000)
    signedInAt = fixture.now()
    await fixture.tenancy.as(GUEST).users.signIn({ email: 'mel@example.com', password: PASSWORD })
    fixture.tick(5000)
  })

  /** The people in each list that shows Mel, by their ids. */
  async function lists() {
    const { members } = fixture.inAcme('ann')
    const exported = []
    for await (const { kind, data } of fixture.inUmbrella('ann').export())
      if (kind === 'member' || kind === 'organization_member') exported.push(data.user)
    return {
      members: (await members.list()).items.map(({ user }) => user),
      everyone: (await members.listEffective()).map(({ user }) => user),
      one: [(await members.get({ userId: 'mel' })).user, (await members.get({ userId: 'ann' })).user],
      who: (await members.listByPermission({ permission: 'member:read' })).items.map(({ user }) => user),
      organization: (await fixture.inUmbrella('ann').members.list()).items.map(({ user }) => user),
      directory: (await fixture.as('ann').users.list()).items,
      exported,
    }
  }

  it('is in every list of people, and null of who never did', async () => {
    for (const [list, people] of Object.entries(await lists())) {
      const lastLogins = new Map(people.map(({ id, lastLoginAt }) => [id, lastLoginAt]))
      expect([list, lastLogins.get('mel'), lastLogins.get('ann')]).toEqual([list, signedInAt, null])
    }
  })

  it('is hidden for directly added members until they have acted in the tenant', async () => {
    await fixture.as('zoe').in(fixture.zeta).members.add({ email: 'mel@example.com', role: 'member' })
    const seen = async () => {
      const { items } = await fixture.as('zoe').in(fixture.zeta).members.list()
      return items.find(({ userId }) => userId === 'mel')?.user.lastLoginAt
    }
    expect(await seen()).toBeNull()
    await fixture.as('mel').in(fixture.zeta).recordActivity()
    expect(await seen()).toBe(signedInAt)
  })

  it('is forgotten with the account, and so is the tenant they worked in', async () => {
    await fixture.as('mel').tenants.switch({ tenantId: fixture.acme })
    await fixture.system.users.delete({ userId: 'mel' })
    expect(await fixture.storage.read.users.listLastLogins(['mel'])).toEqual(new Map())
    expect(await fixture.storage.read.tenants.current({ userId: 'mel' })).toBeNull()
  })
})
