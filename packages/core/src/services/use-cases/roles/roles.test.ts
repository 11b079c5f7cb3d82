import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

/** What a caller without types may hand in. */
type Loose = Record<string, unknown>

const CLERK = { key: 'clerk', name: 'Clerk', rank: 15, permissions: ['invoice:read', 'invoice:create'] } as const

/** The permissions of one who may do everything with roles, short of giving what they lack. */
const LEAD = ['tenant:read', 'member:read', 'member:assign', 'invitation:create', 'role:read', 'role:create', 'role:update', 'role:delete', 'invoice:read'] // prettier-ignore

let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
const roles = (by: string) => fixture.inAcme(by).roles
const create = (by: string, terms: Loose = {}) => roles(by).create({ ...CLERK, ...terms })
const update = (by: string, terms: Loose) => roles(by).update({ key: 'clerk', ...terms })
const give = (userId: string, ...keys: string[]) => fixture.inAcme('owner').members.setRoles({ userId, roles: keys })
const access = (userId: string) => fixture.inAcme(userId).access()

beforeEach(async () => {
  fixture = await twoTenantsFixture()
})

describe('listing roles', () => {
  it('shows those declared, the highest rank first, then the tenant’s own by key, to every member', async () => {
    await create('owner', { key: 'zookeeper', name: 'Zookeeper', rank: 0, permissions: [] })
    await create('admin')
    const listed = await roles('viewer').list()
    expect(listed.map(({ key, custom }) => [key, custom])).toEqual([
      ['owner', false],
      ['admin', false],
      ['editor', false],
      ['member', false],
      ['assistant', false],
      ['viewer', false],
      ['clerk', true],
      ['zookeeper', true],
    ])
    expect(listed[6]).toEqual({
      ...CLERK,
      permissions: ['invoice:create', 'invoice:read'],
      unrestricted: false,
      custom: true,
    })
    expect(listed[1]).toMatchObject({ name: 'Admin', rank: 40, unrestricted: true })
    expect(listed[5]?.permissions).toEqual(['tenant:read', 'member:read', 'role:read', 'invoice:read'])
  })

  it('shows no role of another tenant', async () => {
    await create('owner')
    const listed = await fixture.as('outsider').in(fixture.zeta).roles.list()
    expect(listed.some(({ custom }) => custom)).toBe(false)
  })
})

describe('making a role', () => {
  it('grants its permissions to holders; the event contains them', async () => {
    const events = await fixture.eventsOf(() => create('admin'))
    const said = { name: 'Clerk', rank: 15, permissions: ['invoice:create', 'invoice:read'] }
    expect(events).toEqual([
      { type: 'role.created', actorId: 'admin', target: { type: 'role', id: 'clerk' }, data: said },
    ])
    await give('viewer', 'clerk')
    const held = await access('viewer')
    expect([held.roles, held.rank, held.permissions()]).toEqual([['clerk'], 15, ['invoice:create', 'invoice:read']])
    expect(held.explain('invoice:create')).toMatchObject({ allowed: true, rule: 'role' })
  })

  it('adds to what other roles of the same member give', async () => {
    await create('owner', { permissions: ['invoice:approve'] })
    await give('viewer', 'viewer', 'clerk')
    const held = await access('viewer')
    expect([held.roles, held.rank]).toEqual([['viewer', 'clerk'], 15])
    expect(held.canAll(['invoice:read', 'invoice:approve'])).toBe(true)
    expect(held.can('invoice:delete')).toBe(false)
  })

  it('is the tenant’s alone: another one may have the same key, and cannot give this one', async () => {
    await create('owner')
    await refusal(fixture, 'invalid_role', () =>
      fixture.as('outsider').in(fixture.zeta).members.invite({ email: 'x@example.com', role: 'clerk' }),
    )
    await fixture
      .as('outsider')
      .in(fixture.zeta)
      .roles.create({ ...CLERK, permissions: [] })
    await fixture.join(fixture.zeta, 'viewer', { role: 'clerk', invitedBy: 'outsider' })
    expect((await fixture.as('viewer').in(fixture.zeta).access()).permissions()).toEqual([])
  })

  it.each<[string, string]>([
    ['one of the host’s', 'editor'],
    ['the owner’s', 'owner'],
    ['one of the tenant’s own', 'clerk'],
    ['reserved', 'invite'],
  ])('is refused for a key that is %s', async (_, key) => {
    fixture = await twoTenantsFixture({ reservedRoles: ['normal', 'invite'] })
    await create('owner')
    await refusal(fixture, 'role_key_taken', () => create('owner', { key }))
  })

  it.each<[string, Loose]>([
    ['key', { key: 'Clerk' }],
    ['key', { key: 'clerk ' }],
    ['key', { key: '__proto__' }],
    ['key', { key: '' }],
    ['key', { key: 'x'.repeat(64) }],
    ['key', { key: ['clerk'] }],
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: 'Cl\ner\nk' }],
    ['name', { name: null }],
    ['rank', { rank: -1 }],
    ['rank', { rank: 1.5 }],
    ['rank', { rank: 40 }],
    ['rank', { rank: '15' }],
    ['rank', { rank: NaN }],
    ['permissions', { permissions: null }],
    ['permissions', { permissions: 'invoice:read' }],
    ['permissions', { permissions: { 'invoice:read': true } }],
    ['permissions.0', { permissions: [true] }],
    ['permissions.0', { permissions: ['invoice:*'] }],
    ['permissions.0', { permissions: ['*:*'] }],
    ['permissions.0', { permissions: ['*'] }],
    ['permissions.1', { permissions: ['invoice:read', 'invoice:fly'] }],
    ['permissions.1', { permissions: ['invoice:read', '__proto__'] }],
    ['permissions.1', { permissions: ['invoice:read', 'constructor'] }],
    ['permissions.0', { permissions: ['x'.repeat(10_000)] }],
    ['permissions.1', { permissions: ['tenant:archive', 'tenant:transfer'] }],
    ['permissions.0', { permissions: ['tenant:delete'] }],
    ['unrestricted', { unrestricted: true }],
    ['tenantId', { tenantId: 'zeta' }],
  ])('is refused, naming %j, for %j', async (field, terms) => {
    const { details } = await refusal(fixture, 'invalid_input', () => create('owner', terms))
    expect(details.field).toBe(field)
  })

  it('rejects callers who may not create roles', async () => {
    for (const person of ['editor', 'assistant', 'member', 'viewer'])
      await refusal(fixture, 'forbidden', () => create(person, { permissions: [] }))
    await refusal(fixture, 'tenant_not_found', () => create('outsider'))
  })

  it('is refused to an admin for what only the owner holds', async () => {
    await refusal(fixture, 'forbidden', () => create('admin', { permissions: ['tenant:archive'] }))
    await create('owner', { permissions: ['tenant:archive'] })
  })

  it('stops at the limit, which is 100 when the host sets none', async () => {
    for (let count = 0; count < 100; count += 1) await create('owner', { key: `role_${count}` })
    const { details } = await refusal(fixture, 'role_limit_exceeded', () => create('owner'))
    expect(details.limit).toBe(100)
    await roles('owner').delete({ key: 'role_7' })
    await create('owner')
  })

  it('stops at the host’s own limit, tenant by tenant', async () => {
    fixture = await twoTenantsFixture({ limits: { rolesPerTenant: ({ plan }) => (plan === 'basic' ? 1 : undefined) } })
    await create('owner')
    await refusal(fixture, 'role_limit_exceeded', () => create('owner', { key: 'another' }))
    await fixture.as('outsider').in(fixture.zeta).roles.create(CLERK)
  })
})

