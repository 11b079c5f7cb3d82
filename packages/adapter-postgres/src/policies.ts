import { tablesOfTenants, type Executor } from '@tenantry/kysely-storage'
import { CompiledQuery } from 'kysely'
import { escapeIdentifier, escapeLiteral } from 'pg'
import { isEveryTenant, tenantId } from './tenant-setting.js'

/** What is installed on every table of tenants, by name: the condition for reading and writing alike. */
export function policiesOf(column: string): Readonly<Record<string, string>> {
  return {
    tenantry_every_tenant: `(select ${isEveryTenant})`,
    tenantry_tenant: `${escapeIdentifier(column)} = (select ${tenantId})`,
  }
}

/** What a connection and the database say of row-level security. */
export interface PolicyState {
  /** Whether no policy binds the role. */
  readonly exempt: boolean
  /** The settings that policies look at, where the session has set them. */
  readonly set: readonly string[]
  readonly tables: readonly TableState[]
}

export interface TableState {
  readonly name: string
  readonly enabled: boolean
  readonly forced: boolean
  readonly policies: readonly Policy[]
}

interface Policy {
  readonly name: string
  readonly permissive: boolean
  readonly roles: readonly string[]
  readonly command: string
  readonly using: string | null
  readonly check: string | null
}

const settings = ['tenancy.tenant_id', 'tenancy.every_tenant']

function stateIn(schema: string): CompiledQuery<{ readonly state: string }> {
  const set = settings.map((name) => `nullif(current_setting(${escapeLiteral(name)}, true), '')`)
  const setNames = `array_remove(array[${settings.map((name, at) => `case when ${set[at]} <> '' then ${escapeLiteral(name)} end`).join(', ')}], null)`
  const policy = `json_build_object('name', policyname, 'permissive', permissive = 'PERMISSIVE', 'roles', roles::text[],
    'command', cmd, 'using', qual, 'check', with_check)`
  const policies = `coalesce((select json_agg(${policy}) from pg_catalog.pg_policies
    where schemaname = nspname and tablename = relname), '[]')`
  const table = `json_build_object('name', relname, 'enabled', relrowsecurity, 'forced', relforcerowsecurity,
    'policies', ${policies})`
  const names = Object.keys(tablesOfTenants).map(escapeLiteral).join(', ')
  const text = `
    select json_build_object(
      'exempt', (select rolsuper or rolbypassrls from pg_catalog.pg_roles where rolname = current_user),
      'set', ${setNames},
      'tables', coalesce(json_agg(${table}), '[]')
    )::text as state
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = relnamespace
    where nspname = ${escapeLiteral(schema)} and relkind in ('r', 'p') and relname in (${names})`
  return CompiledQuery.raw(text)
}

/** As one text, which a host reads like any other, however it reads numbers. */
export async function readPolicies(executor: Executor, schema: string): Promise<PolicyState> {
  const { rows } = await executor.executeQuery<{ readonly state: string }>(stateIn(schema))
  // An aggregate answers one row, of the shape that the text builds.
  return JSON.parse(rows[0]?.state ?? '') as PolicyState
}

/** What is wrong with a table, in words; `null` when its rows are kept apart as they were told to be. */
export function faultOf({ name, enabled, forced, policies }: TableState): string | null {
  if (!enabled) return 'row-level security is off'
  if (!forced) return 'its owner is not bound (no force row level security)'
  const column = tablesOfTenants[name as keyof typeof tablesOfTenants] // the query asks for these names only
  for (const [policy, using] of Object.entries(policiesOf(column))) {
    const found = policies.find((one) => one.name === policy)
    if (!found) return `the policy ${policy} is missing`
    const isWhole = found.permissive && found.command === 'ALL' && found.check === null
    if (!isWhole || found.roles.join() !== 'public' || shape(found.using ?? '') !== shape(using))
      return `the policy ${policy} was changed`
  }
  return null
}

/** Policies that would show more than ours do. A restrictive one can only show less. */
export function strangersOf({ name, policies }: TableState): readonly string[] {
  const column = tablesOfTenants[name as keyof typeof tablesOfTenants] // as above
  const ours = Object.keys(policiesOf(column))
  return policies.filter((policy) => policy.permissive && !ours.includes(policy.name)).map((policy) => policy.name)
}

/** A condition as any version of PostgreSQL writes it back: casts, brackets, aliases and spaces are its own. */
function shape(condition: string): string {
  return condition
    .toLowerCase()
    .replaceAll('pg_catalog.', '')
    .replaceAll(/::text\b/g, '')
    .replaceAll(/ as "?\w+"?/g, '')
    .replaceAll(/[\s()"]/g, '')
}
