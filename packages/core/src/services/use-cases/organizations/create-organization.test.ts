import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { tenancyFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('creating an organization', () => {
  let fixture: Awaited<ReturnType<typeof tenancyFixture>>
  beforeEach(async () => {
    fixture = await tenancyFixture()
    await fixture.user('ann')
    await fixture.user('bob')
    await fixture.user('root', { superuser: true })
  })

  it('makes the one who is named its admin, and is told once, in a chain of its own', async () => {
    const create = { shortName: 'umbrella', displayName: ' Umbrella ', adminId: 'ann' }
    const events = await fixture.eventsOf(() => fixture.system.organizations.create(create))
    const [{ organization, membership } = { organization: null, membership: null }] = await fixture
      .as('ann')
      .organizations.list()
    expect(organization).toMatchObject({ shortName: 'umbrella', displayName: 'Umbrella', createdAt: fixture.now() })
    expect(membership).toMatchObject({ userId: 'ann', active: true, admin: true })
    const id = organization?.id ?? ''
    const data = { shortName: 'umbrella', displayName: 'Umbrella', adminId: 'ann' }
    const target = { type: 'organization', id }
    expect(events).toEqual([{ type: 'organization.created', actorId: null, target, data }])
    expect(fixture.heard.at(-1)).toMatchObject({ scope: { organizationId: id }, seq: 1 })
    expect(await fixture.as('ann').organization(id).get()).toEqual(organization)
  })

  it('makes an operator its admin who names nobody, and takes the short name where no other is given', async () => {
    const organization = await fixture.as('root').organizations.create({ shortName: 'umbrella' })
    expect(organization.displayName).toBe('umbrella')
    const members = await fixture.as('root').organization(organization.id).members.list()
    expect(members.items).toMatchObject([{ userId: 'root', active: true, admin: true }])
  })

  it('is for operators, unless the host lets every user, who then makes it for nobody but themselves', async () => {
    await refusal(fixture, 'forbidden', () => fixture.as('ann').organizations.create({ shortName: 'umbrella' }))
    const open = await tenancyFixture({ organizationCreation: 'users' })
    await open.user('ann')
    await open.user('bob')
    const create = (input: { shortName: string; adminId?: string }) => open.as('ann').organizations.create(input)
    await refusal(open, 'forbidden', () => create({ shortName: 'umbrella', adminId: 'bob' }))
    await refusal(open, 'forbidden', () => create({ shortName: 'umbrella', adminId: 'nobody' }))
    expect(await create({ shortName: 'umbrella', adminId: 'ann' })).toMatchObject({ shortName: 'umbrella' })
    expect(await create({ shortName: 'second' })).toMatchObject({ shortName: 'second' })
    await refusal(open, 'unauthenticated', () => open.tenancy.as(GUEST).organizations.create({ shortName: 'third' }))
  })

  it('is refused for a short name that another organization has, and not for a tenant’s slug', async () => {
    await fixture.as('bob').tenants.create({ name: 'Umbrella', slug: 'umbrella' })
    await fixture.organization('ann', 'umbrella')
    await refusal(fixture, 'short_name_taken', () => fixture.organization('bob', 'umbrella'))
  })

  it('is refused without an admin, and with one who is unknown, disabled or deleted', async () => {
    const create = (adminId?: string) => () => fixture.system.organizations.create({ shortName: 'umbrella', adminId })
    const { details } = await refusal(fixture, 'invalid_input', create())
    expect(details).toEqual({ field: 'adminId' })
    await refusal(fixture, 'user_not_found', create('nobody'))
    await fixture.system.users.update({ userId: 'bob', status: 'disabled' })
    await refusal(fixture, 'user_not_found', create('bob'))
    await fixture.as('ann').users.delete()
    await refusal(fixture, 'user_not_found', create('ann'))
  })

  it.each([{}, { shortName: 'A b' }, { shortName: 'ab', displayName: '' }, { shortName: 'ab', id: 'x' }, null])(
    'refuses %j',
    async (input) => {
      await refusal(fixture, 'invalid_input', () => fixture.as('root').organizations.create(input as never))
    },
  )
})
