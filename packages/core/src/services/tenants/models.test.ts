import { beforeEach, describe, expect, it } from 'vitest'
import { givenTenancy } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

describe('the models of a tenant', () => {
  let given: Awaited<ReturnType<typeof givenTenancy>>
  const asked: object[] = []
  beforeEach(async () => {
    asked.length = 0
    const models = {
      has: async (model: { kind: string; id: string; userId: string }) => {
        asked.push(model)
        return model.id === `${model.userId}s` || model.id === 'everybodys'
      },
      defaults: { llm: 'usual', tts: 'usual-voice' },
    }
    given = await givenTenancy({ models })
  })

  it('are those the catalogue has for its owner, and its defaults', async () => {
    await given.user('ann')
    const settings = { llmId: 'anns', theme: 'dark', credit: 5 }
    const tenant = await given.as('ann').tenants.create({ name: 'Acme', settings })
    expect(tenant.settings).toEqual({ llmId: 'anns', ttsId: 'usual-voice', theme: 'dark', credit: 5 })
    expect(asked).toEqual([{ kind: 'llm', id: 'anns', userId: 'ann' }])
    const create = (llmId: string) => () => given.as('ann').tenants.create({ name: 'Acme', settings: { llmId } })
    const { details } = await refusal(given, 'model_not_found', create('bobs'))
    expect(details).toEqual({ field: 'settings.llmId' })
  })

  it('are changed to those it has for whoever changes them, who must be allowed to', async () => {
    const acme = await given.tenant('ann', { bob: 'admin', vic: 'viewer' })
    const update = (by: string, settings: Record<string, string | null>) => given.as(by).in(acme).update({ settings })
    expect((await update('bob', { rerankId: 'bobs', llmId: null })).settings).toEqual({
      rerankId: 'bobs',
      ttsId: 'usual-voice',
    })
    await refusal(given, 'model_not_found', () => update('bob', { rerankId: 'anns' }))
    const before = asked.length
    await refusal(given, 'forbidden', () => update('vic', { llmId: 'everybodys' }))
    await refusal(given, 'tenant_not_found', () =>
      given
        .as('ann')
        .in('none')
        .update({ settings: { llmId: 'x' } }),
    )
    expect(asked).toHaveLength(before)
  })

  it('are checked in the tenants of organizations, too', async () => {
    await given.user('ann')
    const inOrganization = given.as('ann').inOrganization(await given.organization('ann'))
    const create = (llmId: string) => inOrganization.tenants.create({ name: 'Acme', settings: { llmId } })
    await refusal(given, 'model_not_found', () => create('bobs'))
    expect((await create('anns')).settings['llmId']).toBe('anns')
  })

  it('are anybody’s where there is no catalogue', async () => {
    given = await givenTenancy()
    await given.user('ann')
    const tenant = await given.as('ann').tenants.create({ name: 'Acme', settings: { llmId: 'any' } })
    expect(tenant.settings).toEqual({ llmId: 'any' })
  })
})

describe('a tenant made for somebody', () => {
  it('is theirs, and made by operators alone', async () => {
    const given = await givenTenancy()
    await given.user('ann')
    await given.user('bob')
    await given.user('operator', { superuser: true })
    const create = (by: string, ownerId: string) => given.as(by).tenants.create({ name: 'Acme', ownerId })
    const events = await given.eventsOf(async () => {
      expect((await create('operator', 'ann')).ownerId).toBe('ann')
    })
    expect(events).toMatchObject([{ type: 'tenant.created', actorId: 'operator' }])
    expect((await given.as('ann').tenants.list()).items).toHaveLength(1)
    expect((await create('ann', 'ann')).ownerId).toBe('ann')
    await given.system.tenants.create({ name: 'Acme', ownerId: 'bob' })
    const known = await refusal(given, 'forbidden', () => create('ann', 'bob'))
    const unknown = await refusal(given, 'forbidden', () => create('ann', 'nobody'))
    expect(known.message).toBe(unknown.message)
    await refusal(given, 'user_not_found', () => create('operator', 'nobody'))
    await refusal(given, 'invalid_input', () => given.system.tenants.create({ name: 'Acme' }))
  })
})
