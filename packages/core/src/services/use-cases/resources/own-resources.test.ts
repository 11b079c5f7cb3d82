import { beforeEach, describe, expect, it } from 'vitest'
import type { Resource } from '../../../model/resource.js'
import { organizationFixture } from '../../../testing/fixtures/organization.js'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { versionOf } from '../../pipeline/version.js'

describe('an admin of an organization', () => {
  it('shares nothing with a tenant of it without being a member, nor out of it', async () => {
    const fixture = await organizationFixture()
    const place = { visibility: 'tenant', tenantId: fixture.acme } as const
    const own = fixture.as('ada').resources
    await refusal(fixture, 'forbidden', () => own.create({ type: 'invoice', name: 'New', ...place }))
    const { id, ownerTenantId } = await own.create({ type: 'invoice', name: 'New' })
    await refusal(fixture, 'forbidden', () => own.update({ type: 'invoice', id, ...place }))
    const share = { type: 'invoice', id, tenantId: fixture.acme }
    await refusal(fixture, 'forbidden', () => fixture.as('ada').in(ownerTenantId).resources.share(share))
    const made = await fixture.inAcme('ada').resources.create({ type: 'invoice', name: 'Theirs' })
    await refusal(fixture, 'forbidden', () =>
      fixture.inAcme('ada').resources.share({ type: 'invoice', id: made.id, tenantId: ownerTenantId }),
    )
  })
})

