import { beforeEach, describe, expect, it } from 'vitest'
import { TenancyError } from '../../../errors.js'
import { SYSTEM } from '../../pipeline/actor.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import type { TenancyOptions } from '../../../tenancy-options.js'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { withStorage } from '../../../testing/with-storage.js'

const BEFORE = Date.UTC(2019, 4, 1)

describe('moving memberships that there were before', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const start = async (options: Partial<TenancyOptions> = {}) => (fixture = await twoTenantsFixture(options))
  beforeEach(() => start())

  const operator = () => fixture.tenancy.as(SYSTEM).in(fixture.acme, { reason: 'Moved' }).members
  const move = (members: readonly object[]) => operator().addMany({ members, notify: false })
  const codes = (results: Awaited<ReturnType<typeof move>>) =>
    results.map((result) => (result.status === 'failed' ? result.error.code : 'added'))
  const people = async (count: number) => {
    const ids = Array.from({ length: count }, (_, at) => `p${at}`)
    for (const id of ids) await fixture.user(id)
    return ids
  }

  it('accepts user IDs with joinedAt and notifies nobody', async () => {
    await start({ notifications: true })
    const [one = '', two = ''] = await people(2)
    const emails = fixture.sent.length
    const events = await fixture.eventsOf(async () => {
      const results = await move([
        { userId: one, role: 'editor', joinedAt: BEFORE },
        { userId: two, roles: ['viewer', 'assistant'], joinedAt: BEFORE - 1, active: false },
      ])
      expect(results).toMatchObject([
        { status: 'added', userId: one, created: false, member: { roles: ['editor'], createdAt: BEFORE } },
        { status: 'added', userId: two, member: { roles: ['viewer', 'assistant'], active: false, invitedBy: null } },
      ])
    })
    expect(events.map(({ type, target }) => [type, target.id])).toEqual([
      ['member.added', one],
      ['member.added', two],
    ])
    expect(events[0]?.data).toMatchObject({ joinedAt: BEFORE, notify: false, operator: { reason: 'Moved' } })
    expect((await fixture.inAcme('owner').members.get({ userId: one })).createdAt).toBe(BEFORE)
    expect((await fixture.as(one).in(fixture.acme).access()).roles).toEqual(['editor'])
    expect((await fixture.inAcme('owner').members.list({ limit: 2 })).items.map(({ userId }) => userId)).toEqual([
      two,
      one,
    ])
    await fixture.tenancy.flushEmails()
    await fixture.tenancy.flushNotifications()
    expect(fixture.sent).toHaveLength(emails)
    const notified = (await fixture.as('owner').notifications.list({ limit: 100 })).items.map(
      ({ member }) => member?.id,
    )
    expect(notified).toContain('editor')
    expect(notified).not.toContain(one)
  })

  it('takes more rows than fit one transaction, and may be called again', async () => {
    const ids = await people(450)
    const rows = ids.map((userId, at) => ({ userId, role: at === 300 ? 'king' : 'viewer', joinedAt: BEFORE + at }))
    const first = codes(await move(rows))
    expect(first.filter((code) => code === 'added')).toHaveLength(449)
    expect(first[300]).toBe('invalid_role')
    const again = codes(await move(rows.map((row) => ({ ...row, role: 'viewer' }))))
    expect(again.filter((code) => code === 'already_member')).toHaveLength(449)
    expect(again[300]).toBe('added')
    expect(await fixture.inAcme('owner').events.verify()).toMatchObject({ intact: true })
    const added = fixture.heard.filter(({ type }) => type === 'member.added')
    expect(new Set(added.map(({ target }) => target.id)).size).toBe(450)
  })

  it('writes many rows at once, whatever their number', async () => {
    const calls: string[] = []
    const counted = withStorage(memoryStorage(), {
      tx: (tx) => ({
        memberships: {
          ...tx.memberships,
          insertMany: (rows) => (calls.push(`${rows.length} memberships`), tx.memberships.insertMany(rows)),
          insert: (row) => (calls.push('a membership'), tx.memberships.insert(row)),
        },
        events: {
          ...tx.events,
          appendMany: (rows) => (calls.push(`${rows.length} events`), tx.events.appendMany(rows)),
          append: (row) => (calls.push('an event'), tx.events.append(row)),
        },
      }),
    })
    await start({ storage: counted })
    const ids = await people(401)
    calls.length = 0
    await move(ids.map((userId) => ({ userId, role: 'viewer' })))
    expect(calls).toEqual([
      '200 memberships',
      '200 events',
      '200 memberships',
      '200 events',
      '1 memberships',
      'an event',
    ])
  })

  it('opens accounts for addresses that have none, without a mail', async () => {
    const [known = ''] = await people(1)
    const results = await move([
      { email: 'New@example.com', role: 'viewer', name: 'Nell' },
      { email: `${known}@example.com`, role: 'viewer' },
      { userId: known, role: 'editor' },
      { email: 'no address', role: 'viewer' },
      { userId: 'nobody', role: 'viewer' },
      { email: 'NEW@example.com', role: 'editor' },
    ])
    expect(results).toMatchObject([
      { status: 'added', email: 'New@example.com', created: true },
      { status: 'added', email: `${known}@example.com`, created: false },
      { status: 'failed', userId: known, error: { code: 'already_member' } },
      { status: 'failed', email: 'no address', error: { code: 'invalid_email' } },
      { status: 'failed', userId: 'nobody', error: { code: 'user_not_found' } },
    ])
    const [made] = results
    const id = made?.status === 'added' ? made.member.userId : ''
    const [created] = await fixture.storage.read.events.list({ scope: { userId: id }, order: 'oldest', limit: 9 })
    expect(created).toMatchObject({ seq: 1, type: 'user.created', previousHash: null })
    await fixture.tenancy.flushEmails()
    expect(fixture.sent.filter(({ to }) => to === 'New@example.com')).toEqual([])
  })

  it('opens personal tenants with them, where the host wants some', async () => {
    await start({ personalTenants: true })
    const [result] = await move([{ email: 'new@example.com', role: 'viewer' }])
    const id = result?.status === 'added' ? result.member.userId : ''
    expect((await fixture.as(id).tenants.list()).items.map(({ tenant }) => tenant.type).sort()).toEqual([
      'group',
      'personal',
    ])
  })

  it('ends invitations and requests of those who come', async () => {
    const [invited = '', asking = ''] = await people(2)
    await fixture.invite(fixture.acme, 'owner', { email: `${invited}@example.com` })
    await fixture.inAcme('owner').update({ joinPolicy: 'request' })
    await fixture.as(asking).tenants.requestToJoin({ tenantId: fixture.acme })
    await move([invited, asking].map((userId) => ({ userId, role: 'viewer' })))
    expect((await fixture.inAcme('owner').invitations.list({ status: 'pending' })).items).toEqual([])
    expect((await fixture.inAcme('owner').joinRequests.list({ status: 'pending' })).items).toEqual([])
  })

  it('keeps to seats and to tenants per user, row by row', async () => {
    await start({ limits: { membersPerTenant: 9, tenantsPerUser: ({ id }) => (id === 'p0' ? 0 : undefined) } })
    const ids = await people(4)
    expect(codes(await move(ids.map((userId) => ({ userId, role: 'viewer' }))))).toEqual([
      'tenant_limit_exceeded',
      'added',
      'added',
      'member_limit_exceeded',
    ])
  })

  it('refuses a day in the future, and a row alone', async () => {
    const ids = await people(2)
    const results = await move([
      { userId: ids[0], role: 'viewer', joinedAt: fixture.now() + 1 },
      { userId: ids[1], role: 'viewer', joinedAt: fixture.now() },
    ])
    expect(codes(results)).toEqual(['invalid_input', 'added'])
    expect(results[0]).toMatchObject({ error: { details: { field: 'joinedAt' } } })
  })

  it('rejects callers who are not operators', async () => {
    await people(1)
    const row = { role: 'viewer' as const }
    for (const input of [
      { members: [{ ...row, userId: 'p0' }] },
      { members: [{ ...row, email: 'p0@example.com', joinedAt: BEFORE }] },
      { members: [{ ...row, email: 'p0@example.com' }], notify: false },
    ]) {
      await refusal(fixture, 'forbidden', () => fixture.inAcme('owner').members.addMany(input))
      await refusal(fixture, 'forbidden', () => fixture.inAcme('viewer').members.addMany(input))
      await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('outsider').members.addMany(input))
    }
  })

  it('takes a list of one to ten thousand rows, each with one name', async () => {
    const refused = (members: readonly object[]) => refusal(fixture, 'invalid_input', () => move(members))
    await refused([])
    await refused(Array.from({ length: 10_001 }, (_, at) => ({ userId: `p${at}`, role: 'viewer' })))
    const error = await refused([{ userId: 'p0', role: 'viewer' }, { role: 'viewer' }])
    expect(error.details).toEqual({ field: 'members.1' })
    await refused([{ userId: 'p0', email: 'p0@example.com', role: 'viewer' }])
    await refused([{ userId: 'p0', role: 'viewer', joinedAt: -1 }])
  })

  it('reports rows of failed later batches and keeps the earlier batches', async () => {
    let left = Infinity
    const storage = memoryStorage()
    const failing = {
      ...storage,
      transaction: ((locks, work) => {
        if (left-- <= 0) throw new TenancyError('conflict', 'Lost', {})
        return storage.transaction(locks, work)
      }) as typeof storage.transaction,
    }
    await start({ storage: failing })
    const ids = await people(201)
    left = 1
    const results = await move(ids.map((userId) => ({ userId, role: 'viewer' })))
    expect(results).toHaveLength(201)
    expect(codes(results).filter((code) => code === 'added')).toHaveLength(200)
    expect(results.at(-1)).toMatchObject({ userId: 'p200', status: 'failed', error: { code: 'conflict' } })
  })
})
