import { beforeEach, describe, expect, it } from 'vitest'
import { added, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { GUEST } from '../../pipeline/actor.js'

const PERSONAL = /Real Name|createdBy|superuser|de-AT/

describe('I15 what a stranger learns', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  beforeEach(async () => {
    fixture = await twoTenantsFixture({ notifications: true, allowSignUp: true })
    await fixture.user('bob')
    await fixture.system.users.update({ userId: 'bob', name: 'Real Name', language: 'de-AT' })
    fixture.tick(5000)
  })

  /** Everything that whoever added Bob can read of him. */
  const everythingSeen = async () => {
    const { members, events } = fixture.inAcme('owner')
    return {
      list: (await members.list({ limit: 100 })).items.filter(({ userId }) => userId === 'bob'),
      one: await members.get({ userId: 'bob' }),
      everyone: (await members.listEffective()).filter(({ userId }) => userId === 'bob'),
      who: (await members.listByPermission({ permission: 'invoice:read', limit: 100 })).items.filter(
        (one) => one.userId === 'bob',
      ),
      events: (await events.list({ limit: 100 })).items,
      directory: (await fixture.as('owner').users.list({ limit: 100 })).items.filter(({ id }) => id !== 'owner'),
    }
  }

  it('by adding somebody: the address and the name as typed, until they have been in the tenant', async () => {
    const terms = { email: 'BOB@Example.com', name: 'As Typed', role: 'viewer' }
    const { member } = added(await fixture.inAcme('owner').members.add(terms))
    const typed = { email: 'BOB@Example.com', emailKey: 'bob@example.com', name: 'As Typed' }
    const user = { ...typed, language: null, emailVerifiedAt: null, createdAt: fixture.now() }
    expect(member.user).toMatchObject(user)
    const seen = await everythingSeen()
    expect(seen.list[0]?.user).toMatchObject(user)
    expect(seen.directory.map(({ id }) => id)).not.toContain('bob')
    expect(JSON.stringify(seen)).not.toMatch(PERSONAL)
    for (const keyword of ['real name', 'bob@'])
      expect((await fixture.inAcme('owner').members.list({ keyword })).items.length).toBe(keyword === 'bob@' ? 1 : 0)
    expect(
      (await fixture.inAcme('owner').members.update({ userId: 'bob', roles: { member: true } })).user,
    ).toMatchObject(typed)
    // Reading is not yet acting.
    await fixture.inAcme('bob').access()
    expect((await fixture.inAcme('owner').members.get({ userId: 'bob' })).user.name).toBe('As Typed')
    await fixture.inAcme('bob').recordActivity()
    expect((await fixture.inAcme('owner').members.get({ userId: 'bob' })).user).toMatchObject({ name: 'Real Name' })
    expect((await fixture.as('owner').users.list({ limit: 100 })).items.map(({ id }) => id)).toContain('bob')
  })

  it('by adding somebody, and any command or a switch of theirs ends it', async () => {
    for (const act of [
      () => fixture.inAcme('bob').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:read': null } }),
      () => fixture.as('bob').tenants.switch({ tenantId: fixture.acme }),
    ]) {
      await fixture.inAcme('owner').members.add({ email: 'bob@example.com', role: 'editor' })
      await fixture.inAcme('owner').members.update({ userId: 'bob', roles: { admin: true } })
      await act()
      expect((await fixture.inAcme('owner').members.get({ userId: 'bob' })).user.name).toBe('Real Name')
      await fixture.inAcme('owner').members.remove({ userId: 'bob' })
    }
  })

  it('of other members in the directory: neither who runs the installation, nor who made them', async () => {
    await fixture.user('root', { superuser: true })
    await fixture.join(fixture.acme, 'root', { role: 'viewer', invitedBy: 'owner' })
    const hidden = ['superuser', 'createdBy']
    const { items } = await fixture.as('viewer').users.list({ limit: 100 })
    for (const user of items) for (const field of hidden) expect(field in user).toBe(user.id === 'viewer')
    for (const by of [fixture.as('root'), fixture.system])
      for (const user of (await by.users.list({ limit: 100 })).items) expect(user).toHaveProperty('superuser')
  })

  it('by making an account or taking an address: a taken one is answered as a malformed one, to the byte', async () => {
    const outcome = async (call: () => Promise<unknown>) => {
      const { code, message, details } = await refusal(fixture, 'invalid_email', call)
      return { code, message, details }
    }
    const outsider = fixture.as('outsider').users
    const guest = fixture.tenancy.as(GUEST).users
    const calls = [
      (email: string) => outsider.create({ email, name: 'X' }),
      (email: string) => outsider.update({ email }),
      (email: string) => guest.signUp({ email, password: 'correct horse', name: 'X' }),
    ]
    for (const call of calls)
      expect(await outcome(() => call('bob@example.com'))).toEqual(await outcome(() => call('no address')))
    // Whoever may list the account is told.
    await outsider.create({ email: 'made@example.com' })
    await refusal(fixture, 'email_taken', () => outsider.create({ email: 'made@example.com' }))
    await refusal(fixture, 'email_taken', () => fixture.as('viewer').users.create({ email: 'editor@example.com' }))
    await refusal(fixture, 'email_taken', () => fixture.system.users.create({ email: 'bob@example.com' }))
  })

  it('by guessing addresses: ten a day', async () => {
    const guess = () => fixture.as('outsider').users.create({ email: 'bob@example.com' })
    for (let count = 0; count < 10; count++) await refusal(fixture, 'invalid_email', guess)
    await refusal(fixture, 'rate_limited', guess)
    await refusal(fixture, 'rate_limited', () => fixture.as('outsider').users.create({ email: 'free@example.com' }))
  })
})
