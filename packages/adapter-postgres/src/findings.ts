import type { StorageFinding } from '@tenantry/core'
import { tableNames, type Executor } from '@tenantry/kysely-storage'
import { CompiledQuery } from 'kysely'
import { escapeLiteral } from 'pg'
import { placeIn } from './dialect.js'
import { grantsFor } from './grants.js'
import { readPolicies } from './policies.js'
import { boundFindings, unboundFindings } from './row-level-security.js'

/** What the server's catalogs say of our tables, as the role of the connection may read them without any right. */
interface Catalog {
  readonly role: string
  /** Whether the role may use the schema; `null` where there is none. */
  readonly usage: boolean | null
  /** The tables that the role may not use as the storage does. */
  readonly closed: readonly string[]
  /** Indexes that nobody is building. */
  readonly invalid: readonly { readonly name: string; readonly place: string }[]
  /** The roles that may log in, read every table, and are bound by no policy. */
  readonly dumping: readonly string[]
}

function catalogOf(schema: string): CompiledQuery<{ readonly catalog: string }> {
  const place = placeIn(schema)
  const names = tableNames.map((table) => escapeLiteral(place(table).name)).join(', ')
  const migrations = escapeLiteral(place('migrations').name)
  const verbs = ['insert', 'update', 'delete'].map((verb) => `has_table_privilege(oid, '${verb}')`).join(' and ')
  // `regclass` locks nothing, and an index that is being built is locked by whoever builds it.
  const text = `
    with space as (select oid from pg_namespace where nspname = ${escapeLiteral(schema)}),
    ours as (
      select oid, relname from pg_class
      where relnamespace = (select oid from space) and relkind in ('r', 'p') and relname in (${names})
    ),
    closed as (
      select relname from ours
      where not (has_table_privilege(oid, 'select') and (relname = ${migrations} or (${verbs})))
    ),
    invalid as (
      select relname, format('%I.%I', ${escapeLiteral(schema)}, relname) as place from pg_index
      join pg_class on pg_class.oid = indexrelid
      where not indisvalid and indrelid in (select oid from ours) and not exists (
        select from pg_locks where locktype = 'relation' and relation = indrelid and granted
          and mode = 'ShareUpdateExclusiveLock' and database = (select oid from pg_database where datname = current_database()))
    ),
    dumping as (
      select rolname from pg_roles where rolcanlogin and (rolsuper or rolbypassrls)
        and not exists (select from ours where not has_table_privilege(pg_roles.oid, ours.oid, 'select'))
    )
    select json_build_object(
      'role', current_user,
      'usage', (select has_schema_privilege(oid, 'usage') from space),
      'closed', (select coalesce(json_agg(relname order by relname), '[]') from closed),
      'invalid', (select coalesce(json_agg(json_build_object('name', relname, 'place', place) order by relname), '[]') from invalid),
      'dumping', (select coalesce(json_agg(rolname order by rolname), '[]') from dumping)
    )::text as catalog`
  return CompiledQuery.raw(text)
}

/** What is wrong with the tables in the schema of this name, or worth knowing, besides what any database can have. */
export async function postgresFindings(
  executor: Executor,
  { schema, rowLevelSecurity }: { readonly schema: string; readonly rowLevelSecurity: boolean },
): Promise<readonly StorageFinding[]> {
  const { rows } = await executor.executeQuery(catalogOf(schema))
  // One row, of the shape that the text builds.
  const catalog = JSON.parse(rows[0]?.catalog ?? '') as Catalog
  if (catalog.usage === null) return []
  const state = await readPolicies(executor, schema)
  const policies = rowLevelSecurity ? boundFindings(state, schema) : unboundFindings(state)
  const isProtected = state.tables.some(({ forced }) => forced)
  return [
    ...missingGrants(catalog, schema),
    ...(state.tables.length > 0 ? policies : []),
    ...catalog.invalid.map(invalidIndex),
    ...(isProtected && !state.exempt ? [backupRole(catalog)] : []),
  ]
}

function missingGrants({ role, usage, closed }: Catalog, schema: string): readonly StorageFinding[] {
  const objects = [...(usage ? [] : [`the schema ${schema}`]), ...closed.map((name) => `the table ${name}`)]
  if (objects.length === 0) return []
  return [
    {
      code: 'grant_missing',
      severity: 'error',
      problem: `The role ${role} may not use ${objects.join(', ')} as the storage does.`,
      remedy: `Run as the owner of the tables:\n${grantsFor({ role, schema })}`,
    },
  ]
}

function invalidIndex({ name, place }: Catalog['invalid'][number]): StorageFinding {
  // What `reindex concurrently` builds beside the index that it replaces.
  const isCopy = /_cc(new|old)\d*$/.test(name)
  return {
    code: 'index_invalid',
    severity: 'warning',
    problem: `The index ${place} is invalid, because its build was interrupted: every write maintains it and no query uses it.`,
    remedy: `Run \`${isCopy ? 'drop' : 'reindex'} index concurrently ${place}\` as the owner of the tables.`,
  }
}

/** A dump by a bound role fails, or, with `--enable-row-security`, ends well without a row of any tenant. */
function backupRole({ role, dumping }: Catalog): StorageFinding {
  const [first] = dumping
  return {
    code: 'backup_role',
    severity: first === undefined ? 'warning' : 'notice',
    problem: `A dump by the role ${role} with --enable-row-security succeeds and holds no row of any tenant.`,
    remedy:
      first === undefined
        ? 'No role that may log in dumps every row. Give one BYPASSRLS and `select` on all tables. See docs/guide/row-level-security.md.'
        : `Dump as a role that no policy binds: ${dumping.join(', ')}. See docs/guide/row-level-security.md.`,
  }
}
