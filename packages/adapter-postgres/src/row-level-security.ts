import { setTimeout as wait } from 'node:timers/promises'
import { StorageError, type StorageFinding } from '@tenantry/core'
import { patiently, tablesOfTenants, type Executor, type Migrator, type Tables } from '@tenantry/kysely-storage'
import { CompiledQuery, type Kysely } from 'kysely'
import { escapeIdentifier } from 'pg'
import type { PostgresQueryable } from './postgres-pool.js'
import { faultOf, policiesOf, readPolicies, strangersOf, type PolicyState } from './policies.js'

const count = Object.keys(tablesOfTenants).length

const atFault = (finding: Omit<StorageFinding, 'severity'>): StorageFinding => ({ ...finding, severity: 'error' })

/** What keeps policies from keeping tenants apart, the worst first. */
export function boundFindings({ exempt, set, tables }: PolicyState, schema: string): readonly StorageFinding[] {
  const findings: StorageFinding[] = []
  if (set.length > 0) findings.push(settingLeft(set))
  if (exempt) findings.push(roleExempt)
  if (tables.length < count || tables.every(({ enabled }) => !enabled)) return [...findings, notInstalled]
  for (const table of tables) {
    const place = `${escapeIdentifier(schema)}.${escapeIdentifier(table.name)}`
    const fault = faultOf(table)
    if (fault !== null) {
      const problem = `The rows of ${place} are not kept apart: ${fault}.`
      const remedy = 'Call tenancy.migrate() as the owner of the tables.'
      findings.push(atFault({ code: 'policy_missing', problem, remedy }))
    }
    for (const stranger of strangersOf(table)) {
      const problem = `Another policy permits rows of ${place}.`
      const remedy = `Run \`drop policy ${escapeIdentifier(stranger)} on ${place}\`, or make it restrictive.`
      findings.push(atFault({ code: 'policy_added', problem, remedy }))
    }
  }
  return findings
}

/** Tables that would hide every row from a storage that names no tenant. */
export function unboundFindings({ exempt, tables }: PolicyState): readonly StorageFinding[] {
  return exempt || tables.every(({ enabled }) => !enabled) ? [] : [unforeseenPolicies]
}

function settingLeft(names: readonly string[]): StorageFinding {
  const [name = ''] = names
  return atFault({
    code: 'setting_left',
    problem:
      `rowLevelSecurity is on, and the session has set ${names.join(' and ')}: a statement that names no tenant would ` +
      'meet rows.',
    remedy:
      "Take it out of the pool's options and of what runs on its new connections; one set by role or " +
      `database ends with \`alter role … reset ${name}\` or \`alter database … reset ${name}\`.`,
  })
}

const roleExempt = atFault({
  code: 'role_exempt',
  problem:
    'rowLevelSecurity is on, and the role of the connection is a superuser or has BYPASSRLS, which no policy binds.',
  remedy: 'Connect as a role without them; it may own the tables.',
})

const notInstalled = atFault({
  code: 'policy_missing',
  problem: 'The tables have no row-level security yet.',
  remedy: 'Call tenancy.migrate() first.',
})

const unforeseenPolicies = atFault({
  code: 'policies_unused',
  problem: 'The tables have row-level security.',
  remedy: 'Pass `rowLevelSecurity: true`, or call disableRowLevelSecurity(), see docs/guide/row-level-security.md.',
})

/** Settings and roles are the mistake of who configures the process; the rest is the state of the database. */
function refuse([finding]: readonly StorageFinding[]): void {
  if (!finding) return
  const { code, problem, remedy } = finding
  const message = `${problem} ${remedy}`
  throw code === 'setting_left' || code === 'role_exempt' ? new TypeError(message) : new StorageError('schema', message)
}

/**
 * Refuses a connection on which policies would keep nothing apart: its role is bound by none, its session has set what
 * they look at, or they are not those that {@link installPolicies} installed. It is asked before anything sets a tenant.
 */
export async function assertBound(executor: Executor, schema: string): Promise<void> {
  refuse(boundFindings(await readPolicies(executor, schema), schema))
}

/** The same in a transaction of the host, which may have entered a tenant. Nobody but the storage enters every one. */
export async function assertBoundWithin(executor: Executor, schema: string): Promise<void> {
  const state = await readPolicies(executor, schema)
  const set = state.set.filter((name) => name !== 'tenancy.tenant_id')
  refuse(boundFindings({ ...state, set }, schema))
}

/** Refuses tables that would hide every row from a storage that names no tenant. */
export async function assertUnbound(executor: Executor, schema: string): Promise<void> {
  refuse(unboundFindings(await readPolicies(executor, schema)))
}

/**
 * Adds to the tables of tenants what is missing, and mends what was changed: one table after the other, so that no
 * transaction locks more than one.
 */
export async function installPolicies(db: Kysely<Tables>, schema: string, migrator: Migrator): Promise<void> {
  // Asked without a transaction: a role that does not own the tables can still find that there is nothing to do.
  const { tables } = await readPolicies(db, schema)
  for (const [name, column] of Object.entries(tablesOfTenants)) {
    if (tables.some((table) => table.name === name && faultOf(table) === null)) continue
    const table = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`
    const statements = Object.entries(policiesOf(column)).map(([policy, condition]) =>
      protecting(table, policy, `using (${condition})`),
    )
    const install = () =>
      migrator.exclusively(db, async (transaction) => {
        await transaction.executeQuery(CompiledQuery.raw(statements.join('; ')))
        return true
      })
    // Somebody else may migrate meanwhile, for as long as it takes.
    while (!(await patiently(migrator.patienceMs, `Row-level security of ${table}`, install))) await wait(100)
  }
}

/** Adds or replaces one policy, and binds the owner of the table, too. */
export function protecting(table: string, policy: string, definition: string): string {
  return [
    `alter table ${table} enable row level security, force row level security`,
    `drop policy if exists ${policy} on ${table}`,
    `create policy ${policy} on ${table} ${definition}`,
  ].join('; ')
}

/**
 * Takes away what `rowLevelSecurity: true` installed: every policy of the storage, and that the tables are under any. Stop
 * all processes first, run it as the owner of the tables, and leave out the option from then on.
 *
 * @example
 * await disableRowLevelSecurity(pool)
 */
export async function disableRowLevelSecurity(
  client: PostgresQueryable,
  { schema = 'tenancy' }: { readonly schema?: string } = {},
): Promise<void> {
  const statements = Object.entries(tablesOfTenants).map(([name, column]) => {
    const table = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`
    const policies = Object.keys(policiesOf(column)).map((policy) => `drop policy if exists ${policy} on ${table}`)
    return [`alter table ${table} disable row level security, no force row level security`, ...policies].join('; ')
  })
  await client.query({ text: statements.join('; ') })
}
