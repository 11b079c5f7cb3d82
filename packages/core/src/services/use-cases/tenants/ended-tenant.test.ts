import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { CALLS_IN_A_TENANT } from '../../../testing/calls-in-a-tenant.js'

const note = { type: 'invoice', name: 'Seen by all', visibility: 'tenant' } as const

describe.each(['suspended', 'archived', 'deleted'] as const)('a tenant that is %s (A11)', (status) => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  let tokens: { readonly ann: string; readonly nobody: string }
  let shared: string
  const denial = status === 'deleted' ? 'tenant_not_found' : 'tenant_not_active'
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    await fixture.user('ann')
    tokens = {
      ann: await fixture.invite(fixture.acme, 'admin', { email: 'ann@example.com' }),
      nobody: await fixture.invite(fixture.acme, 'admin', { email: 'nobody@example.com' }),
    }
    shared = (await fixture.inAcme('owner').resources.create(note)).id
    await fixture.as('viewer').tenants.switch({ tenantId: fixture.acme })
  })
  const end = () =>
    fixture.storage.transaction({ tenants: [fixture.acme] }, (tx) => {
      const deleted = status === 'deleted' ? { deletedAt: fixture.now() } : {}
      return tx.tenants.setStatus({ id: fixture.acme, from: 'active', to: status, ...deleted })
    })
  const guest = () => fixture.tenancy.as({ guest: true })

  it('is entered by no invitation', async () => {
    await end()
    const { invitations } = fixture.as('ann')
    await refusal(fixture, 'invalid_token', () => invitations.accept({ token: tokens.ann }))
    await refusal(fixture, 'invalid_token', () => invitations.decline({ token: tokens.ann }))
    await refusal(fixture, 'invitation_not_found', () => invitations.acceptMine({ tenantId: fixture.acme }))
    await refusal(fixture, 'invitation_not_found', () => invitations.declineMine({ tenantId: fixture.acme }))
    await refusal(fixture, 'invalid_token', () => guest().invitations.signUp({ token: tokens.nobody }))
    expect(await guest().invitations.preview({ token: tokens.nobody })).toBeNull()
    expect(await invitations.listMine()).toEqual([])
  })

  it.each(['open', 'request'] as const)('is neither joined nor shown, though it was %s', async (joinPolicy) => {
    await fixture.inAcme('owner').update({ joinPolicy })
    await end()
    const { tenants } = fixture.as('ann')
    for (const call of [tenants.join, tenants.requestToJoin, tenants.preview])
      await refusal(fixture, 'tenant_not_found', () => call({ tenantId: fixture.acme }))
  })

  it('rejects pending requests; requesters may withdraw them unless the tenant is deleted', async () => {
    await fixture.inAcme('owner').update({ joinPolicy: 'request' })
    const { id: joinRequestId } = await fixture.as('ann').tenants.requestToJoin({ tenantId: fixture.acme })
    await end()
    await refusal(fixture, denial, () => fixture.inAcme('owner').joinRequests.approve({ joinRequestId }))
    const withdraw = () => fixture.as('ann').tenants.withdrawJoinRequest({ tenantId: fixture.acme })
    if (status === 'deleted') await refusal(fixture, 'join_request_not_found', withdraw)
    else await withdraw()
  })

  it('is not worked in by its members, and is none of their tenants', async () => {
    await end()
    const { tenants, resources } = fixture.as('viewer')
    await refusal(fixture, denial, () => tenants.switch({ tenantId: fixture.acme }))
    expect([(await tenants.list()).items, await tenants.current()]).toEqual([[], null])
    expect((await resources.list({ type: 'invoice' })).items).toEqual([])
    await refusal(fixture, 'resource_not_found', () => resources.get({ type: 'invoice', id: shared }))
    const { create, update } = fixture.as('owner').resources
    await refusal(fixture, denial, () => create({ ...note, tenantId: fixture.acme }))
    await refusal(fixture, 'resource_not_found', () => update({ type: 'invoice', id: shared, name: 'New' }))
    for (const { call, input } of Object.values(CALLS_IN_A_TENANT))
      await refusal(fixture, denial, () => call(fixture.inAcme('owner'), input as never))
  })
})
