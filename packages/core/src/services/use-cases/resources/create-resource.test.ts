import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const invoice = { type: 'invoice', id: 'inv-1' }

describe('a resource', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const of = (person: string) => fixture.inAcme(person).resources
  beforeEach(async () => {
    fixture = await twoTenantsFixture({
      resources: { invoice: ['create', 'read', 'update', 'delete'], note: ['create'] },
    })
  })

  it('belongs to who makes it, and is private unless said otherwise', async () => {
    const made = await of('editor').create({ ...invoice, name: ' May ' })
    expect(made).toEqual({
      ...invoice,
      tenantId: fixture.acme,
      ownerTenantId: fixture.acme,
      ownerId: 'editor',
      visibility: 'private',
      name: 'May',
      attributes: {},
      labels: {},
      sizeBytes: 0,
      createdAt: fixture.now(),
      updatedAt: fixture.now(),
      activeAt: fixture.now(),
    })
    expect(await of('editor').get(invoice)).toEqual(made)
    const events = await fixture.eventsOf(() =>
      of('editor').create({ type: 'invoice', name: 'June', visibility: 'tenant', attributes: { tags: ['a'] } }),
    )
    expect(events).toMatchObject([
      {
        type: 'resource.created',
        target: { type: 'resource', id: expect.stringMatching(/^id-/) as string },
        data: { type: 'invoice', name: 'June', visibility: 'tenant' },
      },
    ])
  })

  it('requires the create permission of its type', async () => {
    const refused = await refusal(fixture, 'forbidden', () => of('viewer').create({ ...invoice, name: 'Mine' }))
    expect(refused.details).toEqual({ permission: 'invoice:create' })
    await fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:create': true } })
    await of('viewer').create({ ...invoice, name: 'Mine' })
    await fixture.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'invoice:create': false } })
    await refusal(fixture, 'forbidden', () => of('editor').create({ type: 'invoice', name: 'Not mine' }))
  })

  it('has an id of its own among those of its type', async () => {
    await of('editor').create({ ...invoice, name: 'May' })
    await refusal(fixture, 'resource_already_exists', () => of('admin').create({ ...invoice, name: 'Another' }))
    await of('admin').create({ ...invoice, type: 'note', name: 'Of another type' })
    await fixture
      .as('outsider')
      .in(fixture.zeta)
      .resources.create({ ...invoice, name: 'In another tenant' })
    expect((await of('editor').get(invoice)).name).toBe('May')
  })

  it.each(['Invoice', 'tenant', 'member', '', '__proto__', 'constructor', 'invoice:read', 'x'.repeat(10_000)])(
    'has a type that the host declares, which %j is not',
    async (type) => {
      const named = { type, id: 'one' }
      const calls = [
        () => of('owner').create({ ...named, name: 'x' }),
        () => of('owner').get(named),
        () => of('owner').list({ type }),
        () => of('owner').update(named),
        () => of('owner').delete(named),
        () => of('owner').share(named),
        () => of('owner').unshare(named),
        () => of('owner').transfer({ ...named, userId: 'admin' }),
      ]
      for (const call of calls) {
        const { details } = await refusal(fixture, 'invalid_input', call)
        expect(details).toEqual({ field: 'type' })
      }
    },
  )

  it.each([
    ['name', { name: '' }],
    ['name', { name: 'x'.repeat(201) }],
    ['name', { name: 'a\nb' }],
    ['id', { id: 'with space' }],
    ['id', { id: '' }],
    ['visibility', { visibility: 'public' }],
    ['sizeBytes', { sizeBytes: -1 }],
    ['sizeBytes', { sizeBytes: 0.5 }],
    ['attributes', { attributes: [] }],
    ['attributes', { attributes: 'text' }],
    ['attributes', { attributes: { at: new Date(0) } }],
    ['attributes', { attributes: { none: undefined } }],
    ['attributes', { attributes: { infinite: Infinity } }],
    ['attributes', { attributes: { long: 'ü'.repeat(256 * 1024) } }],
    ['attributes', { attributes: JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`) as object }],
  ])('refuses a %s that does not fit: %j', async (field, wrong) => {
    const input = { ...invoice, name: 'May', ...wrong } as never
    const { details } = await refusal(fixture, 'invalid_input', () => of('editor').create(input))
    expect(details).toEqual({ field })
  })

  it('keeps its attributes as they were given, whatever becomes of the object', async () => {
    const attributes = { list: [1, { deep: null }], ['__proto__']: 'own' }
    await of('editor').create({ ...invoice, name: 'May', attributes })
    attributes.list.push(2)
    const found = await of('editor').get(invoice)
    expect(JSON.stringify(found.attributes)).toBe('{"list":[1,{"deep":null}],"__proto__":"own"}')
  })

  it('updates named fields and lists them in the event; no change appends no event', async () => {
    await of('editor').create({ ...invoice, name: 'May', attributes: { a: 1, b: 2 } })
    fixture.tick(5)
    const events = await fixture.eventsOf(async () => {
      const updated = await of('editor').update({ ...invoice, attributes: { a: 1 }, sizeBytes: 3, name: 'May' })
      expect(updated).toMatchObject({ name: 'May', attributes: { a: 1 }, sizeBytes: 3, updatedAt: fixture.now() })
      expect(await of('editor').get(invoice)).toEqual(updated)
      await of('editor').update({ ...invoice, attributes: { a: 1 } })
      await of('editor').update(invoice)
    })
    expect(events).toMatchObject([
      { type: 'resource.updated', data: { type: 'invoice', changed: ['attributes', 'sizeBytes'] } },
    ])
  })

  it('that is private does not exist for anybody else, the owner of the tenant included', async () => {
    await of('editor').create({ ...invoice, name: 'Secret' })
    const unknown = { type: 'invoice', id: 'unknown' }
    for (const person of ['owner', 'admin', 'viewer']) {
      const calls = (named: typeof invoice) => [
        () => of(person).get(named),
        () => of(person).update({ ...named, name: 'Mine' }),
        () => of(person).delete(named),
        () => of(person).share(named),
        () => of(person).unshare(named),
        () => of(person).transfer({ ...named, userId: person }),
      ]
      for (const [at, call] of calls(invoice).entries()) {
        const refused = await refusal(fixture, 'resource_not_found', call)
        const other = calls(unknown)[at] ?? call
        expect(refused.message).toBe((await refusal(fixture, 'resource_not_found', other)).message)
      }
    }
  })

  it('that the tenant sees is decided by permission: forbidden, not hidden', async () => {
    await of('editor').create({ ...invoice, name: 'Open', visibility: 'tenant' })
    expect((await of('viewer').get(invoice)).name).toBe('Open')
    await refusal(fixture, 'forbidden', () => of('viewer').update({ ...invoice, name: 'Mine' }))
    await refusal(fixture, 'forbidden', () => of('viewer').delete(invoice))
    await refusal(fixture, 'forbidden', () => of('viewer').transfer({ ...invoice, userId: 'viewer' }))
    await of('admin').update({ ...invoice, name: 'Better' })
    await fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:read': false } })
    await refusal(fixture, 'forbidden', () => of('viewer').get(invoice))
    await of('admin').delete(invoice)
    await refusal(fixture, 'resource_not_found', () => of('editor').get(invoice))
  })

  it('is its owner’s without any permission, as far as its type has such a verb', async () => {
    await fixture.inAcme('owner').members.setOverrides({
      userId: 'editor',
      overrides: { 'invoice:read': false, 'invoice:update': false, 'invoice:delete': false },
    })
    await of('editor').create({ ...invoice, name: 'May' })
    await of('editor').update({ ...invoice, name: 'June' })
    expect((await of('editor').get(invoice)).name).toBe('June')
    const events = await fixture.eventsOf(() => of('editor').delete(invoice))
    expect(events).toMatchObject([{ type: 'resource.deleted', actorId: 'editor', data: { type: 'invoice' } }])
    await of('editor').create({ type: 'note', id: 'n', name: 'Fixed', visibility: 'tenant' })
    await refusal(fixture, 'forbidden', () => of('editor').update({ type: 'note', id: 'n', name: 'Changed' }))
    expect((await of('viewer').get({ type: 'note', id: 'n' })).name).toBe('Fixed')
  })

  it('is found under its own id alone, in its own tenant alone', async () => {
    await of('editor').create({ ...invoice, name: 'Open', visibility: 'tenant' })
    await refusal(fixture, 'resource_not_found', () => of('editor').get({ ...invoice, id: 'INV-1' }))
    await refusal(fixture, 'resource_not_found', () => of('editor').get({ ...invoice, type: 'note' }))
    await refusal(fixture, 'resource_not_found', () => fixture.as('outsider').in(fixture.zeta).resources.get(invoice))
  })
})
