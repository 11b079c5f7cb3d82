import { compilePolicy } from '@tenantry/core'
import type { TenantClient, Tenancy } from '@tenantry/core'
import { describe, expect, test } from 'vitest'
import { policyUnderTest } from './policy-under-test.js'
import type { PolicyUnderTest } from './policy-under-test.js'
import { checkOne, PROPERTIES } from './permission-properties.js'

const rules = {
  resources: { invoice: ['create', 'read', 'update', 'delete', 'approve'], note: ['read', 'comment'] },
  roles: {
    boss: { rank: 26, name: 'Boss', permissions: ['invoice:approve'] },
    clerk: { rank: 15, name: 'Clerk', permissions: ['tenant:read', 'invoice:read', 'invoice:create'] },
  },
} as const
const policy = compilePolicy(rules)
const host = Object.entries(policy.resources).flatMap(([name, verbs]) => verbs.map((verb) => `${name}:${verb}`))
const byRank = [...policy.roles.values()].sort((one, other) => one.rank - other.rank).map(({ key }) => key)
// Nobody gives the owner's, and everybody has what the lowest gives.
const fixture = byRank.filter((key) => key !== 'owner').slice(1)

type Fault = (call: string, input: Readonly<Record<string, unknown>>) => boolean
type Noun = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => unknown>>

/** A library that does for anybody what the owner may, where one thing is asked. */
function lapsing(isAsked: Fault): PolicyUnderTest {
  const underTest = policyUnderTest(rules)
  return {
    ...underTest,
    tenancyOn(storage): Tenancy {
      const tenancy = underTest.tenancyOn(storage)
      let ownerId = ''
      tenancy.on('tenant.created', ({ actorId }) => void (ownerId = actorId ?? ''))
      const inTenant = (id: string, own: TenantClient, owners: TenantClient) => {
        const noun = (name: 'members' | 'roles') => {
          // The calls of a noun take an input each.
          const [mine, theirs] = [own[name], owners[name]] as unknown as [Noun, Noun]
          const verbs = Object.keys(mine).map((verb): [string, Noun[string]] => [
            verb,
            (input) => (isAsked(`${name}.${verb}`, input) ? theirs : mine)[verb]?.(input),
          ])
          return Object.fromEntries(verbs)
        }
        return { ...own, members: noun('members'), roles: noun('roles') }
      }
      const as: Tenancy['as'] = (actor) => ({
        ...tenancy.as(actor),
        // Nobody here acts as an operator.
        in: ((id: string) =>
          inTenant(id, tenancy.as(actor).in(id), tenancy.as({ userId: ownerId }).in(id))) as unknown as ReturnType<
          Tenancy['as']
        >['in'],
      })
      return { ...tenancy, as }
    },
  }
}

const names = (value: unknown, name: string) => JSON.stringify(value ?? null).includes(`"${name}"`)

const planted: readonly (readonly [string, Fault])[] = [
  ...fixture.flatMap((role) =>
    (['setRoles', 'update', 'invite', 'add'] as const).map((verb): readonly [string, Fault] => [
      `anybody give the role ${role} by members.${verb}`,
      (call, input) => call === `members.${verb}` && names([input['roles'], input['role']], role),
    ]),
  ),
  ...host.flatMap((name): (readonly [string, Fault])[] => [
    [`anybody grant ${name}`, (call, input) => call === 'members.setOverrides' && names(input['overrides'], name)],
    [
      `anybody write ${name} into a role`,
      (call, input) => call === 'roles.update' && names(input['permissions'], name),
    ],
  ]),
  ['anybody raise a role', (call, input) => call === 'roles.update' && input['rank'] === 39],
  [
    'anybody unshare what somebody is denied',
    (call, input) => call === 'members.setOverrides' && JSON.stringify(input['overrides']).includes('null'),
  ],
]

describe('the law no-escalation finds, before anything random, a library that lets', () => {
  const property = PROPERTIES.find(({ id }) => id === 'no-escalation')

  test.each(planted)('%s', async (_, isAsked) => {
    const check = async () => property && checkOne(property, lapsing(isAsked), { runs: 0, seed: 1 })
    // One act tells it.
    await expect(check()).rejects.toThrow(
      /^nobody gives what they do not hold, and nobody raises themselves: Bob [^;]*$/,
    )
  })
})
