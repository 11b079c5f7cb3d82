import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('listing resources', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const of = (person: string) => fixture.inAcme(person).resources
  const names = async (person: string, query: object = {}) =>
    (await of(person).list({ type: 'invoice', orderBy: 'name', direction: 'asc', ...query })).items.map(
      ({ name }) => name,
    )
  beforeEach(async () => {
    fixture = await twoTenantsFixture({ resources: { invoice: ['create', 'read'], note: ['create'] } })
    const make = async (person: string, name: string, visibility: 'private' | 'tenant', sizeBytes: number) => {
      fixture.tick(1)
      await of(person).create({ type: 'invoice', name, visibility, sizeBytes })
    }
    await make('editor', 'a private', 'private', 3)
    await make('editor', 'B open', 'tenant', 1)
    await make('admin', 'c of admin', 'private', 9)
    await make('admin', 'D open', 'tenant', 2)
    await of('editor').create({ type: 'note', name: 'note', visibility: 'tenant' })
    await fixture.as('outsider').in(fixture.zeta).resources.create({ type: 'invoice', name: 'x', visibility: 'tenant' })
  })

  it('shows one’s own and what the tenant sees, one’s own, or that of others', async () => {
    expect(await names('editor')).toEqual(['a private', 'B open', 'D open'])
    expect(await names('editor', { filter: 'own' })).toEqual(['a private', 'B open'])
    expect(await names('editor', { filter: 'shared' })).toEqual(['D open'])
    expect(await names('viewer')).toEqual(['B open', 'D open'])
    expect(await names('owner')).toEqual(['B open', 'D open'])
    expect(await names('viewer', { keyword: 'OPEN' })).toEqual(['B open', 'D open'])
    expect(await names('editor', { keyword: 'priv' })).toEqual(['a private'])
    expect(await names('viewer', { keyword: 'priv' })).toEqual([])
    expect(await names('viewer', { type: 'note' })).toEqual(['note'])
  })

  it('lists own resources only if ownership or a role permits reading', async () => {
    const fixture = await twoTenantsFixture({
      resources: { memo: { verbs: ['create', 'read', 'update'], owner: ['update'] } },
    })
    const { resources } = fixture.inAcme('editor')
    const own = fixture.as('editor').resources
    const memo = { type: 'memo', id: 'mine' }
    await resources.create({ ...memo, name: 'Mine', labels: { tag: ['a'] } })
    const seen = async () => ({
      one: await resources.get(memo).then(
        () => true,
        () => false,
      ),
      listed: (await resources.list({ type: 'memo' })).items.length,
      labels: (await resources.countLabels({ type: 'memo', kind: 'tag' })).length,
      anywhere: await own.get(memo).then(
        () => true,
        () => false,
      ),
      listedAnywhere: (await own.list({ type: 'memo' })).items.length,
    })
    expect(await seen()).toEqual({ one: true, listed: 1, labels: 1, anywhere: true, listedAnywhere: 1 })
    await fixture.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'memo:read': false } })
    expect(await seen()).toEqual({ one: false, listed: 0, labels: 0, anywhere: false, listedAnywhere: 0 })
    expect(await resources.list({ type: 'memo', filter: 'own' })).toMatchObject({ items: [] })
    expect(await resources.update({ ...memo, name: 'Still mine' })).toMatchObject({ name: 'Still mine' })
  })

  it('lists only own resources to members who may not read the type', async () => {
    await fixture.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'invoice:read': false } })
    expect(await names('editor')).toEqual(['a private', 'B open'])
    expect(await of('editor').list({ type: 'invoice', filter: 'shared', page: 1 })).toEqual({
      items: [],
      nextCursor: null,
      total: 0,
    })
  })

  it('is sorted newest first or as requested, and paged by cursor and number', async () => {
    const newest = await of('editor').list({ type: 'invoice', limit: 2 })
    expect(newest.items.map(({ name }) => name)).toEqual(['D open', 'B open'])
    const rest = await of('editor').list({ type: 'invoice', limit: 2, cursor: newest.nextCursor ?? '' })
    expect([rest.items.map(({ name }) => name), rest.nextCursor]).toEqual([['a private'], null])
    for (const [orderBy, expected] of [
      ['size', ['B open', 'D open', 'a private']],
      ['updated', ['a private', 'B open', 'D open']],
      ['name', ['a private', 'B open', 'D open']],
    ] as const) {
      const query = { type: 'invoice', orderBy, direction: 'asc', limit: 1 } as const
      const seen: string[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const page = await of('editor').list(cursor === '' ? query : { ...query, cursor })
        seen.push(...page.items.map(({ name }) => name))
        cursor = page.nextCursor
      }
      expect(seen).toEqual(expected)
      const second = await of('editor').list({ ...query, page: 2 })
      expect([second.items[0]?.name, second.total]).toEqual([expected[1], 3])
    }
  })

  it('takes no cursor of another order, and none it has not made (H02)', async () => {
    const { nextCursor } = await of('editor').list({ type: 'invoice', limit: 1 })
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const cursors = [
      nextCursor ?? '',
      'x',
      '',
      forged(null),
      forged({ by: 'name', at: 1, id: 'x' }),
      forged({ by: 'name', at: 'a\0b', id: 'x' }),
      forged({ by: 'created', at: 'x', id: 'x' }),
      'x'.repeat(10_000),
    ]
    for (const cursor of cursors) {
      const list = () => of('editor').list({ type: 'invoice', orderBy: 'name', cursor })
      expect((await refusal(fixture, 'invalid_input', list)).details).toEqual({ field: 'cursor' })
    }
  })

  it('takes only the orders and filters there are (H03)', async () => {
    for (const wrong of [{ orderBy: 'name; drop' }, { direction: 'down' }, { filter: 'everything' }, { limit: 101 }]) {
      await refusal(fixture, 'invalid_input', () => of('editor').list({ type: 'invoice', ...wrong } as never))
    }
  })
})

describe('the statistics of a tenant', () => {
  it('count what it sees, by type, its bytes and its active members', async () => {
    const fixture = await twoTenantsFixture({ resources: { invoice: ['create', 'read'], note: ['create'] } })
    const { resources, members } = fixture.inAcme('admin')
    await resources.create({ type: 'invoice', name: 'One', sizeBytes: 5 })
    await fixture.inAcme('editor').resources.create({ type: 'invoice', name: 'Two', sizeBytes: 7 })
    await members.deactivate({ userId: 'viewer' })
    expect(await resources.statistics()).toEqual({
      resources: { invoice: { count: 2, sizeBytes: 12 }, note: { count: 0, sizeBytes: 0 } },
      activeMembers: 6,
    })
    await refusal(fixture, 'forbidden', () => fixture.inAcme('editor').resources.statistics())
  })
})
