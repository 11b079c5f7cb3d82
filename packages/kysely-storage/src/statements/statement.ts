import type { Compilable, CompiledQuery, QueryResult } from 'kysely'

/** Says that a query serves no single tenant, such as the list of a person's tenants. */
export const everyTenant = Symbol('every tenant')

/** A query, and whose rows in the tables of tenants it may touch: of nobody, where it does not say. */
export type StorageQuery<Row = unknown> = CompiledQuery<Row> & {
  readonly tenant?: string | typeof everyTenant | undefined
  /** Writes rows, and nobody waits for its refusal or its count: it may come as late as the commit. */
  readonly deferrable?: boolean | undefined
}

interface StatementOptions {
  readonly deferrable?: boolean
}

/** What runs a compiled query: the database, or one transaction. */
export interface Executor {
  executeQuery<Row>(query: StorageQuery<Row>): Promise<QueryResult<Row>>
}

/** A query that is built and compiled once for each set of arguments that are given. */
export interface Statement<Arguments, Row> {
  all(executor: Executor, values: Arguments): Promise<Row[]>
  first(executor: Executor, values: Arguments): Promise<Row | null>
  /** Answers how many rows were inserted, updated or deleted. */
  affect(executor: Executor, values: Arguments): Promise<number>
}

class Placeholder {
  constructor(readonly name: string) {}
}

type TenantOf<Arguments> = (values: Arguments) => StorageQuery['tenant']

/** A {@link statement} about the one tenant whose id is the argument of this name. */
export function ofTenant<Name extends string, Arguments extends Readonly<Record<Name, string>>, Row>(
  name: Name,
  build: (values: Arguments) => Compilable<Row>,
  options?: StatementOptions,
): Statement<Arguments, Row> {
  return statement(build, options, (values) => values[name])
}

/** A {@link statement} that reads across tenants, for a person or an operator. There are few. */
export function acrossTenants<Arguments extends object, Row>(
  build: (values: Arguments) => Compilable<Row>,
): Statement<Arguments, Row> {
  return statement(build, {}, () => everyTenant)
}

/**
 * Touches no table of tenants; {@link ofTenant} and {@link acrossTenants} make those that do.
 *
 * Building and compiling a query costs several times what SQLite needs to run it, so it is done once. `build` gets
 * placeholders: it may hand them on as values and ask whether one is `undefined`, which makes another query; it must
 * not look into them. It names the columns it reads, never `*`: a statement that a connection has prepared must stay
 * good when a later release adds a column. It writes out what is always the same (`sql.lit`), because a plan that is
 * made once for all values can count on that only.
 */
export function statement<Arguments extends object, Row>(
  build: (values: Arguments) => Compilable<Row>,
  { deferrable }: StatementOptions = {},
  tenantOf: TenantOf<Arguments> = () => undefined,
): Statement<Arguments, Row> {
  const compiled = new Map<string, CompiledQuery<Row>>()

  function bind(values: Arguments): StorageQuery<Row> {
    const given: Record<string, unknown> = {}
    let shape = ''
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) continue
      given[name] = value
      shape += `${name} `
    }
    let query = compiled.get(shape)
    if (!query) {
      const placeholders = Object.fromEntries(Object.keys(given).map((name) => [name, new Placeholder(name)]))
      // A lie to `build`, which keeps to passing values on: Kysely makes each placeholder a parameter.
      query = build(placeholders as Arguments).compile()
      compiled.set(shape, query)
    }
    const parameters = query.parameters.map((value) => (value instanceof Placeholder ? given[value.name] : value))
    return { ...query, parameters, tenant: tenantOf(values), deferrable }
  }

  return {
    async all(executor, values) {
      return (await executor.executeQuery(bind(values))).rows
    },
    async first(executor, values) {
      return (await executor.executeQuery(bind(values))).rows[0] ?? null
    },
    async affect(executor, values) {
      return Number((await executor.executeQuery(bind(values))).numAffectedRows ?? 0n)
    },
  }
}
