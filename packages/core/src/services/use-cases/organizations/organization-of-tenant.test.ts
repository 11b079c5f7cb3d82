import { beforeEach, describe, expect, it } from 'vitest'
import { organizationFixture } from '../../../testing/fixtures/organization.js'
import type { OrganizationFixture } from '../../../testing/fixtures/organization.js'
import { refusal } from '../../../testing/refusal.js'

let fixture: OrganizationFixture
beforeEach(async () => {
  fixture = await organizationFixture()
})

describe('the organization of a tenant', () => {
  it('is shown to the tenant’s members', async () => {
    const organization = await fixture.inAcme('ed').organization()
    expect(organization).toEqual(await fixture.inUmbrella('ann').get())
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('zoe').organization())
  })

  it('is none for a tenant that is in none', async () => {
    await refusal(fixture, 'organization_not_found', () => fixture.as('fay').in(fixture.free).organization())
  })

  it('tells its admins what it holds', async () => {
    await fixture.inUmbrella('ada').tenants.create({ name: 'Second' })
    expect(await fixture.inUmbrella('ann').statistics()).toEqual({
      tenants: 2,
      activeMembers: 4,
      resources: { invoice: { count: 0, sizeBytes: 0 } },
    })
    await refusal(fixture, 'forbidden', () => fixture.inUmbrella('mel').statistics())
  })
})
