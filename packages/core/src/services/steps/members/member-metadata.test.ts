import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { added, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { SYSTEM } from '../../pipeline/actor.js'

const memberMetadata = z.strictObject({
  department: z.string(),
  level: z.int().optional(),
  note: z.string().optional(),
  hired: z.date().optional(),
  parts: z.array(z.unknown()).optional(),
})

describe('the metadata of a membership', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  beforeEach(async () => {
    fixture = await twoTenantsFixture({ memberMetadata })
  })
  const update = (by: string, userId: string, metadata: Record<string, unknown> | null) =>
    fixture.inAcme(by).members.update({ userId, metadata })
  const read = async (userId: string) => (await fixture.inAcme('viewer').members.get({ userId })).metadata

  it('is none at first, and is written and read as a whole', async () => {
    expect(await read('member')).toBeNull()
    const written = await update('admin', 'member', { department: 'R&D', level: 3 })
    expect(written.metadata).toEqual({ department: 'R&D', level: 3 })
    expect(await read('member')).toEqual({ department: 'R&D', level: 3 })
    await update('admin', 'member', { department: 'Sales' })
    expect(await read('member')).toEqual({ department: 'Sales' })
    const { items } = await fixture.inAcme('viewer').members.list({ limit: 100 })
    expect(items.filter(({ metadata }) => metadata !== null).map(({ userId }) => userId)).toEqual(['member'])
    await fixture.inAcme('admin').members.update({ userId: 'member', active: false })
    expect(await read('member')).toEqual({ department: 'Sales' })
    await update('admin', 'member', null)
    expect(await read('member')).toBeNull()
  })

  it('is set when adding one member or many', async () => {
    const { add, addMany } = fixture.inAcme('admin').members
    const metadata = { department: 'R&D' }
    const events = await fixture.eventsOf(async () => {
      const { member } = added(await add({ email: 'new@example.com', role: 'member', metadata }))
      expect([member.metadata, await read(member.userId)]).toEqual([metadata, metadata])
    })
    expect(events.at(-1)?.data).toMatchObject({ metadata: ['department'] })
    const results = await addMany({
      members: [
        { email: 'one@example.com', role: 'member', metadata },
        { email: 'two@example.com', role: 'member', metadata: { department: 7 } },
        { email: 'three@example.com', role: 'member' },
      ],
    })
    const notified = results.map((one) => (one.status === 'failed' ? one.error.details : added(one).member.metadata))
    expect(notified).toEqual([metadata, { field: 'metadata.department' }, null])
  })

  it('the event lists changed keys without values', async () => {
    await update('admin', 'member', { department: 'R&D', level: 3, note: 'likes tea' })
    const events = await fixture.eventsOf(() => update('admin', 'member', { department: 'R&D', level: 4 }))
    const target = { type: 'member', id: 'member' }
    expect(events).toEqual([
      { type: 'member.metadata_updated', actorId: 'admin', target, data: { changed: ['level', 'note'] } },
    ])
    expect(await fixture.eventsOf(() => update('admin', 'member', { department: 'R&D', level: 4 }))).toEqual([])
    expect(JSON.stringify(fixture.heard)).not.toContain('likes tea')
  })

  it('requires the permission to change the member', async () => {
    const metadata = { department: 'R&D' }
    await refusal(fixture, 'forbidden', () => update('editor', 'member', metadata))
    await refusal(fixture, 'forbidden', () => update('admin', 'owner', metadata))
    await refusal(fixture, 'forbidden', () => update('admin', 'other-admin', metadata))
    await refusal(fixture, 'self_action_forbidden', () => update('admin', 'admin', metadata))
    await refusal(fixture, 'tenant_not_found', () => update('outsider', 'member', metadata))
  })

  it('is set by an operator for everybody, the owner too', async () => {
    const acting = fixture.tenancy.as(SYSTEM).in(fixture.acme, { reason: 'Ticket 4711' })
    await acting.members.update({ userId: 'owner', metadata: { department: 'Board' } })
    expect(await read('owner')).toEqual({ department: 'Board' })
  })

  it.each([
    ['metadata.department', {}],
    ['metadata.department', { department: null }],
    ['metadata', { department: 'R&D', secret: 'x' }],
    ['metadata', 'R&D'],
    ['metadata', []],
    ['metadata', { department: 'R&D', hired: new Date(0) }],
    ['metadata', { department: 'x'.repeat(4096) }],
    ['metadata', { department: 'R&D', parts: [[[[[1]]]]] }],
  ])('is refused at %s: %j', async (field, metadata) => {
    const error = await refusal(fixture, 'invalid_input', () =>
      update('admin', 'member', metadata as Record<string, unknown>),
    )
    expect(error).toMatchObject({ details: { field } })
  })

  it('needs a schema', async () => {
    const plain = await twoTenantsFixture()
    const set = () => plain.inAcme('admin').members.update({ userId: 'member', metadata: { department: 'R&D' } })
    await expect(set()).rejects.toThrow('createTenancy({ memberMetadata })')
    await expect(twoTenantsFixture({ memberMetadata: { department: 'text' } as never })).rejects.toThrow(
      'memberMetadata',
    )
  })
})
