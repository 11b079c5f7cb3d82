import { openTarget } from '@tenantry/testkit'
import type { Act, Acts } from '@tenantry/testkit'
import { describe, expect, it } from 'vitest'
import { testUsersOf } from './testing/test-users-of.js'
import { STORAGES } from './testing/storages.js'
import { createScenario } from './testing/scenario.js'
import { snapshot } from './testing/snapshot.js'
import type { Person, Scenario } from './testing/scenario.js'

/** What somebody does, whichever API they say it through, and who may not. */
interface SameAct {
  readonly act: Act
  readonly by: Person
  readonly refused: Person | null
  readonly input: (scenario: Scenario) => Acts[Act]
  /** APIs on which it means something else, and why. */
  readonly but?: Readonly<Record<string, string>>
}

const about =
  (user: Person) =>
  ({ acme, people }: Scenario) => ({ tenant: acme, user: people[user].id })

// prettier-ignore
const SAME_ACTS: readonly SameAct[] = [
  { act: 'renameTenant',   by: 'ada', refused: 'vic', input: ({ acme }) => ({ tenant: acme, name: 'Acme Ltd' }) },
  { act: 'endTenant',      by: 'ann', refused: 'ada', input: ({ acme }) => ({ tenant: acme }), but: { workspaces: 'deletes, where the console archives' } },
  { act: 'createTenant',   by: 'otto', refused: null, input: () => ({ name: 'Initech' }) },
  { act: 'addMember',      by: 'ada', refused: 'vic', input: ({ acme, people }) => ({ tenant: acme, email: people.otto.email, role: 'member' }) },
  { act: 'invite',         by: 'ada', refused: 'vic', input: ({ acme }) => ({ tenant: acme, email: 'new@example.com', role: 'editor' }) },
  { act: 'setRole',        by: 'ann', refused: 'vic', input: (scenario) => ({ ...about('bob')(scenario), role: 'admin' }), but: { tenant: 'adds the role to those held, where the others replace them' } },
  { act: 'removeMember',   by: 'ada', refused: 'bob', input: about('vic') },
  { act: 'deactivate',     by: 'ada', refused: 'bob', input: about('vic') },
  { act: 'leave',          by: 'vic', refused: 'ann', input: ({ acme }) => ({ tenant: acme }) },
  { act: 'createResource', by: 'ed',  refused: 'vic', input: ({ acme }) => ({ tenant: acme, name: 'Paper', visible: true }), but: { teams: 'makes it in the personal tenant, and shares it' } },
]

/** The same text for every world: people and tenants by name, everything else that is random or made now by a sign. */
function comparable(scenario: Scenario, value: unknown): unknown {
  const names = [
    ...Object.entries(scenario.people).map(([name, { id }]) => [id, name] as const),
    ...([
      [scenario.acme, 'acme'],
      [scenario.globex, 'globex'],
    ] as const),
  ]
  const named = names.reduce((text, [id, name]) => text.replaceAll(id, name), JSON.stringify(value))
  return JSON.parse(
    named.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '#').replaceAll(/"(hash|previousHash)":"[^"]*"/g, '"$1":"#"'),
  ) as unknown
}

describe.each(STORAGES)('through every API that has it, on $storage', ({ makeStorage }) => {
  it.each(SAME_ACTS)(
    '$act writes the same event and leaves the same state',
    async ({ act, by, refused, input, but = {} }) => {
      const seen: Record<string, unknown> = {}
      const offering = await apisOffering(makeStorage, act)
      for (const name of offering.filter((one) => !but[one])) {
        const scenario = await createScenario(makeStorage())
        const target = await openTarget(scenario.url, await testUsersOf(scenario))
        const api = target.apis.find((one) => one.name === name)
        const ask = (person: Person | null) => api?.ask(person && scenario.people[person], act, input(scenario))
        const before = await snapshot(scenario)
        scenario.events.length = 0
        expect({ name, status: (await ask(refused))?.status }).toMatchObject({
          status: expect.toBeOneOf([400, 401, 403, 409]),
        })
        expect(await snapshot(scenario)).toEqual(before)
        expect(scenario.events).toEqual([])
        expect({ name, status: (await ask(by))?.status }).toMatchObject({ status: expect.toBeOneOf([200, 201, 204]) })
        seen[name] = comparable(scenario, { events: scenario.events, state: await snapshot(scenario) })
        await scenario.close()
      }
      const [first, ...others] = Object.values(seen)
      expect(first).toBeDefined()
      for (const other of others) expect(other).toEqual(first)
    },
  )
})

async function apisOffering(makeStorage: (typeof STORAGES)[number]['makeStorage'], act: Act): Promise<string[]> {
  const scenario = await createScenario(makeStorage())
  const target = await openTarget(scenario.url, await testUsersOf(scenario))
  await scenario.close()
  return target.apis.filter((api) => api.offers(act)).map(({ name }) => name)
}
