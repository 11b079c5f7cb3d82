import { describe, expect, it } from 'vitest'
import { createTenancy, memoryStorage, mergePresets } from './index.js'

const clerk = { rank: 15, name: 'Clerk', permissions: ['invoice:read'] } as const
const billing = { resources: { invoice: ['read', 'pay'] }, roles: { clerk } } as const
const signIn = { tokenPrefixes: { account: 'acme_' } } as const

describe('merged presets', () => {
  it('have the rows of each, and what two define alike once', () => {
    const archive = { resources: { file: ['read'], invoice: ['read', 'pay'] } } as const
    expect(mergePresets(billing, archive, signIn)).toEqual({
      resources: { invoice: ['read', 'pay'], file: ['read'] },
      roles: { clerk },
      tokenPrefixes: { account: 'acme_' },
    })
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
  ])('are none where they differ: %j', (other, what) => {
    const merge = () => mergePresets(billing, signIn, other)
    expect(merge).toThrow(TypeError)
    expect(merge).toThrow(`mergePresets: two presets define ${what} differently`)
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
