import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createTenancy } from '../../../create-tenancy.js'
import { imageSetting } from '../../../model/image-setting.js'
import type { Tenant } from '../../../model/tenant.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { tenancyFixture, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import type { CheckSettings } from '../../pipeline/tenant-settings.js'

const settings = z.object({
  theme: z.enum(['light', 'dark']).default('light'),
  seats: z.int().positive().optional(),
  domains: z.array(z.string().max(100)).default([]),
})
const defaults = { theme: 'light', domains: [] }
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

describe('the settings of a tenant', () => {
  it('are the defaults of the schema wherever a tenant is read, until they are set', async () => {
    const limited: unknown[] = []
    const membersPerTenant = (tenant: Tenant) => void limited.push(tenant.settings)
    const fixture = await tenancyFixture({ settings, limits: { membersPerTenant } })
    const acme = await fixture.tenant('ann', { bob: 'member' })
    const organizationId = await fixture.organization('ann')
    const umbrella = fixture.as('ann').organization(organizationId)
    const read = async () => [
      (await fixture.as('ann').in(acme).get()).tenant,
      (await fixture.as('ann').in(acme).access()).tenant,
      (await fixture.as('ann').tenants.list()).items[0]?.tenant,
      (await fixture.as('ann').tenants.current())?.tenant,
      (await fixture.as('ann').tenants.switch({ tenantId: acme })).tenant,
      (await fixture.system.tenants.listAll()).items[0],
      await fixture.system.tenants.find({ id: acme }),
    ]
    for (const tenant of await read()) expect(tenant?.settings).toEqual(defaults)
    expect(limited).toContainEqual(defaults)
    const updated = await fixture
      .as('ann')
      .in(acme)
      .update({ settings: { theme: 'dark', seats: 5 } })
    expect(updated.settings).toEqual({ theme: 'dark', seats: 5, domains: [] })
    for (const tenant of await read()) expect(tenant?.settings).toEqual(updated.settings)
    expect((await umbrella.tenants.create({ name: 'Beta' })).settings).toEqual(defaults)
    expect((await umbrella.tenants.list()).items.map((tenant) => tenant.settings)).toEqual([defaults])
  })

  it('are merged into those there are; null is the default', async () => {
    const fixture = await tenancyFixture({ settings })
    const acme = fixture.as('ann').in(await fixture.tenant('ann'))
    await acme.update({ settings: { theme: 'dark', seats: 5 } })
    const changed = await acme.update({ settings: { theme: null, domains: ['acme.example'] } })
    expect(changed.settings).toEqual({ theme: 'light', seats: 5, domains: ['acme.example'] })
  })

  it('are given with a new tenant, and left out as their defaults', async () => {
    const fixture = await tenancyFixture({ settings })
    await fixture.user('ann')
    const create = (values: object) => fixture.as('ann').tenants.create({ name: 'Acme', settings: values })
    expect((await create({ seats: 3, theme: null })).settings).toEqual({ ...defaults, seats: 3 })
    const { details } = await refusal(fixture, 'invalid_input', () => create({ seats: 0 }))
    expect(details).toEqual({ field: 'settings.seats' })
  })

  it.each([
    [{ theme: 'blue' }, 'settings.theme'],
    [{ seats: 'many' }, 'settings.seats'],
    [{ domains: ['acme.example', 7] }, 'settings.domains.1'],
    [{ thme: 'dark' }, 'settings.thme'],
    [JSON.parse('{"__proto__":{"theme":"dark"}}') as object, 'settings.__proto__'],
    [{ constructor: 1 }, 'settings.constructor'],
    [{ domains: Array.from({ length: 200 }, () => 'x'.repeat(100)) }, 'settings'],
  ])('refuse %j, and name what does not fit', async (values, field) => {
    const fixture = await tenancyFixture({ settings })
    const acme = fixture.as('ann').in(await fixture.tenant('ann'))
    const { details } = await refusal(fixture, 'invalid_input', () => acme.update({ settings: values }))
    expect(details).toEqual({ field })
  })

  it('are stored only where they differ from the defaults, so that a later default applies', async () => {
    const storage = memoryStorage()
    const fixture = await tenancyFixture({ settings, storage })
    const id = await fixture.tenant('ann')
    await fixture
      .as('ann')
      .in(id)
      .update({ settings: { theme: 'light', seats: 5 } })
    expect((await storage.read.tenants.find(id))?.settings).toEqual({ seats: 5 })
    const later = createTenancy({ storage, settings: settings.extend({ theme: z.string().default('auto') }) })
    expect((await later.as({ userId: 'ann' }).in(id).get()).tenant.settings).toMatchObject({ theme: 'auto', seats: 5 })
  })

  it('are the defaults where what is stored does not fit a later schema any more', async () => {
    const storage = memoryStorage()
    const fixture = await tenancyFixture({ settings, storage })
    const id = await fixture.tenant('ann')
    await fixture
      .as('ann')
      .in(id)
      .update({ settings: { theme: 'dark', seats: 5 } })
    const later = createTenancy({
      storage,
      settings: settings.extend({ theme: z.enum(['red', 'blue']).default('red') }),
    })
    expect((await later.as({ userId: 'ann' }).in(id).get()).tenant.settings).toMatchObject({ theme: 'red', seats: 5 })
  })

  it('of a newer schema stay when a process with an older one writes', async () => {
    const storage = memoryStorage()
    const fixture = await tenancyFixture({ settings, storage })
    const id = await fixture.tenant('ann')
    const newer = createTenancy({ storage, settings: settings.extend({ region: z.string().default('eu') }) })
    await newer
      .as({ userId: 'ann' })
      .in(id)
      .update({ settings: { region: 'us' } })
    const shown = await fixture
      .as('ann')
      .in(id)
      .update({ settings: { theme: 'dark' } })
    expect(shown.settings).toEqual({ theme: 'dark', domains: [] })
    expect((await newer.as({ userId: 'ann' }).in(id).get()).tenant.settings).toMatchObject({
      theme: 'dark',
      region: 'us',
    })
  })

  it('are none without a schema', async () => {
    const storage = memoryStorage()
    const fixture = await tenancyFixture({ settings, storage })
    const id = await fixture.tenant('ann')
    const plain = createTenancy({ storage }).as({ userId: 'ann' }).in(id)
    expect((await plain.update({ name: 'New', settings: {} })).settings).toEqual({})
    const set = plain.update({ settings: { theme: 'dark' } as never })
    await expect(set).rejects.toThrow('settings.theme: needs a schema: createTenancy({ settings })')
  })

  it.each([
    [{ theme: 'string' }, 'settings: needs a schema of zod'],
    [z.string(), 'settings: needs a schema of zod'],
    [z.object({ theme: z.string() }), 'settings: "theme" needs a default, or to be optional'],
    [z.object({ since: z.date().default(new Date(0)) }), 'settings: "" needs a default'],
  ])('fail at the start where their schema cannot be one, case %#', (schema, message) => {
    const start = () => createTenancy({ storage: memoryStorage(), settings: schema as never })
    expect(start).toThrow(TypeError)
    expect(start).toThrow(message)
  })
})

