import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('updating a tenant', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const update = (input: object) => fixture.inAcme('admin').update(input)
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('updates named fields and lists them in the event', async () => {
    const events = await fixture.eventsOf(() => update({ name: 'New', slug: 'brand-new' }))
    const target = { type: 'tenant', id: fixture.acme }
    expect(events).toEqual([{ type: 'tenant.updated', actorId: 'admin', target, data: { changed: ['name', 'slug'] } }])
    await update({ slug: null })
    expect((await fixture.inAcme('viewer').get()).tenant).toMatchObject({ name: 'New', slug: null })
  })

  it('changes join policy and description', async () => {
    const facts = { joinPolicy: 'open', description: 'We make anvils.' }
    expect(await update(facts)).toMatchObject(facts)
    expect(await update({ description: null })).toMatchObject({ joinPolicy: 'open', description: null })
  })

  it('takes no slug of another tenant', async () => {
    await fixture.as('outsider').in(fixture.zeta).update({ slug: 'zeta' })
    await refusal(fixture, 'slug_taken', () => update({ slug: 'zeta', name: 'New' }))
    await fixture.as('outsider').in(fixture.zeta).update({ slug: null })
    await update({ slug: 'zeta' })
  })

  it.each(['ownerId', 'plan', 'status', 'type', 'id', 'createdAt', 'deletedAt'])(
    'takes no %s from the caller',
    async (field) => {
      await refusal(fixture, 'invalid_input', () => update({ name: 'New', [field]: 'x' }))
    },
  )

  it.each([{}, { name: undefined }, { name: null }, { settings: { __proto: 1 } }, { settings: null }, { slug: '' }])(
    'refuses %j',
    async (input) => {
      await refusal(fixture, 'invalid_input', () => update(input))
    },
  )
})
