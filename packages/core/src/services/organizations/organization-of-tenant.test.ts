import { beforeEach, describe, expect, it } from 'vitest'
import { givenOrganization } from '../../testing/given-organization.js'
import type { GivenOrganization } from '../../testing/given-organization.js'
import { refusal } from '../../testing/refusal.js'

let given: GivenOrganization
beforeEach(async () => {
  given = await givenOrganization()
})

describe('the organization of a tenant', () => {
  it('is shown to the tenant’s members', async () => {
    const organization = await given.inAcme('ed').organization()
    expect(organization).toEqual(await given.inUmbrella('ann').get())
    await refusal(given, 'tenant_not_found', () => given.inAcme('zoe').organization())
  })

  it('is none for a tenant that is in none', async () => {
    await refusal(given, 'organization_not_found', () => given.as('fay').in(given.free).organization())
  })

  it('tells its admins what it holds', async () => {
    await given.inUmbrella('ada').tenants.create({ name: 'Second' })
    expect(await given.inUmbrella('ann').statistics()).toEqual({
      tenants: 2,
      activeMembers: 4,
      resources: { invoice: { count: 0, sizeBytes: 0 } },
    })
    await refusal(given, 'forbidden', () => given.inUmbrella('mel').statistics())
  })
})
