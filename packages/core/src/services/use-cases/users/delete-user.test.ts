import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('deleting an account', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('ends memberships and tokens and erases personal data, with an event for each', async () => {
    await fixture
      .as('editor')
      .users.update({ name: 'Eddy', language: 'de', timeZone: 'Europe/Berlin', password: 'correct horse' })
    const { accessToken } = await fixture.system.accessTokens.create({ userId: 'editor' })
    const currentPassword = 'correct horse'
    const events = await fixture.eventsOf(() => fixture.as('editor').users.delete({ currentPassword }))
    expect(events.map(({ type, target }) => [type, target])).toEqual([
      ['member.removed', { type: 'member', id: 'editor' }],
      ['user.deleted', { type: 'user', id: 'editor' }],
    ])
    expect(await fixture.tenancy.authenticate(accessToken)).toBeNull()
    await refusal(fixture, 'unauthenticated', () => fixture.as('editor').users.me())
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('editor').get())
    const left = await fixture.storage.read.users.find('editor')
    expect(left).toMatchObject({ id: 'editor', status: 'deleted', name: null, language: null, timeZone: null })
    expect(JSON.stringify(left)).not.toMatch(/Eddy|editor@example/)
    expect(await fixture.storage.read.users.findPasswordHash('editor')).toBeNull()
  })

  it('frees the address, also when another user takes it concurrently', async () => {
    await fixture.as('viewer').users.update({ email: 'editor@deleted.invalid' })
    await fixture.as('editor').users.delete()
    await fixture.as('viewer').users.update({ email: 'editor@example.com' })
  })

  it('distinguishes accounts whose IDs differ only in case', async () => {
    await fixture.system.users.create({ id: 'EDITOR', email: 'second@example.com' })
    await fixture.as('editor').users.delete()
    await fixture.as('EDITOR').users.delete()
  })

  it('is refused while others are in a tenant one owns, and undone as a whole', async () => {
    await fixture.join(fixture.zeta, 'owner', { role: 'viewer', invitedBy: 'outsider' })
    const { details } = await refusal(fixture, 'user_owns_tenants', () => fixture.as('owner').users.delete())
    expect(details).toEqual({ tenantIds: [fixture.acme] })
  })

  it('deletes tenants without other members', async () => {
    const events = await fixture.eventsOf(() => fixture.as('outsider').users.delete())
    expect(events.map(({ type }) => type)).toEqual(['tenant.deleted', 'user.deleted'])
    expect((await fixture.system.tenants.listAll()).items.map(({ id }) => id)).toEqual([fixture.acme])
  })

  it('leaves no usable invitation, sent or received, in any tenant', async () => {
    await fixture.join(fixture.zeta, 'admin', { role: 'admin', invitedBy: 'outsider' })
    const sent = [
      await fixture.invite(fixture.acme, 'admin', { email: 'new@example.com' }),
      await fixture.invite(fixture.zeta, 'admin', { email: 'new@example.com' }),
    ]
    await fixture.as('admin').users.delete()
    await fixture.user('new')
    for (const token of sent)
      await refusal(fixture, 'invalid_token', () => fixture.as('new').invitations.accept({ token }))
  })

  it('leaves a transfer that was meant for them without a target', async () => {
    const { token } = await fixture.inAcme('owner').ownership.start()
    const verified = await fixture.inAcme('owner').ownership.verify({ token, code: '000001' })
    await fixture.as('editor').users.delete()
    const complete = () => fixture.inAcme('owner').ownership.complete({ userId: 'editor', token: verified.token })
    await refusal(fixture, 'member_not_found', complete)
  })

  it('is allowed for oneself and to operators', async () => {
    await fixture.user('operator', { superuser: true })
    await refusal(fixture, 'forbidden', () => fixture.as('viewer').users.delete({ userId: 'editor' }))
    await refusal(fixture, 'forbidden', () => fixture.as('viewer').users.delete({ userId: 'none' }))
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).users.delete({ userId: 'editor' }))
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).users.delete())
    await refusal(fixture, 'unauthenticated', () => fixture.system.users.delete())
    await refusal(fixture, 'user_not_found', () => fixture.as('operator').users.delete({ userId: 'none' }))
    await fixture.as('operator').users.delete({ userId: 'editor' })
    await refusal(fixture, 'user_not_found', () => fixture.as('operator').users.delete({ userId: 'editor' }))
    await fixture.system.users.delete({ userId: 'viewer' })
  })
})