describe('resources that are named without a tenant', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const own = (by: string) => fixture.as(by).resources
  const make = (by: string, fields: object = {}) => own(by).create({ type: 'invoice', name: `${by}'s`, ...fields })
  const get = (by: string, id: string) => own(by).get({ type: 'invoice', id })
  const update = (by: string, id: string, fields: object) => own(by).update({ type: 'invoice', id, ...fields })
  const remove = (by: string, ...ids: string[]) => own(by).delete({ type: 'invoice', ids })
  const allow = (userId: string, ...verbs: string[]) =>
    fixture.inAcme('owner').members.setOverrides({
      userId,
      overrides: Object.fromEntries(verbs.map((verb) => [`invoice:${verb}`, true])),
    })
  const inAcme = () => ({ visibility: 'tenant', tenantId: fixture.acme })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('are in its own tenant in a personal tenant, which is opened once, and need no right', async () => {
    const events = await fixture.eventsOf(() => make('viewer'))
    expect(events.map(({ type }) => type)).toEqual(['tenant.created', 'resource.created'])
    const [one, two] = await Promise.all([make('viewer'), make('viewer', { attributes: { dsl: { a: [1] } } })])
    expect(one?.tenantId).toBe(two?.ownerTenantId)
    expect(await get('viewer', two?.id ?? '')).toMatchObject({ attributes: { dsl: { a: [1] } }, visibility: 'private' })
    const tenants = (await fixture.as('viewer').tenants.list()).items
    expect(tenants.filter(({ tenant }) => tenant.type === 'personal')).toHaveLength(1)
  })

  it('are opened once, also by ten at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => make('outsider')))
    const tenants = (await fixture.as('outsider').tenants.list()).items
    expect(tenants.filter(({ tenant }) => tenant.type === 'personal')).toHaveLength(1)
  })

  it('are visible to nobody else while private', async () => {
    const { id } = await make('member')
    for (const by of ['owner', 'admin', 'viewer', 'outsider']) {
      await refusal(fixture, 'resource_not_found', () => get(by, id))
      await refusal(fixture, 'resource_not_found', () => update(by, id, { name: 'Taken' }))
      await refusal(fixture, 'resource_not_found', () => remove(by, id))
    }
    await refusal(fixture, 'resource_not_found', () => get('owner', 'none'))
  })

  it('can be shared with a tenant only by members who may create the type there, and leave no copy', async () => {
    const { tenantId, ...shown } = inAcme()
    await refusal(fixture, 'forbidden', () => make('member', inAcme()))
    await refusal(fixture, 'tenant_not_found', () => make('member', { ...shown, tenantId: fixture.zeta }))
    await refusal(fixture, 'tenant_not_found', () => make('member', { ...shown, tenantId: 'none' }))
    await refusal(fixture, 'invalid_input', () => make('member', { tenantId }))
    await refusal(fixture, 'invalid_input', () => make('member', { tenantId, visibility: 'private' }))
    await allow('member', 'create')
    const events = await fixture.eventsOf(async () => {
      expect(await make('member', inAcme())).toMatchObject({ tenantId: fixture.acme, visibility: 'tenant' })
    })
    expect(events.map(({ type }) => type)).toEqual([
      'tenant.created',
      'resource.created',
      'resource.shared',
      'resource.shared',
    ])
  })

  it('default to the oldest tenant the caller owns, otherwise fail', async () => {
    expect(await make('owner', { visibility: 'tenant' })).toMatchObject({ tenantId: fixture.acme })
    const alone = await make('member', { visibility: 'tenant' })
    expect(alone).toMatchObject({ tenantId: alone.ownerTenantId, visibility: 'tenant' })
    await refusal(fixture, 'resource_not_found', () => get('owner', alone.id))
  })

  it('are everybody’s in the tenant as far as their permissions go', async () => {
    await allow('member', 'create')
    const { id } = await make('member', inAcme())
    for (const by of ['owner', 'admin']) expect(await update(by, id, { name: by })).toMatchObject({ name: by })
    expect((await get('viewer', id)).id).toBe(id)
    await refusal(fixture, 'forbidden', () => update('viewer', id, { name: 'Taken' }))
    await refusal(fixture, 'forbidden', () => remove('viewer', id))
    await refusal(fixture, 'resource_not_found', () => get('outsider', id))
    await allow('viewer', 'update')
    expect(await update('viewer', id, { name: 'Theirs' })).toMatchObject({ name: 'Theirs', ownerId: 'member' })
    await fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:read': false } })
    await refusal(fixture, 'forbidden', () => get('viewer', id))
  })

  it('are shared and unshared by their owner only; repeating it changes nothing', async () => {
    const { id } = await make('owner', inAcme())
    for (const by of ['admin', 'editor']) {
      await refusal(fixture, 'forbidden', () => update(by, id, { visibility: 'private' }))
      await refusal(fixture, 'forbidden', () => update(by, id, { name: 'Taken', tenantId: fixture.zeta }))
      expect(await update(by, id, { ...inAcme(), name: by })).toMatchObject({ name: by, tenantId: fixture.acme })
    }
  })

  it('are gone from a tenant at once when they are unshared or moved, with what else was asked', async () => {
    await fixture.join(fixture.zeta, 'owner', { role: 'editor', invitedBy: 'outsider' })
    const { id } = await make('owner', inAcme())
    expect(await update('owner', id, { name: 'Moved', visibility: 'tenant', tenantId: fixture.zeta })).toMatchObject({
      tenantId: fixture.zeta,
      name: 'Moved',
    })
    await refusal(fixture, 'resource_not_found', () => get('admin', id))
    expect((await get('outsider', id)).name).toBe('Moved')
    const taken = await update('owner', id, { visibility: 'private' })
    expect(taken).toMatchObject({ tenantId: taken.ownerTenantId, visibility: 'private' })
    await refusal(fixture, 'resource_not_found', () => get('outsider', id))
    await refusal(fixture, 'invalid_input', () => update('owner', id, { tenantId: fixture.acme }))
    await refusal(fixture, 'tenant_not_found', () =>
      update('owner', id, { name: 'Never', visibility: 'tenant', tenantId: 'none' }),
    )
  })

  it('return to their own tenant when the owner leaves, and are closed to former members', async () => {
    await allow('member', 'create', 'update', 'delete')
    const members = await make('member', inAcme())
    const owners = await make('owner', inAcme())
    await fixture.inAcme('owner').members.remove({ userId: 'member' })
    expect(await get('member', members.id)).toMatchObject({ visibility: 'private' })
    await refusal(fixture, 'resource_not_found', () => get('owner', members.id))
    for (const call of [get, remove]) await refusal(fixture, 'resource_not_found', () => call('member', owners.id))
  })

  it('stay their owner’s where the owner no longer works: they can be taken back', async () => {
    await allow('member', 'create')
    const { id } = await make('member', inAcme())
    await fixture.inAcme('owner').members.deactivate({ userId: 'member' })
    expect((await get('member', id)).id).toBe(id)
    expect(await update('member', id, { visibility: 'private' })).toMatchObject({ visibility: 'private' })
    await refusal(fixture, 'resource_not_found', () => get('owner', id))
  })

  it.each(['archived', 'closed to its owner'] as const)(
    'are not shown at a home that is %s, nor shared on',
    async (how) => {
      await fixture.join(fixture.zeta, 'editor', { role: 'editor', invitedBy: 'outsider' })
      const { id: third } = await fixture.as('editor').tenants.create({ name: 'Third' })
      const { id } = await fixture.inAcme('editor').resources.create({ type: 'invoice', name: 'May' })
      await fixture.inAcme('editor').resources.share({ type: 'invoice', id, tenantId: fixture.zeta })
      if (how === 'archived') await fixture.inAcme('owner').archive()
      else await fixture.inAcme('owner').members.deactivate({ userId: 'editor' })
      const code = how === 'archived' ? 'tenant_not_active' : 'tenant_not_found'
      await refusal(fixture, code, () => update('editor', id, inAcme()))
      await refusal(fixture, code, () => update('editor', id, { visibility: 'tenant', tenantId: third }))
      expect(await update('editor', id, { name: 'June' })).toMatchObject({ tenantId: fixture.zeta, name: 'June' })
      expect(await update('editor', id, { visibility: 'private' })).toMatchObject({ tenantId: fixture.acme })
    },
  )

  it.each(['archived', 'closed to its owner'] as const)('stay as they are in a tenant that is %s', async (how) => {
    await allow('member', 'create')
    const { id } = await make('member', inAcme())
    if (how === 'archived') await fixture.inAcme('owner').archive()
    else await fixture.inAcme('owner').members.deactivate({ userId: 'member' })
    const code = how === 'archived' ? 'tenant_not_active' : 'tenant_not_found'
    await refusal(fixture, code, () => update('member', id, { name: 'Still mine' }))
    await refusal(fixture, code, () => update('member', id, { ...inAcme(), name: 'Still mine' }))
    expect(await update('member', id, { visibility: 'private' })).toMatchObject({ visibility: 'private' })
  })

  it('are listed newest first: one’s own, and what one may read', async () => {
    await allow('member', 'create')
    const made: string[] = []
    for (const [by, fields] of [
      ['member', {}],
      ['member', inAcme()],
      ['owner', inAcme()],
      ['owner', {}],
      ['outsider', {}],
    ] as const) {
      made.push((await make(by, fields)).id)
      fixture.tick(1)
    }
    const list = async (by: string, page: object = {}) => {
      const found = await own(by).list({ type: 'invoice', page: 1, ...page })
      return [found.items.map(({ id }) => made.indexOf(id)), found.total]
    }
    expect(await list('member')).toEqual([[2, 1, 0], 3])
    expect(await list('viewer')).toEqual([[2, 1], 2])
    expect(await list('outsider')).toEqual([[4], 1])
    expect(await list('member', { keyword: 'OWNER' })).toEqual([[2], 1])
    expect(await list('member', { page: 2, limit: 2 })).toEqual([[0], 3])
    await fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:read': false } })
    expect(await list('viewer')).toEqual([[], 0])
    await fixture.inAcme('owner').archive()
    expect(await list('member')).toEqual([[1, 0], 2])
    await refusal(fixture, 'invalid_input', () => own('member').list({ type: 'none' }))
  })

  it('are listed where they can be had: not in a tenant that is gone, or in which their owner no longer works', async () => {
    const list = async () => (await own('editor').list({ type: 'invoice' })).items.map(({ name }) => name)
    const { resources } = fixture.inAcme('editor')
    const { id } = await resources.create({ type: 'invoice', name: 'At work' })
    expect(await list()).toEqual(['At work'])
    await fixture.inAcme('owner').members.deactivate({ userId: 'editor' })
    expect(await list()).toEqual([])
    await refusal(fixture, 'resource_not_found', () => get('editor', id))
    await fixture.inAcme('owner').members.activate({ userId: 'editor' })
    expect(await list()).toEqual(['At work'])
    await fixture.inAcme('owner').archive()
    expect(await list()).toEqual([])
    await fixture.inAcme('owner').restore()
    await fixture.inAcme('owner').delete()
    expect(await list()).toEqual([])
    await refusal(fixture, 'resource_not_found', () => get('editor', id))
  })

  it('keep the attributes that are not named', async () => {
    const { id } = await make('member', { attributes: { dsl: 1, description: 'x' } })
    expect((await update('member', id, { attributes: { dsl: { a: [] } } })).attributes).toEqual({
      dsl: { a: [] },
      description: 'x',
    })
    const large = { text: 'x'.repeat(400_000) }
    await update('member', id, { attributes: { dsl: large } })
    await refusal(fixture, 'invalid_input', () => update('member', id, { attributes: { other: large } }))
  })

  it('reject an update based on outdated state', async () => {
    const read = await make('member', { attributes: { a: 1, b: { c: [1] } } })
    const { id } = read
    const renamed = await update('member', id, { name: 'New', ifVersion: versionOf.resource(read) })
    expect(renamed.name).toBe('New')
    const stale = () => update('member', id, { name: 'Stale', ifVersion: versionOf.resource(read) })
    await refusal(fixture, 'version_mismatch', stale)
    const { ownerTenantId: tenantId } = await get('member', id)
    const inOwnerTenant = fixture.as('member').in(tenantId).resources
    const change = (from: Resource) =>
      inOwnerTenant.update({ type: 'invoice', id, name: 'Newer', ifVersion: versionOf.resource(from) })
    await refusal(fixture, 'version_mismatch', () => change(read))
    expect((await change(renamed)).name).toBe('Newer')
  })

  it('are removed together or not at all', async () => {
    const [one, two, admins] = [await make('owner', inAcme()), await make('owner'), await make('admin')]
    await refusal(fixture, 'resource_not_found', () => remove('owner', one.id, two.id, admins.id))
    await refusal(fixture, 'forbidden', () => remove('viewer', one.id))
    await refusal(fixture, 'invalid_input', () => remove('owner'))
    const events = await fixture.eventsOf(() => remove('owner', one.id, two.id, one.id))
    expect(events.map(({ type }) => type)).toEqual(['resource.deleted', 'resource.deleted', 'resource.deleted'])
    await refusal(fixture, 'resource_not_found', () => get('owner', one.id))
  })
})
