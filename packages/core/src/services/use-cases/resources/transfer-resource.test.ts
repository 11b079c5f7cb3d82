import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const invoice = { type: 'invoice', id: 'inv-1' }

describe('transferring a resource', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const of = (person: string) => fixture.inAcme(person).resources
  const transfer = (by: string, userId: string) => of(by).transfer({ ...invoice, userId })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    await of('editor').create({ ...invoice, name: 'May' })
  })

  it('makes it another member’s, as private as it was', async () => {
    const events = await fixture.eventsOf(() => transfer('editor', 'viewer'))
    expect(events).toEqual([
      {
        type: 'resource.transferred',
        actorId: 'editor',
        target: { type: 'resource', id: 'inv-1' },
        data: { type: 'invoice', from: 'editor', to: 'viewer' },
      },
    ])
    await refusal(fixture, 'resource_not_found', () => of('editor').get(invoice))
    expect(await of('viewer').get(invoice)).toMatchObject({ ownerId: 'viewer', visibility: 'private' })
    await of('viewer').share(invoice)
  })

  it('transferResource: allowed for the resource’s owner and for unrestricted roles that can see the resource', async () => {
    await refusal(fixture, 'resource_not_found', () => transfer('owner', 'admin'))
    await of('editor').share(invoice)
    await refusal(fixture, 'forbidden', () => transfer('member', 'member'))
    expect((await transfer('admin', 'member')).ownerId).toBe('member')
    expect(await fixture.eventsOf(() => transfer('admin', 'member'))).toEqual([])
  })

  it('accepts only active members as new owner', async () => {
    await fixture.inAcme('owner').members.deactivate({ userId: 'viewer' })
    await fixture.system.users.update({ userId: 'member', status: 'disabled' })
    for (const userId of ['viewer', 'member', 'outsider', 'nobody']) {
      await refusal(fixture, 'member_not_found', () => transfer('editor', userId))
    }
  })
})
