import { createTenancy, memoryStorage } from '@tenantry/core'
import type { Preset, Tenancy } from '@tenantry/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { APIS, createApi } from './apis.js'
import type { ApiName } from './apis.js'
import { requirePreset } from './require-preset.js'
import { everyPreset } from './testing/every-preset.js'

const preset: Preset = {
  resources: { invoice: ['read', 'pay'], file: { verbs: ['read'] } },
  roles: { clerk: { rank: 15, name: 'Clerk', permissions: ['*:read'] } },
  reservedRoles: ['boss'],
  settings: z.object({ theme: z.string().default('dark') }),
  tokenPrefixes: { account: 'acme_' },
}

const require = (given: Preset) => () =>
  requirePreset('billing', preset, createTenancy({ storage: memoryStorage(), ...given }))

describe('requirePreset', () => {
  it('accepts a tenancy with the preset, even if the host has changed its details', () => {
    expect(require(preset)).not.toThrow()
    const roles = { clerk: { rank: 3, name: 'Scribe', permissions: [] } }
    const resources = { invoice: ['pay', 'read', 'send'], file: ['read', 'write'], note: ['read'] }
    const settings = z.object({ theme: z.enum(['a', 'b']).default('a'), size: z.int().optional() })
    const reservedRoles = ['boss', 'chief']
    expect(require({ roles, resources, settings, reservedRoles })).not.toThrow()
  })

  it.each<[string, keyof Preset, Preset]>([
    ['the role "clerk"', 'roles', {}],
    ['the resource "file"', 'resources', { resources: { invoice: ['read', 'pay'] } }],
    ['the permission "invoice:pay"', 'resources', { resources: { invoice: ['read'], file: ['read'] } }],
    ['the reserved role "boss"', 'reservedRoles', {}],
    ['the setting "theme"', 'settings', {}],
  ])('without %s is refused', (what, option, change) => {
    const { [option]: _, ...rest } = preset
    expect(require({ ...rest, ...change })).toThrow(TypeError)
    expect(require({ ...rest, ...change })).toThrow(
      `The API "billing" needs ${what}: spread billingPreset() into createTenancy`,
    )
  })

  it('names the first missing option and the number of others', () => {
    expect(require({})).toThrow('needs the role "clerk" and 4 more of its preset: spread billingPreset()')
  })
})

const create = (name: ApiName, tenancy: Pick<Tenancy, 'policy' | 'settingNames'>) =>
  createApi(name, {}, { prefix: '/', userManagement: 'builtin', tenancy })

describe.each(Object.keys(APIS) as ApiName[])('the API %s', (name) => {
  it('requires only the API’s own preset', () => {
    const own = createTenancy({ storage: memoryStorage(), ...APIS[name].preset() })
    const every = createTenancy({ storage: memoryStorage(), ...everyPreset() })
    expect(create(name, own).name).toBe(name)
    expect(create(name, every).name).toBe(name)
  })

  // Our own needs none. The prefixes of tokens, which are all that the preset of the API for programs has, are the host's to choose.
  it.skipIf(name === 'tenancy' || name === 'openapi')('rejects a tenancy without its preset', () => {
    const tenancy = createTenancy({ storage: memoryStorage() })
    expect(() => create(name, tenancy)).toThrow(`spread ${name}Preset() into createTenancy`)
  })
})
