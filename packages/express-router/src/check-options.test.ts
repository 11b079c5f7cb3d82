import { createTenancy, memoryStorage } from '@tenantry/core'
import { describe, expect, it } from 'vitest'
import * as routers from './index.js'

const tenancy = createTenancy({ storage: memoryStorage() })

/** What makes a router; a preset makes options. */
const makers = Object.entries(routers as Readonly<Record<string, (options: never) => unknown>>).filter(([name]) =>
  name.endsWith('Router'),
)

describe.each(makers)('%s', (name, router) => {
  it.each([
    [undefined, 'needs an object of options, not undefined'],
    [{}, 'needs a tenancy, which createTenancy returns'],
    [{ tenancy: {} }, 'needs a tenancy, which createTenancy returns'],
    [{ tenancy, authentcate: () => null }, 'there is no option "authentcate"; did you mean "authenticate"?'],
    [{ tenancy, authenticate: 'session' }, 'authenticate needs a function'],
    [{ tenancy, userManagement: 'hosts' }, 'userManagement needs "builtin" or "external"'],
  ])('I16 refuses what it cannot work with, case %#', (options, message) => {
    const make = () => router(options as never)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(`${name}: ${message}`)
  })
})

it('a literal with an unknown option does not compile', () => {
  // @ts-expect-error -- misspelt
  expect(() => routers.tenancyRouter({ tenancy, authentcate: () => null })).toThrow('authenticate')
})