describe('the host’s check of settings', () => {
  const asked: object[] = []
  const checkSettings: CheckSettings = async (fixture) => {
    asked.push(fixture)
    const { theme } = fixture.settings
    return theme === undefined || theme === fixture.userId ? null : { setting: 'theme', message: 'is not yours' }
  }
  const fixture = async () => {
    asked.length = 0
    return tenancyFixture({
      settings: z.object({ theme: z.string().default('light'), seats: z.int().optional() }),
      checkSettings,
    })
  }

  it('sees what is named for a new tenant, and whose it will be', async () => {
    const host = await fixture()
    await host.user('ann')
    const create = (theme: string) => host.as('ann').tenants.create({ name: 'Acme', settings: { theme, seats: 5 } })
    expect((await create('ann')).settings).toEqual({ theme: 'ann', seats: 5 })
    expect(asked).toEqual([{ settings: { theme: 'ann', seats: 5 }, userId: 'ann' }])
    const { details, message } = await refusal(host, 'setting_rejected', () => create('bob'))
    expect([details, message]).toEqual([{ field: 'settings.theme' }, 'settings.theme: is not yours'])
  })

  it('sees what is named by whoever changes settings, and may', async () => {
    const host = await fixture()
    const acme = await host.tenant('ann', { bob: 'admin', vic: 'viewer' })
    const update = (by: string, values: object) => host.as(by).in(acme).update({ settings: values })
    expect((await update('bob', { theme: 'bob', seats: null })).settings).toEqual({ theme: 'bob' })
    await refusal(host, 'setting_rejected', () => update('bob', { theme: 'ann' }))
    const before = asked.length
    await update('bob', { theme: null })
    await refusal(host, 'forbidden', () => update('vic', { theme: 'vic' }))
    await refusal(host, 'invalid_input', () => update('bob', { theme: 7 }))
    await refusal(host, 'tenant_not_found', () =>
      host
        .as('ann')
        .in('none')
        .update({ settings: { theme: 'ann' } }),
    )
    expect(asked).toHaveLength(before)
  })

  it('sees those of the tenants of organizations, too', async () => {
    const host = await fixture()
    await host.user('ann')
    const umbrella = host.as('ann').organization(await host.organization('ann'))
    const create = (theme: string) => umbrella.tenants.create({ name: 'Acme', settings: { theme } })
    await refusal(host, 'setting_rejected', () => create('bob'))
    expect((await create('ann')).settings).toMatchObject({ theme: 'ann' })
  })
})

