import { beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '../../../model/event.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { withStorage } from '../../../testing/with-storage.js'
import { hashEvent } from '../../pipeline/chain.js'

type Fixture = Awaited<ReturnType<typeof twoTenantsFixture>>

describe('the audit log of a tenant', () => {
  let fixture: Fixture
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('holds what listeners heard, in order, numbered from one, and nothing of another tenant', async () => {
    await fixture.inAcme('owner').update({ name: 'New' })
    const { items } = await fixture.inAcme('admin').events.list({ order: 'oldest', limit: 100 })
    expect(items).toEqual(fixture.heard.filter(({ scope }) => 'tenantId' in scope && scope.tenantId === fixture.acme))
    expect(items.map(({ seq }) => seq)).toEqual(items.map((_, at) => at + 1))
    expect(await fixture.inAcme('admin').events.verify()).toEqual({ intact: true, events: items.length })
  })

  it('notes who did what to whom, when, and from where', async () => {
    const acting = fixture.tenancy.as({ userId: 'owner', ip: '192.0.2.1' })
    fixture.tick(5)
    await acting.in(fixture.acme).members.setRoles({ userId: 'viewer', roles: ['member'] })
    const [latest] = (await fixture.inAcme('owner').events.list({ limit: 1 })).items
    expect(latest).toMatchObject({
      scope: { tenantId: fixture.acme },
      type: 'member.roles_updated',
      actorId: 'owner',
      target: { type: 'member', id: 'viewer' },
      at: fixture.now(),
      ip: '192.0.2.1',
    })
  })

  it('is walked through by cursor in both directions, and narrowed to a type', async () => {
    const walk = async (order: 'newest' | 'oldest') => {
      const seen: number[] = []
      let cursor: string | undefined
      do {
        const page = await fixture.inAcme('owner').events.list({ order, limit: 7, ...(cursor ? { cursor } : {}) })
        seen.push(...page.items.map(({ seq }) => seq))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      return seen
    }
    const oldest = await walk('oldest')
    expect(oldest).toEqual(oldest.map((_, at) => at + 1))
    expect(await walk('newest')).toEqual([...oldest].reverse())
    const joined = await fixture.inAcme('owner').events.list({ type: 'member.joined', limit: 100 })
    expect(new Set(joined.items.map(({ type }) => type))).toEqual(new Set(['member.joined']))
    expect((await fixture.inAcme('owner').events.list({ type: 'no.such' })).items).toEqual([])
  })

  it('is narrowed to an actor and to a target, page by page', async () => {
    await fixture.inAcme('admin').members.setRoles({ userId: 'viewer', roles: ['member'] })
    await fixture.inAcme('admin').members.setRoles({ userId: 'editor', roles: ['member'] })
    await fixture.inAcme('owner').members.setRoles({ userId: 'viewer', roles: ['editor'] })
    const { list } = fixture.inAcme('owner').events
    const viewer = { type: 'member', id: 'viewer' } as const
    const about = await list({ target: viewer, order: 'oldest' })
    expect(about.items.map(({ type, actorId }) => [type, actorId])).toEqual([
      ['member.joined', 'viewer'],
      ['member.roles_updated', 'admin'],
      ['member.roles_updated', 'owner'],
    ])
    const first = await list({ actorId: 'admin', type: 'member.roles_updated', limit: 1 })
    expect(first.items.map(({ target }) => target.id)).toEqual(['editor'])
    const second = await list({
      actorId: 'admin',
      type: 'member.roles_updated',
      limit: 1,
      cursor: String(first.nextCursor),
    })
    expect([second.items.map(({ target }) => target.id), second.nextCursor]).toEqual([['viewer'], null])
    expect((await list({ actorId: 'admin', target: viewer })).items).toHaveLength(1)
    expect((await list({ target: { type: 'user', id: 'viewer' } })).items).toEqual([])
  })

  it.each([
    { actorId: '' },
    { actorId: "' or 1=1 " },
    { target: 'viewer' },
    { target: { type: 'member' } },
    { target: { type: 'wizard', id: 'viewer' } },
    { target: { type: 'member', id: 'viewer', tenantId: 'other' } },
    { cursor: '0' },
    { cursor: '-1' },
    { cursor: '1e9' },
    { cursor: '9'.repeat(16) },
    { cursor: 1 },
    { limit: 0 },
    { limit: 101 },
    { type: 'a\0b' },
    { type: "' or 1=1" },
    { order: 'random' },
    { scope: { tenantId: 'id-1' } },
  ])('is not asked for %j', async (input) => {
    // What a caller without types may hand in.
    await refusal(fixture, 'invalid_input', () => fixture.inAcme('owner').events.list(input as never))
  })
})

describe('an audit log that somebody changed behind the library', () => {
  /** A tenancy whose storage shows its tenant's events through `tampered`. */
  async function tamperedFixture(tampered: (events: readonly Event[]) => readonly Event[]) {
    const storage = memoryStorage()
    const fixture = await twoTenantsFixture({
      storage: withStorage(storage, {
        read: (read) => ({
          events: {
            ...read.events,
            async list(query) {
              const all = await read.events.list({ ...query, limit: 1000, after: undefined })
              return tampered(all)
                .filter(({ seq }) => seq > (query.after ?? 0))
                .slice(0, query.limit)
            },
          },
        }),
      }),
    })
    return fixture.inAcme('owner').events.verify()
  }
  const at = (seq: number, change: (event: Event) => Event) => (events: readonly Event[]) =>
    events.map((event) => (event.seq === seq ? change(event) : event))

  it.each<[string, (event: Event) => Event]>([
    ['what it is about', (event) => ({ ...event, target: { ...event.target, id: 'other' } })],
    ['who did it', (event) => ({ ...event, actorId: 'other' })],
    ['what it was', (event) => ({ ...event, type: 'tenant.updated' })],
    ['when it was', (event) => ({ ...event, at: event.at + 1 })],
    ['where it came from', (event) => ({ ...event, ip: '192.0.2.9' })],
    ['what it tells', (event) => ({ ...event, data: { ...event.data, role: 'owner' } })],
    ['its id', (event) => ({ ...event, id: 'other' })],
    ['whose chain it is in', (event) => ({ ...event, scope: { tenantId: 'other' } })],
  ])('is found when an event is changed in %s', async (_, change) => {
    expect(await tamperedFixture(at(3, change))).toEqual({ intact: false, seq: 3, problem: 'edited' })
  })

  it('is found when an edited event is hashed anew', async () => {
    const rehashed = (event: Event) => {
      const edited = { ...event, actorId: 'other' }
      return { ...edited, hash: hashEvent(edited) }
    }
    expect(await tamperedFixture(at(3, rehashed))).toEqual({ intact: false, seq: 4, problem: 'broken_link' })
  })

  it('is found when an event is gone, the first one too', async () => {
    const without = (seq: number) => (events: readonly Event[]) => events.filter((event) => event.seq !== seq)
    expect(await tamperedFixture(without(3))).toEqual({ intact: false, seq: 3, problem: 'gap' })
    expect(await tamperedFixture(without(1))).toEqual({ intact: false, seq: 1, problem: 'gap' })
  })

  it('is found when the events behind a gap are numbered anew', async () => {
    const closed = (events: readonly Event[]) =>
      events.filter(({ seq }) => seq !== 3).map((event, index) => ({ ...event, seq: index + 1 }))
    expect(await tamperedFixture(closed)).toEqual({ intact: false, seq: 3, problem: 'broken_link' })
  })

  it('is checked to its end when it is long', async () => {
    const fixture = await twoTenantsFixture()
    for (let time = 0; time < 520; time++) await fixture.inAcme('owner').update({ name: `Name ${time}` })
    const verdict = await fixture.inAcme('owner').events.verify()
    expect(verdict).toMatchObject({ intact: true })
    expect(verdict.intact && verdict.events).toBeGreaterThan(520)
  })
})

describe('hashing an event', () => {
  const event = {
    scope: { tenantId: 'acme' },
    seq: 1,
    id: 'id-1',
    type: 'tenant.created',
    actorId: 'ann',
    target: { type: 'tenant', id: 'acme' },
    at: 0,
    ip: null,
    data: { name: 'Acmé', slug: null },
    previousHash: null,
  } as const

  it('does not depend on the order of keys', () => {
    const turned = Object.fromEntries(Object.entries(event).reverse()) as unknown as typeof event
    expect(hashEvent({ ...turned, data: { slug: null, name: 'Acmé' } })).toBe(hashEvent(event))
  })

  it('is the SHA-256 of the canonical JSON', () => {
    expect(hashEvent(event)).toBe('fa0919124512117c43130d326e611b9ab0d3a0794d42b5f9de530d8ba2943aff')
  })
})
