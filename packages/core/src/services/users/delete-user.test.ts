import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../actor.js'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

describe('deleting an account', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  beforeEach(async () => {
    given = await givenTwoTenants()
  })

  it('ends memberships and tokens and forgets the person, and tells each', async () => {
    await given
      .as('editor')
      .users.update({ name: 'Eddy', language: 'de', timeZone: 'Europe/Berlin', password: 'correct horse' })
    const { accessToken } = await given.system.accessTokens.create({ userId: 'editor' })
    const currentPassword = 'correct horse'
    const events = await given.eventsOf(() => given.as('editor').users.delete({ currentPassword }))
    expect(events.map(({ type, target }) => [type, target])).toEqual([
      ['member.removed', { type: 'member', id: 'editor' }],
      ['user.deleted', { type: 'user', id: 'editor' }],
    ])
    expect(await given.tenancy.authenticate(accessToken)).toBeNull()
    await refusal(given, 'unauthenticated', () => given.as('editor').users.me())
    await refusal(given, 'tenant_not_found', () => given.inAcme('editor').get())
    const left = await given.storage.read.users.find('editor')
    expect(left).toMatchObject({ id: 'editor', status: 'deleted', name: null, language: null, timeZone: null })
    expect(JSON.stringify(left)).not.toMatch(/Eddy|editor@example/)
    expect(await given.storage.read.users.findPasswordHash('editor')).toBeNull()
  })

  it('frees the address, and cannot be kept from it by whoever takes the address in its place', async () => {
    await given.as('viewer').users.update({ email: 'editor@deleted.invalid' })
    await given.as('editor').users.delete()
    await given.as('viewer').users.update({ email: 'editor@example.com' })
  })

  it('tells apart accounts whose ids differ in case only', async () => {
    await given.system.users.create({ id: 'EDITOR', email: 'second@example.com' })
    await given.as('editor').users.delete()
    await given.as('EDITOR').users.delete()
  })

  it('is refused while others are in a tenant one owns, and undone as a whole', async () => {
    await given.join(given.zeta, 'owner', { role: 'viewer', invitedBy: 'outsider' })
    const { details } = await refusal(given, 'owns_tenants', () => given.as('owner').users.delete())
    expect(details).toEqual({ tenantIds: [given.acme] })
  })

  it('deletes the tenants nobody else is in', async () => {
    const events = await given.eventsOf(() => given.as('outsider').users.delete())
    expect(events.map(({ type }) => type)).toEqual(['tenant.deleted', 'user.deleted'])
    expect((await given.system.tenants.listAll()).items.map(({ id }) => id)).toEqual([given.acme])
  })

  it('leaves no usable invitation, sent or received, in any tenant', async () => {
    await given.join(given.zeta, 'admin', { role: 'admin', invitedBy: 'outsider' })
    const sent = [
      await given.invite(given.acme, 'admin', { email: 'new@example.com' }),
      await given.invite(given.zeta, 'admin', { email: 'new@example.com' }),
    ]
    await given.as('admin').users.delete()
    await given.user('new')
    for (const token of sent) await refusal(given, 'invalid_token', () => given.as('new').invitations.accept({ token }))
  })

  it('leaves a transfer that was meant for them without a target', async () => {
    const { token } = await given.inAcme('owner').ownership.start()
    const verified = await given.inAcme('owner').ownership.verify({ token, code: '000001' })
    await given.as('editor').users.delete()
    const complete = () => given.inAcme('owner').ownership.complete({ userId: 'editor', token: verified.token })
    await refusal(given, 'member_not_found', complete)
  })

  it('is for oneself and for operators', async () => {
    await given.user('operator', { superuser: true })
    await refusal(given, 'forbidden', () => given.as('viewer').users.delete({ userId: 'editor' }))
    await refusal(given, 'forbidden', () => given.as('viewer').users.delete({ userId: 'none' }))
    await refusal(given, 'unauthenticated', () => given.tenancy.as(GUEST).users.delete({ userId: 'editor' }))
    await refusal(given, 'unauthenticated', () => given.tenancy.as(GUEST).users.delete())
    await refusal(given, 'unauthenticated', () => given.system.users.delete())
    await refusal(given, 'user_not_found', () => given.as('operator').users.delete({ userId: 'none' }))
    await given.as('operator').users.delete({ userId: 'editor' })
    await refusal(given, 'user_not_found', () => given.as('operator').users.delete({ userId: 'editor' }))
    await given.system.users.delete({ userId: 'viewer' })
  })
})