describe('a member who may edit roles but lacks some permissions', () => {
  beforeEach(async () => {
    await create('owner', { key: 'lead', name: 'Lead', rank: 30, permissions: LEAD })
    await give('editor', 'lead')
  })

  it('writes what they hold, below their own rank, and hands it out', async () => {
    await create('editor', { permissions: ['invoice:read', 'member:read'], rank: 29 })
    await fixture.inAcme('editor').members.setRoles({ userId: 'viewer', roles: ['clerk'] })
    expect((await access('viewer')).permissions()).toEqual(['member:read', 'invoice:read'])
    await update('editor', { permissions: ['invoice:read'], rank: 0, name: 'Reader' })
    expect((await access('viewer')).permissions()).toEqual(['invoice:read'])
  })

  it('writes nothing that they do not hold, or that was taken from them', async () => {
    await refusal(fixture, 'forbidden', () => create('editor', { permissions: ['invoice:approve'] }))
    await create('owner')
    await refusal(fixture, 'forbidden', () => update('editor', { name: 'Another' }))
    await update('editor', { permissions: ['invoice:read'] })
    await fixture.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'invoice:read': false } })
    await refusal(fixture, 'forbidden', () => update('editor', { name: 'Another' }))
  })

  it('writes no role of their rank or above, and lifts none to it', async () => {
    await create('owner', { permissions: [], rank: 30 })
    await refusal(fixture, 'forbidden', () => create('editor', { key: 'peer', permissions: [], rank: 30 }))
    await refusal(fixture, 'forbidden', () => update('editor', { rank: 5 }))
    await refusal(fixture, 'forbidden', () => roles('editor').delete({ key: 'clerk' }))
    await update('owner', { rank: 5 })
    await refusal(fixture, 'forbidden', () => update('editor', { rank: 30 }))
    await update('editor', { rank: 29 })
  })

  it('never changes a role of their own, whatever else they hold', async () => {
    await create('owner', { permissions: ['invoice:read'], rank: 3 })
    await give('editor', 'lead', 'clerk')
    await fixture.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'invoice:approve': true } })
    for (const terms of [{ permissions: ['invoice:approve'] }, { permissions: [] }, { rank: 29 }, { name: 'Mine' }]) {
      await refusal(fixture, 'forbidden', () => update('editor', terms))
      await refusal(fixture, 'forbidden', () => update('editor', { ...terms, key: 'lead' }))
    }
    await refusal(fixture, 'forbidden', () => roles('editor').delete({ key: 'clerk' }))
  })

  it('differs from an unrestricted role, whose holder adds nothing by changing a role that they hold too', async () => {
    await create('owner', { permissions: ['invoice:read'] })
    await give('admin', 'admin', 'clerk')
    await update('admin', { permissions: ['invoice:read', 'invoice:approve'] })
    await refusal(fixture, 'forbidden', () => update('admin', { permissions: ['tenant:archive'] }))
    expect((await access('admin')).rank).toBe(40)
  })
})

