import { beforeEach, describe, expect, it } from 'vitest'
import { tenancyFixture, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('granting and denying single permissions', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const set = (by: string, userId: string, overrides: Record<string, boolean | null>) =>
    fixture.inAcme(by).members.setOverrides({ userId, overrides })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('takes effect immediately; the event contains the new overrides', async () => {
    const events = await fixture.eventsOf(() =>
      set('admin', 'viewer', { 'invoice:approve': true, 'invoice:read': false }),
    )
    expect(events).toEqual([
      {
        type: 'member.overrides_updated',
        actorId: 'admin',
        target: { type: 'member', id: 'viewer' },
        data: { overrides: { 'invoice:approve': true, 'invoice:read': false } },
      },
    ])
    const access = await fixture.inAcme('viewer').access()
    expect(access.explain('invoice:approve')).toMatchObject({ allowed: true, rule: 'override' })
    expect(access.explain('invoice:read')).toMatchObject({ allowed: false, reason: 'denied_by_override' })
  })

  it('leaves what is not named, and gives back to the roles what is named null', async () => {
    await set('owner', 'viewer', { 'invoice:approve': true, 'invoice:read': false })
    const { overrides, permissions } = await set('owner', 'viewer', { 'invoice:read': null })
    expect(overrides).toEqual({ 'invoice:approve': true })
    expect(permissions['invoice']).toEqual({ create: false, read: true, update: false, delete: false, approve: true })
    expect(await fixture.inAcme('admin').members.getOverrides({ userId: 'viewer' })).toEqual({ overrides, permissions })
  })

  it.each([
    'invoice:fly',
    'invoce:read',
    'invoice:*',
    '*:*',
    '*',
    'invoice',
    '',
    'tenant:transfer',
    'member:override',
    'constructor',
    'toString',
    'x'.repeat(10_000),
  ])('refuses %j, which no resource of the host declares, and with it everything else named', async (permission) => {
    const call = () => set('owner', 'viewer', { 'invoice:read': false, [permission]: true })
    const { message } = await refusal(fixture, 'invalid_input', call)
    expect(message.length).toBeLessThan(400)
  })

  it.each([
    ['text', 'true'],
    ['a number', 1],
    ['a list', []],
    ['an object', {}],
  ])('refuses %s as a value', async (_, value) => {
    // What a caller without types may hand in.
    await refusal(fixture, 'invalid_input', () => set('owner', 'viewer', { 'invoice:read': value as never }))
  })

  it.each(['{}', '{"__proto__":true}', 'null', '[]', '"invoice:read"'])('refuses %s as overrides', async (text) => {
    await refusal(fixture, 'invalid_input', () => set('owner', 'viewer', JSON.parse(text) as never))
  })

  it('checks in order: permission, membership, unrestricted role', async () => {
    await refusal(fixture, 'forbidden', () => set('editor', 'nobody', { 'invoice:read': true }))
    await refusal(fixture, 'forbidden', () => set('viewer', 'viewer', { 'invoice:approve': true }))
    await refusal(fixture, 'member_not_found', () => set('owner', 'nobody', { 'no:such': true }))
    await refusal(fixture, 'member_not_found', () => set('owner', 'outsider', { 'invoice:read': true }))
    await refusal(fixture, 'forbidden', () => set('owner', 'admin', { 'invoice:read': false }))
    await refusal(fixture, 'forbidden', () => set('admin', 'owner', { 'invoice:read': false }))
    await refusal(fixture, 'forbidden', () => set('owner', 'owner', { 'invoice:read': false }))
  })
})

describe('a role of the host’s own that may override', () => {
  async function leadFixture() {
    const lead = {
      rank: 30,
      name: 'Lead',
      permissions: ['tenant:read', 'member:read', 'member:override', 'invoice:read', 'invoice:update'],
    }
    const fixture = await tenancyFixture({ roles: { lead } })
    const acme = await fixture.tenant('owner', { lead: 'lead', peer: 'lead', editor: 'editor', member: 'member' })
    const set = (by: string, userId: string, overrides: Record<string, boolean | null>) =>
      fixture.as(by).in(acme).members.setOverrides({ userId, overrides })
    return { ...fixture, set }
  }

  it('gives what its holder holds, and nothing else', async () => {
    const fixture = await leadFixture()
    await fixture.set('lead', 'member', { 'invoice:update': true })
    await refusal(fixture, 'forbidden', () =>
      fixture.set('lead', 'member', { 'invoice:update': false, 'invoice:approve': true }),
    )
  })

  it('takes back no denial of its own, nor one of an equal', async () => {
    const fixture = await leadFixture()
    await fixture.set('owner', 'lead', { 'invoice:update': false })
    await refusal(fixture, 'forbidden', () => fixture.set('lead', 'lead', { 'invoice:update': null }))
    await refusal(fixture, 'forbidden', () => fixture.set('lead', 'peer', { 'invoice:update': false }))
    await refusal(fixture, 'forbidden', () => fixture.set('lead', 'editor', { 'invoice:update': false }))
  })

  it('lifts no denial of what its holder does not hold', async () => {
    const fixture = await leadFixture()
    await fixture.set('owner', 'member', { 'invoice:read': false })
    await fixture.set('owner', 'lead', { 'invoice:read': false })
    await refusal(fixture, 'forbidden', () => fixture.set('lead', 'member', { 'invoice:read': null }))
    await fixture.set('owner', 'lead', { 'invoice:read': null })
    await fixture.set('lead', 'member', { 'invoice:read': null })
  })
})
