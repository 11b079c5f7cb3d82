import { beforeEach, describe, expect, it } from 'vitest'
import type { TenancyEvent } from '../../../events.js'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { SYSTEM } from '../../pipeline/actor.js'

describe('an event of the host', () => {
  const delivered: TenancyEvent[] = []
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  beforeEach(async () => {
    delivered.length = 0
    fixture = await twoTenantsFixture({ onEvent: async (event) => void delivered.push(event) })
  })

  it('is appended to the chain, told to listeners and delivered as ours are', async () => {
    const heard: unknown[] = []
    fixture.tenancy.on('app.invoice.paid', ({ data, actorId }) => heard.push([actorId, data['total']]))
    const target = { type: 'app.invoice', id: 'inv-7' } as const
    await fixture.inAcme('member').events.append({ type: 'app.invoice.paid', target, data: { total: 12, lines: [{}] } })
    const [latest] = (await fixture.inAcme('owner').events.list({ limit: 1 })).items
    expect(latest).toMatchObject({
      scope: { tenantId: fixture.acme },
      type: 'app.invoice.paid',
      actorId: 'member',
      target,
      data: { total: 12, lines: [{}] },
    })
    expect(heard).toEqual([['member', 12]])
    expect(await fixture.inAcme('owner').events.verify()).toMatchObject({ intact: true })
    await fixture.tenancy.flushEvents()
    expect(delivered.at(-1)).toEqual(latest)
    expect((await fixture.inAcme('owner').events.list({ type: 'app.invoice.paid' })).items).toEqual([latest])
    expect((await fixture.inAcme('owner').events.list({ target })).items).toEqual([latest])
  })

  it('is about the tenant and says nothing more unless told otherwise', async () => {
    await fixture.inAcme('viewer').events.append({ type: 'app.report.opened' })
    const [latest] = (await fixture.inAcme('owner').events.list({ limit: 1 })).items
    expect(latest).toMatchObject({ target: { type: 'tenant', id: fixture.acme }, data: {} })
  })

  it('is appended by an operator, too, who is named with the reason', async () => {
    const acting = fixture.tenancy.as(SYSTEM).in(fixture.acme, { reason: 'Nightly billing' })
    await acting.events.append({ type: 'app.invoice.paid', data: { total: 1 } })
    const [latest] = (await fixture.inAcme('owner').events.list({ limit: 1 })).items
    const data = { total: 1, operator: { userId: null, reason: 'Nightly billing' } }
    expect(latest).toMatchObject({ type: 'app.invoice.paid', actorId: null, data })
  })

  it('is appended by an active member only', async () => {
    const append = (id: string) => fixture.inAcme(id).events.append({ type: 'app.invoice.paid' })
    await refusal(fixture, 'tenant_not_found', () => append('outsider'))
    await fixture.inAcme('owner').members.deactivate({ userId: 'viewer' })
    await refusal(fixture, 'tenant_not_found', () => append('viewer'))
  })

  const deep = (levels: number) => Array.from({ length: levels }).reduce<unknown>((inner) => ({ in: inner }), 1)
  it.each([
    ['type', { type: 'member.removed' }],
    ['type', { type: 'invoice.paid' }],
    ['type', { type: 'app' }],
    ['type', { type: 'app.' }],
    ['type', { type: 'app.Invoice.paid' }],
    ['type', { type: `app.${'a'.repeat(51)}` }],
    ['type', { type: 'app.a.b.c.d.e' }],
    ['target.type', { target: { type: 'invoice', id: 'inv-7' } }],
    ['target.id', { target: { type: 'app.invoice', id: '' } }],
    ['data', { data: [] }],
    ['data', { data: { at: new Date(0) } }],
    ['data', { data: { total: Infinity } }],
    ['data', { data: { text: 'a'.repeat(8 * 1024) } }],
    ['data', { data: { text: 'a\0b' } }],
    ['data', { data: { text: '\ud800' } }],
    ['data', { data: deep(11) }],
    ['data', { data: { operator: { userId: null, reason: 'forged' } } }],
    ['scope', { scope: { userId: 'owner' } }],
    ['actorId', { actorId: 'owner' }],
  ])('is refused by its %s: %j', async (field, fields) => {
    const append = () => fixture.inAcme('owner').events.append({ type: 'app.invoice.paid', ...fields } as never)
    await refusal(fixture, 'invalid_input', append)
    await expect(append()).rejects.toMatchObject({ details: { field } })
  })

  it('is refused, not a crash, however deep it is', async () => {
    const append = () => fixture.inAcme('owner').events.append({ type: 'app.a', data: deep(20_000) as never })
    await refusal(fixture, 'invalid_input', append)
  })

  it('may say a backslash and what looks like an escape', async () => {
    const data = { text: '\\u0000 \\\\ud800', emoji: '😀' }
    await fixture.inAcme('owner').events.append({ type: 'app.note.written', data })
    expect((await fixture.inAcme('owner').events.list({ limit: 1 })).items[0]?.data).toEqual(data)
  })
})
