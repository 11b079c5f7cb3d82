import { beforeAll, describe, expect, it } from 'vitest'
import { hoversOf, type Hover } from './hovers.js'

const MOST_CHARACTERS = 600

/** A tenancy without declared names, one with declared names, and members that are not followed. */
const PROGRAM = `
import { createTenancy, memoryStorage, type Tenancy } from '@tenantry/core'
import { z } from 'zod'

export declare const tenancy: Tenancy
export const user = tenancy.as({ userId: 'ann' })
export const tenant = user.in('acme')
export const operator = user.in('acme', { reason: 'Ticket 4711' })
export const organization = user.organization('acme-group')
export const external = tenancy.asExternal({ issuer: 'https://sso.example.com', email: 'ann@example.com' })
export const access = await tenant.access()

export const ownTenancy = createTenancy({
  storage: memoryStorage(),
  resources: { invoice: ['read', 'approve'] },
  roles: { clerk: { rank: 15, name: 'Clerk', permissions: ['invoice:read'] } },
  memberMetadata: z.object({ department: z.string() }),
  settings: z.object({ theme: z.enum(['light', 'dark']).default('light') }),
})
export const ownUser = ownTenancy.as({ userId: 'ann' })
export const ownTenant = ownUser.in('acme')
export const ownAccess = await ownTenant.access()

export const counterexample = { undocumented: 1 }
`

describe('an editor', () => {
  let hovers: readonly Hover[]
  let counterexamples: readonly Hover[]
  beforeAll(() => {
    const all = hoversOf(PROGRAM)
    hovers = all.filter(({ name }) => !name.startsWith('counterexample'))
    counterexamples = all.filter((hover) => !hovers.includes(hover))
  })

  it('finds every public method and property', () => {
    const names = hovers.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['tenancy.as', 'user.notifications.preferences.get', 'access.can']))
    expect(names).toEqual(expect.arrayContaining(['ownTenant.resources.create', 'organization.members.set']))
    expect(names.length).toBeGreaterThan(400)
  })

  it('shows a docstring on each', () => {
    expect(hovers.filter(({ docstring }) => docstring === '').map(({ name }) => name)).toEqual([])
    expect(counterexamples).toMatchObject([{ name: 'counterexample.undocumented', docstring: '' }])
  })

  it(`shows fewer than ${MOST_CHARACTERS} characters on each`, () => {
    const long = hovers.filter(({ text }) => text.length >= MOST_CHARACTERS)
    expect(Object.fromEntries(long.map(({ name, text }) => [name, text]))).toEqual({})
  })

  it('shows inputs and results by their names', () => {
    const create = hovers.find(({ name }) => name === 'ownTenant.resources.create')
    expect(create?.text).toContain('ResourcesClient.create(input: CreateResourceInput): Promise<Resource>')
  })
})
