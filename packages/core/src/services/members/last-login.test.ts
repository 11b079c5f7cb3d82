import { beforeEach, describe, expect, it } from 'vitest'
import { givenOrganization } from '../../testing/given-organization.js'
import type { GivenOrganization } from '../../testing/given-organization.js'
import { GUEST } from '../actor.js'

const PASSWORD = 'correct horse'

describe('when somebody signed in last', () => {
  let given: GivenOrganization
  let signedInAt: number
  beforeEach(async () => {
    given = await givenOrganization()
    await given.as('mel').users.update({ password: PASSWORD })
    given.tick(5000)
    signedInAt = given.now()
    await given.tenancy.as(GUEST).users.signIn({ email: 'mel@example.com', password: PASSWORD })
    given.tick(5000)
  })

  /** The people in each list that shows Mel, by their ids. */
  async function lists() {
    const { members } = given.inAcme('ann')
    const exported = []
    for await (const { kind, data } of given.inUmbrella('ann').export())
      if (kind === 'member' || kind === 'organization_member') exported.push(data.user)
    return {
      members: (await members.list()).items.map(({ user }) => user),
      everyone: (await members.listEveryone()).map(({ user }) => user),
      one: [(await members.get({ userId: 'mel' })).user, (await members.get({ userId: 'ann' })).user],
      who: (await members.listWho({ permission: 'member:read' })).items.map(({ user }) => user),
      organization: (await given.inUmbrella('ann').members.list()).items.map(({ user }) => user),
      directory: (await given.as('ann').users.list()).items,
      exported,
    }
  }

  it('is in every list of people, and null of who never did', async () => {
    for (const [list, people] of Object.entries(await lists())) {
      const lastLogins = new Map(people.map(({ id, lastLoginAt }) => [id, lastLoginAt]))
      expect([list, lastLogins.get('mel'), lastLogins.get('ann')]).toEqual([list, signedInAt, null])
    }
  })

  it('is not shown of somebody who was added unasked, until they have been in the tenant', async () => {
    await given.as('zoe').in(given.zeta).members.add({ email: 'mel@example.com', role: 'member' })
    const seen = async () => {
      const { items } = await given.as('zoe').in(given.zeta).members.list()
      return items.find(({ userId }) => userId === 'mel')?.user.lastLoginAt
    }
    expect(await seen()).toBeNull()
    await given.as('mel').in(given.zeta).recordActivity()
    expect(await seen()).toBe(signedInAt)
  })

  it('is forgotten with the account, and so is the tenant they worked in', async () => {
    await given.as('mel').tenants.switch({ tenantId: given.acme })
    await given.system.users.delete({ userId: 'mel' })
    expect(await given.storage.read.users.listLastLogins(['mel'])).toEqual(new Map())
    expect(await given.storage.read.tenants.current({ userId: 'mel' })).toBeNull()
  })
})
