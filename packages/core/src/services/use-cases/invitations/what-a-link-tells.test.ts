import { beforeEach, describe, expect, it } from 'vitest'
import { added, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { GUEST } from '../../pipeline/actor.js'

const ADDRESS = 'cfo@acme.example'

describe('I15 what an invitation link seen by the inviter reveals about an account', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const guest = () => fixture.tenancy.as(GUEST).invitations
  const link = (email = ADDRESS) => fixture.invite(fixture.zeta, 'outsider', { email })
  const signUp = (token: string) => guest().signUp({ token, password: 'the inviter’s' })
  const add = async () => added(await fixture.inAcme('admin').members.add({ email: ADDRESS, role: 'editor' })).member
  beforeEach(async () => {
    fixture = await twoTenantsFixture({ personalTenants: true })
  })

  // prettier-ignore
  const holders: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['waits in another tenant',  () => add()],
    ['waits, and is proven',     async () => {
      const { userId } = await add()
      await fixture.system.users.update({ userId, emailVerified: true })
      await fixture.inAcme('owner').members.remove({ userId })
    }],
    ['waits, and is disabled',   async () => fixture.system.users.update({ userId: (await add()).userId, status: 'disabled' })],
    ['is proven',                () => fixture.system.users.create({ email: ADDRESS, emailVerified: true })],
    ['is not proven',            () => fixture.system.users.create({ email: ADDRESS, password: 'correct horse' })],
    ['is an operator’s',         () => fixture.system.users.create({ email: ADDRESS, superuser: true })],
  ]

  it.each(holders)(
    'the preview reveals nothing about an account that %s, and accepting responds alike',
    async (_, hold) => {
      const free = await guest().preview({ token: await link('free@acme.example') })
      await hold()
      const token = await link()
      const preview = await guest().preview({ token })
      expect({ ...preview, email: free?.email }).toEqual(free)
      const { message } = await refusal(fixture, 'unauthenticated', () => signUp(token))
      expect(message).toBe('Sign in first, or open the link that was mailed to the address')
      expect(await guest().preview({ token })).toEqual(preview)
    },
  )

  it('accepting for an account without any tenant responds as for an unused address', async () => {
    const { userId } = added(
      await fixture
        .inAcme('admin')
        .members.add({ email: ADDRESS, name: 'As Typed', language: 'de-AT', role: 'viewer' }),
    ).member
    await fixture.inAcme('admin').members.remove({ userId })
    fixture.tick(5000)
    const shape = async (email: string) => {
      const { user } = await signUp(await link(email))
      const { id, email: _, emailKey: __, ...rest } = await fixture.as(user.id).users.me()
      expect(id).not.toBe(userId)
      const { items } = await fixture.as(id).tenants.list()
      return { ...rest, currentTenantId: null, tenants: items.map(({ tenant }) => tenant.type) }
    }
    expect(await shape(ADDRESS)).toEqual(await shape('free@acme.example'))
  })

  describe('opening it', () => {
    const refused = async (code: 'unauthenticated' | 'rate_limited', email: string) => {
      const token = await link(email)
      return refusal(fixture, code, () => signUp(token))
    }

    it('reveals at most ten accounts per day and inviter, once per link', async () => {
      const first = await link('owner@example.com')
      for (let again = 0; again < 5; again += 1) await refusal(fixture, 'unauthenticated', () => signUp(first))
      for (let count = 1; count < 10; count += 1) await refused('unauthenticated', 'owner@example.com')
      const taken = await refused('rate_limited', 'owner@example.com')
      const free = await refused('rate_limited', 'free@acme.example')
      expect([taken.message, taken.details]).toEqual([free.message, free.details])
      // What was mailed goes on working, and so do the links of others.
      const mailed = await fixture.inviteByEmail(fixture.zeta, 'outsider', { email: 'free@acme.example' })
      await signUp(mailed)
      await signUp(await fixture.invite(fixture.acme, 'owner', { email: 'other@acme.example' }))
      fixture.tick(24 * 3_600_000)
      await signUp(await link('later@acme.example'))
    })

    it('is not bound where no mail is sent: there is no other way in', async () => {
      fixture = await twoTenantsFixture({ ...({ mailer: undefined } as object) })
      for (let count = 0; count < 11; count += 1) await refused('unauthenticated', 'owner@example.com')
      await signUp(await link('free@acme.example'))
    })
  })
})
