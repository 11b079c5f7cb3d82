import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const invoice = { type: 'invoice', id: 'one', name: 'May' }

describe('the labels of a resource', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const of = (person: string) => fixture.inAcme(person).resources
  const counts = async (person: string, kind = 'tag') =>
    (await of(person).countLabels({ type: 'invoice', kind })).map(({ label, count }) => `${label} ${count}`)

  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('keep their order, each once, and an empty kind is none', async () => {
    const labels = { tag: ['b', ' a ', 'b'], category: ['b'], none: [] }
    const made = await of('editor').create({ ...invoice, labels })
    expect(made.labels).toEqual({ tag: ['b', 'a'], category: ['b'] })
    expect(await of('editor').get({ type: 'invoice', id: 'one' })).toEqual(made)
  })

  it('are replaced as a whole, with an event', async () => {
    await of('editor').create({ ...invoice, labels: { tag: ['a'], category: ['b'] } })
    const events = await fixture.eventsOf(() => of('editor').update({ ...invoice, labels: { tag: ['c'] } }))
    expect(events).toMatchObject([{ type: 'resource.updated', data: { type: 'invoice', changed: ['labels'] } }])
    expect((await of('editor').get({ type: 'invoice', id: 'one' })).labels).toEqual({ tag: ['c'] })
    expect(await fixture.eventsOf(() => of('editor').update({ ...invoice, labels: { tag: ['c'] } }))).toEqual([])
  })

  it('are merged by kind where that is asked for, with the attributes by key', async () => {
    const attributes = { steps: [1], note: 'kept' }
    await of('editor').create({ ...invoice, attributes, labels: { tag: ['a'], category: ['b'], place: ['x'] } })
    const change = { attributes: { steps: [] }, labels: { tag: ['c'], category: [] } }
    const merged = await of('editor').update({ type: 'invoice', id: 'one', merge: true, ...change })
    expect(merged).toMatchObject({ attributes: { steps: [], note: 'kept' }, labels: { tag: ['c'], place: ['x'] } })
    expect(merged.labels).not.toHaveProperty('category')
    const full = { big: 'x'.repeat(512 * 1024 - 30) }
    const tooMuch = { type: 'invoice', id: 'one', merge: true, attributes: full }
    const { details } = await refusal(fixture, 'invalid_input', () => of('editor').update(tooMuch))
    expect(details).toEqual({ field: 'attributes' })
  })

  it('are counted among what the one who asks may know of', async () => {
    const labels = { tag: ['a'] }
    await of('editor').create({ ...invoice, labels: { tag: ['a', 'b'] } })
    await of('editor').create({ ...invoice, id: 'two', labels, visibility: 'tenant' })
    await of('admin').create({ ...invoice, id: 'three', labels: { tag: ['secret'] } })
    expect([await counts('editor'), await counts('viewer')]).toEqual([['a 2', 'b 1'], ['a 1']])
    await fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:read': false } })
    expect([await counts('viewer'), await counts('editor', 'category')]).toEqual([[], []])
  })

  it.each([
    ['labels.Tag', { Tag: ['x'] }],
    ['labels.a-b', { 'a-b': ['x'] }],
    ['labels.tag.0', { tag: [''] }],
    ['labels.tag.1', { tag: ['x', 'y'.repeat(101)] }],
    ['labels.tag', { tag: Array.from({ length: 21 }, (_, at) => `${at}`) }],
    ['labels.tag', { tag: 'x' }],
    ['labels', Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`k${at}`, ['x']]))],
    ['labels', ['x']],
  ])('are words under a kind; %s is refused', async (field, labels) => {
    const input = { ...invoice, labels } as never
    const { details } = await refusal(fixture, 'invalid_input', () => of('editor').create(input))
    expect(details).toEqual({ field })
  })
})
