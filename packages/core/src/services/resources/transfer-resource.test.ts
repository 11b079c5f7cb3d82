import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

const invoice = { type: 'invoice', id: 'inv-1' }

describe('transferring a resource', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  const of = (person: string) => given.inAcme(person).resources
  const transfer = (by: string, userId: string) => of(by).transfer({ ...invoice, userId })
  beforeEach(async () => {
    given = await givenTwoTenants()
    await of('editor').create({ ...invoice, name: 'May' })
  })

  it('makes it another member’s, as private as it was', async () => {
    const events = await given.eventsOf(() => transfer('editor', 'viewer'))
    expect(events).toEqual([
      {
        type: 'resource.transferred',
        actorId: 'editor',
        target: { type: 'resource', id: 'inv-1' },
        data: { type: 'invoice', from: 'editor', to: 'viewer' },
      },
    ])
    await refusal(given, 'resource_not_found', () => of('editor').get(invoice))
    expect(await of('viewer').get(invoice)).toMatchObject({ ownerId: 'viewer', visibility: 'private' })
    await of('viewer').share(invoice)
  })

  it('is for its owner and for full roles, as far as they may know of it', async () => {
    await refusal(given, 'resource_not_found', () => transfer('owner', 'admin'))
    await of('editor').share(invoice)
    await refusal(given, 'forbidden', () => transfer('member', 'member'))
    expect((await transfer('admin', 'member')).ownerId).toBe('member')
    expect(await given.eventsOf(() => transfer('admin', 'member'))).toEqual([])
  })

  it('goes to active members only', async () => {
    await given.inAcme('owner').members.deactivate({ userId: 'viewer' })
    await given.system.users.update({ userId: 'member', status: 'disabled' })
    for (const userId of ['viewer', 'member', 'outsider', 'nobody']) {
      await refusal(given, 'member_not_found', () => transfer('editor', userId))
    }
  })
})
