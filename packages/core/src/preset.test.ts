import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createTenancy, memoryStorage, mergePresets, SYSTEM } from './index.js'

const clerk = { rank: 15, name: 'Clerk', permissions: ['invoice:read'] } as const
const billing = { resources: { invoice: ['read', 'pay'] }, roles: { clerk } } as const
const signIn = { tokenPrefixes: { account: 'acme_' } } as const

const look = { settings: z.object({ theme: z.string().default('dark') }) } as const

describe('merged presets', () => {
  it('have the rows of each, and what two define alike once', () => {
    const archive = { resources: { file: ['read'], invoice: ['read', 'pay'] } } as const
    const { settings, ...merged } = mergePresets(billing, archive, signIn)
    expect(Object.keys(settings.shape)).toEqual([])
    expect(merged).toEqual({
      resources: { invoice: ['read', 'pay'], file: ['read'] },
      roles: { clerk },
      reservedRoles: [],
      tokenPrefixes: { account: 'acme_' },
    })
  })

  it('reserve the keys of each for no role', () => {
    const reserved = { reservedRoles: ['normal', 'invite'] }
    const preset = mergePresets(billing, reserved, { reservedRoles: ['read_only', 'normal'] })
    expect(preset.reservedRoles).toEqual(['normal', 'invite', 'read_only'])
    const roles = { ...preset.roles, normal: clerk }
    const create = () => createTenancy({ storage: memoryStorage(), ...preset, roles })
    expect(create).toThrow('roles: "normal" is reserved: reservedRoles lists it')
  })

  it('make a tenancy, with rows of the host beside them and over them', () => {
    const preset = mergePresets(billing, signIn)
    const tenancy = createTenancy({
      storage: memoryStorage(),
      ...preset,
      resources: { ...preset.resources, invoice: ['read'], file: ['read'] },
      tokenPrefixes: { ...preset.tokenPrefixes, external: 'guest_' },
    })
    expect(tenancy.policy.resources).toEqual({ invoice: ['read'], file: ['read'] })
    expect(tenancy.policy.roles.has('clerk')).toBe(true)
    expect(tenancy.tokenPrefixes).toEqual({ account: 'acme_', external: 'guest_' })
  })

  it.each([
    [{ resources: { invoice: ['read'] } }, 'the resource "invoice"'],
    [{ roles: { clerk: { ...clerk, rank: 16 } } }, 'the role "clerk"'],
    [{ tokenPrefixes: { account: 'umbrella_' } }, 'the token prefix "account"'],
    [{ settings: z.object({ theme: z.string().default('light') }) }, 'the setting "theme"'],
  ])('are none where they differ: %j', (other, what) => {
    const merge = () => mergePresets(billing, signIn, look, other)
    expect(merge).toThrow(TypeError)
    expect(merge).toThrow(`mergePresets: two presets define ${what} differently`)
  })

  it('have the settings of each, and ask the check of each until one has a problem', async () => {
    const asked: string[] = []
    const askedBy =
      (who: string) =>
      ({ settings }: { settings: object }) => {
        asked.push(who)
        return 'plan' in settings && settings.plan === who ? { setting: 'plan', message: `not for ${who}` } : null
      }
    const plans = { settings: z.object({ plan: z.string().default('free') }), checkSettings: askedBy('one') }
    const storage = memoryStorage()
    const tenancy = createTenancy({ storage, ...mergePresets(look, plans, { checkSettings: askedBy('other') }) })
    const system = tenancy.as(SYSTEM)
    const { id: ownerId } = await system.users.create({ email: 'ann@example.com' })
    const create = (plan: string) => system.tenants.create({ name: 'Acme', ownerId, settings: { plan } })
    expect((await create('gold')).settings).toEqual({ theme: 'dark', plan: 'gold' })
    await expect(create('one')).rejects.toThrow('settings.plan: not for one')
    await expect(create('other')).rejects.toThrow('settings.plan: not for other')
    expect(asked).toEqual(['one', 'other', 'one', 'one', 'other'])
  })

  it('are none of settings with a rule over several, which merging would lose', () => {
    const settings = z.object({ from: z.int().default(0), to: z.int().default(1) }).refine(({ from, to }) => from < to)
    expect(() => mergePresets({ settings }, look)).toThrow('refine the merged schema instead')
  })

  it.each([
    [undefined, 'needs an object of options'],
    [{ role: {} }, 'there is no option "role"; did you mean "roles"?'],
  ])('are none of what is no preset: %j', (preset, message) => {
    // What a host without types may hand in.
    const merge = () => mergePresets(preset as never)
    expect(merge).toThrow(TypeError)
    expect(merge).toThrow(message)
  })
})
