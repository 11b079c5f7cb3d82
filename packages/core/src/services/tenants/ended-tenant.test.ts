import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'
import { CALLS_IN_A_TENANT } from '../../testing/calls-in-a-tenant.js'

const note = { type: 'invoice', name: 'Seen by all', visibility: 'tenant' } as const

describe.each(['suspended', 'archived', 'deleted'] as const)('a tenant that is %s (A11)', (status) => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  let tokens: { readonly ann: string; readonly nobody: string }
  let shared: string
  const barred = status === 'deleted' ? 'tenant_not_found' : 'tenant_not_active'
  beforeEach(async () => {
    given = await givenTwoTenants()
    await given.user('ann')
    tokens = {
      ann: await given.invite(given.acme, 'admin', { email: 'ann@example.com' }),
      nobody: await given.invite(given.acme, 'admin', { email: 'nobody@example.com' }),
    }
    shared = (await given.inAcme('owner').resources.create(note)).id
    await given.as('viewer').tenants.switch({ tenantId: given.acme })
  })
  const end = () =>
    given.storage.transaction({ tenants: [given.acme] }, (tx) => {
      const deleted = status === 'deleted' ? { deletedAt: given.now() } : {}
      return tx.tenants.setStatus({ id: given.acme, from: 'active', to: status, ...deleted })
    })
  const guest = () => given.tenancy.as({ guest: true })

  it('is entered by no invitation', async () => {
    await end()
    const { invitations } = given.as('ann')
    await refusal(given, 'invalid_token', () => invitations.accept({ token: tokens.ann }))
    await refusal(given, 'invalid_token', () => invitations.decline({ token: tokens.ann }))
    await refusal(given, 'invitation_not_found', () => invitations.acceptOwn({ tenantId: given.acme }))
    await refusal(given, 'invitation_not_found', () => invitations.declineOwn({ tenantId: given.acme }))
    await refusal(given, 'invalid_token', () => guest().invitations.signUp({ token: tokens.nobody }))
    expect(await guest().invitations.preview({ token: tokens.nobody })).toBeNull()
    expect(await invitations.listOwn()).toEqual([])
  })

  it.each(['open', 'request'] as const)('is neither joined nor shown, though it was %s', async (joinPolicy) => {
    await given.inAcme('owner').update({ joinPolicy })
    await end()
    const { tenants } = given.as('ann')
    for (const call of [tenants.join, tenants.requestToJoin, tenants.preview])
      await refusal(given, 'tenant_not_found', () => call({ tenantId: given.acme }))
  })

  it('lets nobody in who asked before; unless it is deleted, they may take the request back', async () => {
    await given.inAcme('owner').update({ joinPolicy: 'request' })
    const { id: joinRequestId } = await given.as('ann').tenants.requestToJoin({ tenantId: given.acme })
    await end()
    await refusal(given, barred, () => given.inAcme('owner').joinRequests.approve({ joinRequestId }))
    const withdraw = () => given.as('ann').tenants.withdrawJoinRequest({ tenantId: given.acme })
    if (status === 'deleted') await refusal(given, 'join_request_not_found', withdraw)
    else await withdraw()
  })

  it('is not worked in by its members, and is none of their tenants', async () => {
    await end()
    const { tenants, resources } = given.as('viewer')
    await refusal(given, barred, () => tenants.switch({ tenantId: given.acme }))
    expect([(await tenants.list()).items, await tenants.current()]).toEqual([[], null])
    expect((await resources.list({ type: 'invoice' })).items).toEqual([])
    await refusal(given, 'resource_not_found', () => resources.get({ type: 'invoice', id: shared }))
    const { create, update } = given.as('owner').resources
    await refusal(given, barred, () => create({ ...note, tenantId: given.acme }))
    await refusal(given, 'resource_not_found', () => update({ type: 'invoice', id: shared, name: 'New' }))
    for (const { call, input } of Object.values(CALLS_IN_A_TENANT))
      await refusal(given, barred, () => call(given.inAcme('owner'), input as never))
  })
})
