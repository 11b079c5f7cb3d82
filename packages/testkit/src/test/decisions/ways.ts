import { createTenancy, isTenancyError } from '@tenantry/core'
import type { Access, RowFilter, Tenancy } from '@tenantry/core'
import { referenceRules } from '../../reference/reference-decision.js'
import { accessesOf, eachCase } from './answers.js'
import type { Way } from './answers.js'
import { columnsOf } from './databases.js'
import type { HostDatabase } from './databases.js'
import type { HttpHost } from './http-host.js'
import { settle } from './settle.js'
import { NOBODY, rowOf } from './town.js'
import type { Names, Town } from './town.js'

/** A town in a database, where its tenancy and its host know it. */
interface Settled {
  readonly tenancy: Tenancy
  /** `null` for whoever is not let in. */
  readonly accesses: readonly (Access | null)[]
}

type Enter = (town: Town, names: Names) => Promise<Settled>

/** The ways to ask that go through a database; those through HTTP too when there is a host. */
export function waysOn(database: HostDatabase, http: HttpHost | null): readonly Way[] {
  const { name, db, plain } = database
  const settled = new WeakMap<Town, Promise<Settled>>()
  const enter: Enter = (town, names) => {
    const known = settled.get(town) ?? settleIn(database, town, names)
    settled.set(town, known)
    return known
  }
  const kysely = async (tenantId: string, filter: RowFilter) => {
    const query = db.selectFrom('thing').select('id').where('town', '=', tenantId).where(filter)
    return (await query.execute()).map(({ id }) => id)
  }
  return [
    {
      name: `can() after access() on ${name}`,
      async ask(town, names) {
        const { accesses } = await enter(town, names)
        return eachCase(town, names, ({ permission, resource, at }) => {
          return accesses[at.person]?.can(permission, resource) ?? false
        })
      },
    },
    filtering(`a filter in SQL on ${name}`, enter, plain),
    filtering(`a filter in Kysely on ${name}`, enter, kysely),
    ...(http ? [asking(`HTTP on ${name}`, enter, http)] : []),
  ]
}

async function settleIn({ storage, db }: HostDatabase, town: Town, names: Names): Promise<Settled> {
  await settle(storage, town, names)
  const rows = town.things.map((thing, id) => ({ town: names.tenantId, id, ...rowOf(thing, names) }))
  await db.insertInto('thing').values(rows).execute()
  const tenancy: Tenancy = createTenancy({ storage, ...town.rules })
  const accesses: (Access | null)[] = []
  for (const person of town.people.keys()) accesses.push(await accessIn(tenancy, names, town, person))
  return { tenancy, accesses }
}

async function accessIn(
  tenancy: Tenancy,
  { tenantId, userId }: Names,
  { people }: Town,
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
    async ask(town, names) {
      const { accesses } = await enter(town, names)
      // Who is not let in has the facts of somebody who is barred.
      const barred = accessesOf(town, names)
      const found: ReadonlySet<number>[][] = []
      for (const person of town.people.keys()) {
        const ofPerson = (found[person] = [] as ReadonlySet<number>[])
        for (const { permission, told } of town.questions) {
          const filter = (accesses[person] ?? barred[person])?.filter(permission, columnsOf(told ?? []))
          ofPerson.push(new Set(filter && (await find(names.tenantId, filter))))
        }
      }
      const { host } = referenceRules(town.rules)
      return eachCase(town, names, ({ permission, at }) => {
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
    async ask(town, names) {
      const { tenancy } = await enter(town, names)
      http.tenancies.set(names.tenantId, tenancy)
      const asked = eachCase(town, names, ({ permission, resource, at: { person } }) => {
        return { person, question: { permission, ...(resource && { resource }) } }
      })
      const isOperator = eachCase(town, names, ({ at: { person } }) => town.people[person]?.operator ?? false)
      const answers: boolean[] = []
      for (const person of town.people.keys()) {
        const questions = asked.filter((one) => one.person === person).map(({ question }) => question)
        const answered = await http.ask(names.tenantId, names.userId(person), questions)
        answers.push(...(answered ?? questions.map(() => false)))
      }
      http.tenancies.delete(names.tenantId)
      // Over HTTP nobody acts as an operator.
      return answers.map((answer, at) => (isOperator[at] ? undefined : answer))
    },
  }
}
