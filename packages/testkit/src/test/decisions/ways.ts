import { createTenancy, isTenancyError } from '@tenantry/core'
import type { Access, RowFilter, Tenancy } from '@tenantry/core'
import { referenceRules } from '../../reference/reference-decision.js'
import { accessesOf, eachCase } from './schemas.js'
import type { Way } from './schemas.js'
import { columnsOf } from './databases.js'
import type { HostDatabase } from './databases.js'
import type { HttpHost } from './http-host.js'
import { resolve } from './settle.js'
import { NOBODY, rowOf } from './scenario.js'
import type { Names, Scenario } from './scenario.js'

/** A scenario in a database, where its tenancy and its host know it. */
interface Resolved {
  readonly tenancy: Tenancy
  /** `null` for whoever is not let in. */
  readonly accesses: readonly (Access | null)[]
}

type Enter = (scenario: Scenario, names: Names) => Promise<Resolved>

/** The ways to ask that go through a database; those through HTTP too when there is a host. */
export function waysOn(database: HostDatabase, http: HttpHost | null): readonly Way[] {
  const { name, db, plain } = database
  const resolved = new WeakMap<Scenario, Promise<Resolved>>()
  const enter: Enter = (scenario, names) => {
    const known = resolved.get(scenario) ?? resolveIn(database, scenario, names)
    resolved.set(scenario, known)
    return known
  }
  const kysely = async (tenantId: string, filter: RowFilter) => {
    const query = db.selectFrom('thing').select('id').where('scenario', '=', tenantId).where(filter)
    return (await query.execute()).map(({ id }) => id)
  }
  return [
    {
      name: `can() after access() on ${name}`,
      async ask(scenario, names) {
        const { accesses } = await enter(scenario, names)
        return eachCase(scenario, names, ({ permission, resource, at }) => {
          return accesses[at.person]?.can(permission, resource) ?? false
        })
      },
    },
    filtering(`a filter in SQL on ${name}`, enter, plain),
    filtering(`a filter in Kysely on ${name}`, enter, kysely),
    ...(http ? [asking(`HTTP on ${name}`, enter, http)] : []),
  ]
}

async function resolveIn({ storage, db }: HostDatabase, scenario: Scenario, names: Names): Promise<Resolved> {
  await resolve(storage, scenario, names)
  const rows = scenario.things.map((thing, id) => ({ scenario: names.tenantId, id, ...rowOf(thing, names) }))
  await db.insertInto('thing').values(rows).execute()
  const tenancy: Tenancy = createTenancy({ storage, ...scenario.rules })
  const accesses: (Access | null)[] = []
  for (const person of scenario.people.keys()) accesses.push(await accessIn(tenancy, names, scenario, person))
  return { tenancy, accesses }
}

async function accessIn(
  tenancy: Tenancy,
  { tenantId, userId }: Names,
  { people }: Scenario,
  person: number,
): Promise<Access | null> {
  const as = tenancy.as({ userId: userId(person) })
  try {
    const { operator } = people[person] ?? NOBODY
    return await (operator ? as.in(tenantId, { reason: 'A test' }) : as.in(tenantId)).access()
  } catch (error) {
    if (isTenancyError(error)) return null
    throw error
  }
}

/** One statement a person and question, over all things. A permission that is not the host's must find nothing. */
function filtering(
  name: string,
  enter: Enter,
  find: (tenantId: string, filter: RowFilter) => Promise<readonly number[]>,
): Way {
  return {
    name,
    async ask(scenario, names) {
      const { accesses } = await enter(scenario, names)
      // Who is not let in has the facts of somebody who is barred.
      const denial = accessesOf(scenario, names)
      const found: ReadonlySet<number>[][] = []
      for (const person of scenario.people.keys()) {
        const ofPerson = (found[person] = [] as ReadonlySet<number>[])
        for (const { permission, notified } of scenario.questions) {
          const filter = (accesses[person] ?? denial[person])?.filter(permission, columnsOf(notified ?? []))
          ofPerson.push(new Set(filter && (await find(names.tenantId, filter))))
        }
      }
      const { host } = referenceRules(scenario.rules)
      return eachCase(scenario, names, ({ permission, at }) => {
        const ids = found[at.person]?.[at.question]
        return host.includes(permission) || ids?.size !== 0 ? ids?.has(at.thing) : undefined
      })
    },
  }
}

/** One request a person, with all questions about all things. */
function asking(name: string, enter: Enter, http: HttpHost): Way {
  return {
    name,
    async ask(scenario, names) {
      const { tenancy } = await enter(scenario, names)
      http.tenancies.set(names.tenantId, tenancy)
      const asked = eachCase(scenario, names, ({ permission, resource, at: { person } }) => {
        return { person, question: { permission, ...(resource && { resource }) } }
      })
      const isOperator = eachCase(scenario, names, ({ at: { person } }) => scenario.people[person]?.operator ?? false)
      const decisions: boolean[] = []
      for (const person of scenario.people.keys()) {
        const questions = asked.filter((one) => one.person === person).map(({ question }) => question)
        const responded = await http.ask(names.tenantId, names.userId(person), questions)
        decisions.push(...(responded ?? questions.map(() => false)))
      }
      http.tenancies.delete(names.tenantId)
      // Over HTTP nobody acts as an operator.
      return decisions.map((decision, at) => (isOperator[at] ? undefined : decision))
    },
  }
}