describe('changing a role', () => {
  beforeEach(async () => {
    await create('owner')
    await give('viewer', 'clerk')
  })

  it('applies to every holder at the next check; the event contains the former definition', async () => {
    const events = await fixture.eventsOf(() => update('admin', { rank: 16, permissions: ['invoice:approve'] }))
    expect(events).toEqual([
      {
        type: 'role.updated',
        actorId: 'admin',
        target: { type: 'role', id: 'clerk' },
        data: {
          from: { rank: 15, permissions: ['invoice:create', 'invoice:read'] },
          to: { rank: 16, permissions: ['invoice:approve'] },
        },
      },
    ])
    const held = await access('viewer')
    expect([held.rank, held.permissions()]).toEqual([16, ['invoice:approve']])
    expect((await roles('member').list()).at(-1)).toMatchObject({ key: 'clerk', name: 'Clerk', rank: 16 })
  })

  it('keeps omitted fields, and appends no event when nothing changes', async () => {
    const same = { ...CLERK, permissions: [...CLERK.permissions, ...CLERK.permissions] }
    expect(await fixture.eventsOf(() => update('owner', same))).toEqual([])
    expect(await fixture.eventsOf(() => update('owner', {}))).toEqual([])
    expect(await update('owner', { name: 'Teller' })).toMatchObject({ name: 'Teller', rank: 15 })
    expect((await access('viewer')).permissions()).toEqual(['invoice:create', 'invoice:read'])
  })

  it('rejects keys that are not custom roles, including host roles', async () => {
    for (const key of [
      'gone',
      'admin',
      'owner',
      'viewer',
      'normal',
      'constructor',
      '__proto__',
      'Clerk',
      'clerk ',
      '',
      'x'.repeat(10_000),
    ]) {
      await refusal(fixture, 'role_not_found', () => update('owner', { key, permissions: [] }))
      await refusal(fixture, 'role_not_found', () => roles('owner').delete({ key }))
    }
    await refusal(fixture, 'role_not_found', () =>
      fixture.as('outsider').in(fixture.zeta).roles.update({ key: 'clerk', name: 'Ours' }),
    )
  })

  it.each<[string, Loose]>([
    ['rank', { rank: 40 }],
    ['permissions.0', { permissions: ['invoice:*'] }],
    ['permissions.0', { permissions: ['tenant:transfer'] }],
    ['permissions', { permissions: 'invoice:read' }],
    ['name', { name: '' }],
    ['newKey', { newKey: 'teller' }],
  ])('is refused, naming %j, for %j', async (field, terms) => {
    const { details } = await refusal(fixture, 'invalid_input', () => update('owner', terms))
    expect(details.field).toBe(field)
  })
})

describe('deleting a role', () => {
  beforeEach(() => create('owner'))

  it('the event contains the deleted definition', async () => {
    const events = await fixture.eventsOf(() => roles('admin').delete({ key: 'clerk' }))
    const said = { name: 'Clerk', rank: 15, permissions: ['invoice:create', 'invoice:read'] }
    expect(events).toEqual([
      { type: 'role.deleted', actorId: 'admin', target: { type: 'role', id: 'clerk' }, data: said },
    ])
    expect((await roles('owner').list()).some(({ custom }) => custom)).toBe(false)
    await refusal(fixture, 'invalid_role', () => give('viewer', 'clerk'))
    await refusal(fixture, 'role_not_found', () => roles('admin').delete({ key: 'clerk' }))
  })

  it('is refused while a member holds it, active or not, or an open invitation offers it', async () => {
    const remove = () => roles('owner').delete({ key: 'clerk' })
    await give('viewer', 'viewer', 'clerk')
    await fixture.inAcme('owner').members.deactivate({ userId: 'viewer' })
    await fixture.invite(fixture.acme, 'owner', { email: 'new@example.com', role: 'clerk' })
    const { details } = await refusal(fixture, 'role_in_use', remove)
    expect(details).toEqual({ members: 1, invitations: 1 })
    await give('viewer', 'viewer')
    expect((await refusal(fixture, 'role_in_use', remove)).details).toEqual({ members: 0, invitations: 1 })
    fixture.tick(72 * 3_600_000)
    await remove()
  })

  it('leaves no assignment that a new role with the same key would restore', async () => {
    const token = await fixture.invite(fixture.acme, 'owner', { email: 'outsider@example.com', role: 'clerk' })
    fixture.tick(72 * 3_600_000)
    await roles('owner').delete({ key: 'clerk' })
    await create('owner', { permissions: ['invoice:approve'] })
    await refusal(fixture, 'invalid_token', () => fixture.as('outsider').invitations.accept({ token }))
    expect((await fixture.inAcme('owner').members.list({ role: 'clerk' })).items).toEqual([])
  })
})
