import { beforeEach, describe, expect, it } from 'vitest'
import type { TenancyOptions } from '../../../tenancy-options.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { tenancyFixture, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { withStorage } from '../../../testing/with-storage.js'

const HOUR = 3_600_000

describe('accepting an invitation', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  let token: string
  const accept = (by = 'new', what = token) => fixture.as(by).invitations.accept({ token: what })
  const start = async (options: Partial<TenancyOptions> = {}, role = 'editor') => {
    fixture = await twoTenantsFixture(options)
    await fixture.user('new')
    token = await fixture.invite(fixture.acme, 'admin', { email: 'new@example.com', role })
  }
  beforeEach(() => start())

  it('makes the invitee a member with the offered role and appends one event', async () => {
    const events = await fixture.eventsOf(async () => {
      expect(await accept()).toMatchObject({
        tenant: { id: fixture.acme },
        membership: { roles: ['editor'], invitedBy: 'admin' },
      })
    })
    expect(events).toEqual([
      {
        type: 'member.joined',
        actorId: 'new',
        target: { type: 'member', id: 'new' },
        data: { role: 'editor', via: 'invitation', invitationId: expect.any(String) },
      },
    ])
    expect((await fixture.inAcme('new').access()).roles).toEqual(['editor'])
    const { items } = await fixture.inAcme('owner').invitations.list({ status: 'accepted' })
    expect(items).toContainEqual(expect.objectContaining({ email: 'new@example.com', resolvedAt: fixture.now() }))
  })

  it('works once: twice in a row, and fifty times at once, make one membership and one event', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 50 }, () => accept()))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const reasons = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
    expect(new Set(reasons.map(({ code }) => code))).toEqual(new Set(['invalid_token']))
    expect(fixture.heard.filter(({ type, actorId }) => type === 'member.joined' && actorId === 'new')).toHaveLength(1)
    await refusal(fixture, 'invalid_token', () => accept())
  })

  it('is refused to another account, to one whose address is not proven, and to a member', async () => {
    await refusal(fixture, 'forbidden', () => accept('outsider'))
    await refusal(fixture, 'forbidden', () => accept('viewer'))
    await fixture.system.users.update({ userId: 'new', emailVerified: false })
    await refusal(fixture, 'forbidden', () => accept())
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as({ guest: true }).invitations.accept({ token }))
    await refusal(fixture, 'unauthenticated', () => fixture.system.invitations.accept({ token }))
    await refusal(fixture, 'unauthenticated', () => accept('no-such-user'))
  })

  it('is refused to a disabled account, and to an account that took on another address', async () => {
    await fixture.system.users.update({ userId: 'new', status: 'disabled' })
    await refusal(fixture, 'unauthenticated', () => accept())
    await fixture.system.users.update({
      userId: 'new',
      status: 'active',
      email: 'other@example.com',
      emailVerified: true,
    })
    await refusal(fixture, 'forbidden', () => accept())
  })

  it.each(['NEW@Example.com', 'nEW＠ｅxample．com'])('knows the invitee by an address written %j', async (email) => {
    await fixture.user('twin')
    await fixture.system.users.update({ userId: 'new', email: 'gone@example.com' })
    await fixture.system.users.update({ userId: 'twin', email, emailVerified: true })
    expect((await accept('twin')).membership.userId).toBe('twin')
  })

  it.each(['new+x@example.com', 'n.ew@example.com', 'new@examp1e.com', 'new@sub.example.com'])(
    'does not take %s for the invitee',
    async (email) => {
      await fixture.user('twin')
      await fixture.system.users.update({ userId: 'twin', email, emailVerified: true })
      await refusal(fixture, 'forbidden', () => accept('twin'))
    },
  )

  describe('is refused once the offer is gone', () => {
    const firstId = async () =>
      (await fixture.inAcme('owner').invitations.list({ status: 'pending' })).items[0]?.id ?? ''

    // prettier-ignore
    it.each<[string, () => Promise<unknown>]>([
      ['revoked',                    async () => fixture.inAcme('owner').invitations.revoke({ invitationId: await firstId() })],
      ['declined',                   () => fixture.as('new').invitations.decline({ token })],
      ['expired',                    async () => fixture.tick(72 * HOUR)],
      ['replaced by a resend',       async () => fixture.inAcme('owner').invitations.resend({ invitationId: await firstId() })],
      ['replaced by another one',    () => fixture.invite(fixture.acme, 'owner', { email: 'new@example.com' })],
      ['of an archived tenant',      () => fixture.inAcme('owner').archive()],
      ['of an inviter removed',      () => fixture.inAcme('owner').members.remove({ userId: 'admin' })],
      ['of an inviter deactivated',  () => fixture.inAcme('owner').members.deactivate({ userId: 'admin' })],
      ['of an inviter demoted',      () => fixture.inAcme('owner').members.setRoles({ userId: 'admin', roles: ['viewer'] })],
      ['of an inviter who left',     () => fixture.inAcme('admin').members.leave()],
      ['of an inviter disabled',     () => fixture.system.users.update({ userId: 'admin', status: 'disabled' })],
      ['of an inviter deleted',      () => fixture.as('admin').users.delete()],
    ])('%s', async (_, happens) => {
      await happens()
      expect(await fixture.tenancy.as({ guest: true }).invitations.preview({ token })).toBeNull()
      await refusal(fixture, 'invalid_token', () => accept())
      await refusal(fixture, 'invalid_token', () => fixture.as('new').invitations.decline({ token }))
    })

    it('of a deleted tenant', async () => {
      const soloToken = await fixture.invite(fixture.zeta, 'outsider', { email: 'new@example.com' })
      await fixture.as('outsider').users.delete()
      await refusal(fixture, 'invalid_token', () => accept('new', soloToken))
    })

    it('to a role that the host no longer has, or that outgrew its inviter', async () => {
      const storage = memoryStorage()
      const role = (permissions: string[], rank = 10) => ({ temp: { rank, name: 'Temp', permissions } })
      const before = await tenancyFixture({ storage, roles: role([]) })
      const acme = await before.tenant('owner', { admin: 'admin' })
      await before.user('new')
      token = await before.invite(acme, 'admin', { email: 'new@example.com', role: 'temp' })
      for (const roles of [{}, role([], 45), role(['tenant:archive'])]) {
        const after = await tenancyFixture({ storage, roles, newId: () => 'never' })
        await refusal(after, 'invalid_token', () => after.as('new').invitations.accept({ token }))
      }
    })

    it('rejects an invented, truncated or extended token', async () => {
      for (const wrong of [
        '',
        'token',
        `${token}x`,
        token.slice(0, -1),
        token.toUpperCase(),
        ` ${token}`,
        'x'.repeat(200),
      ]) {
        await refusal(fixture, 'invalid_token', () => accept('new', wrong))
      }
      // What a caller without types may hand in.
      for (const wrong of ['x'.repeat(201), null, [token], { token }]) {
        await refusal(fixture, 'invalid_input', () => accept('new', wrong as never))
      }
    })
  })

  it('is valid again when the inviter regains the permission', async () => {
    await fixture.inAcme('owner').members.setRoles({ userId: 'admin', roles: ['viewer'] })
    await refusal(fixture, 'invalid_token', () => accept())
    await fixture.inAcme('owner').members.setRoles({ userId: 'admin', roles: ['admin'] })
    await accept()
  })

  it.each(['role', 'roles', 'tenantId', 'email', 'status', 'userId', 'active'])(
    'takes no %s from the caller',
    async (field) => {
      const { details } = await refusal(fixture, 'invalid_input', () =>
        fixture.as('new').invitations.accept({ token, [field]: 'owner' }),
      )
      expect(details.field).toBe(field)
    },
  )

  it('of two invitations of one person at once makes one membership', async () => {
    const second = await fixture.invite(fixture.acme, 'owner', { email: 'second@example.com', role: 'viewer' })
    await accept()
    await fixture.system.users.update({ userId: 'new', email: 'second@example.com', emailVerified: true })
    await refusal(fixture, 'already_member', () => accept('new', second))
    expect((await fixture.inAcme('new').access()).roles).toEqual(['editor'])
  })

  it('fills exactly the seats there are when fifty accept at once', async () => {
    await start({ limits: { membersPerTenant: 15 } })
    const people = Array.from({ length: 50 }, (_, at) => `p${at}`)
    const tokens = new Map<string, string>()
    for (const person of people) {
      await fixture.user(person)
      tokens.set(person, await fixture.invite(fixture.acme, 'owner', { email: `${person}@example.com` }))
    }
    const answers = await Promise.allSettled(people.map((person) => accept(person, tokens.get(person))))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(8)
    expect((await fixture.inAcme('owner').members.list({ page: 1 })).total).toBe(15)
    await refusal(fixture, 'member_limit_exceeded', () => accept())
  })

  it('keeps to the number of tenants one person may be in', async () => {
    await start({ limits: { tenantsPerUser: 1 } })
    await fixture.as('new').tenants.create({ name: 'Own' })
    await refusal(fixture, 'tenant_limit_exceeded', () => accept())
  })

  it('leaves the invitation pending when a later step fails', async () => {
    const storage = memoryStorage()
    let isBroken = false
    const breaking = withStorage(storage, {
      tx: (tx) => ({
        events: {
          ...tx.events,
          append: async (event) => (isBroken ? Promise.reject(new Error('disk full')) : tx.events.append(event)),
        },
      }),
    })
    await start({ storage: breaking })
    const before = await fixture.state()
    isBroken = true
    await expect(accept()).rejects.toThrow('disk full')
    expect(await fixture.state()).toEqual(before)
    isBroken = false
    await accept()
  })
})

describe('guessing tokens', () => {
  it('is stopped per network address, and only what is wrong counts', async () => {
    const fixture = await twoTenantsFixture()
    await fixture.user('new')
    const token = await fixture.invite(fixture.acme, 'owner', { email: 'new@example.com' })
    const guest = (ip: string) => fixture.tenancy.as({ guest: true, ip }).invitations
    for (let guess = 0; guess < 30; guess++) {
      expect(await guest('192.0.2.1').preview({ token })).not.toBeNull()
      expect(await guest('192.0.2.1').preview({ token: `guess-${guess}` })).toBeNull()
    }
    await refusal(fixture, 'rate_limited', () => guest('192.0.2.1').preview({ token: 'one too many' }))
    await refusal(fixture, 'rate_limited', () => guest('192.0.2.1').decline({ token: 'one too many' }))
    await refusal(fixture, 'rate_limited', () => guest('192.0.2.1').signUp({ token: 'one too many' }))
    expect(await guest('192.0.2.2').preview({ token: 'first' })).toBeNull()
  })
})