describe('a setting that names an image', () => {
  const images = z.object({ logoId: imageSetting(), iconId: imageSetting() })

  it('takes none but one that was uploaded in this tenant, for this setting', async () => {
    const fixture = await twoTenantsFixture({ settings: images })
    const acme = fixture.inAcme('admin')
    const { id } = await acme.uploadImage({ setting: 'logoId', bytes: png })
    const zeta = fixture.as('outsider').in(fixture.zeta)
    const refused = [
      await refusal(fixture, 'invalid_input', () => zeta.update({ settings: { logoId: id } })),
      await refusal(fixture, 'invalid_input', () => zeta.update({ settings: { logoId: 'none' } })),
      await refusal(fixture, 'invalid_input', () =>
        fixture.as('outsider').tenants.create({ name: 'B', settings: { logoId: id } }),
      ),
    ]
    expect(new Set(refused.map(({ message }) => message))).toEqual(new Set(['settings.logoId: no such image']))
    await refusal(fixture, 'invalid_input', () => acme.update({ settings: { iconId: id } }))
    expect((await acme.update({ settings: { logoId: id } })).settings).toEqual({ logoId: id, iconId: null })
  })

  it('keeps its uploads apart from those of another', async () => {
    const fixture = await twoTenantsFixture({ settings: images })
    const acme = fixture.inAcme('admin')
    const { id: logoId } = await acme.uploadImage({ setting: 'logoId', bytes: png })
    const { id: iconId } = await acme.uploadImage({ setting: 'iconId', bytes: png })
    expect((await acme.update({ settings: { logoId, iconId } })).settings).toEqual({ logoId, iconId })
    const read = (setting: string) => fixture.as('outsider').tenants.readImage({ tenantId: fixture.acme, setting })
    expect([(await read('logoId')).id, (await read('iconId')).id]).toEqual([logoId, iconId])
    await refusal(fixture, 'file_not_found', () => read('theme'))
    await refusal(fixture, 'invalid_input', () => acme.uploadImage({ setting: 'theme', bytes: png }))
  })
})
