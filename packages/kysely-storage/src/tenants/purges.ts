import { StorageError, type PurgeReads, type PurgeRepository } from '@tenantry/core'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { tableNames, type Tables, tables, tablesOfTenants } from '../schema/tables.js'
import type { Sql } from '../database/dialect.js'
import { memberCount } from '../members/member-count.js'
import { onePage, pageArguments, type PageArguments } from '../statements/keyset.js'
import { acrossTenants, ofTenant, statement, type Executor, type Statement } from '../statements/statement.js'

type Removal = Statement<{ tenantId: string; limit: number }, unknown>

/** Removes some rows of one tenant from a table, those for which `where` holds. */
function someOf(
  db: Kysely<Tables>,
  table: keyof Tables,
  keys: readonly string[],
  where: (tenantId: string) => RawBuilder<unknown> = () => sql`true`,
) {
  const others = keys.filter((key) => key !== 'tenant_id')
  const columns = sql.join(others.map((key) => sql.ref(key)))
  return ({ tenantId, limit }: { tenantId: string; limit: number }) => {
    const all = sql`delete from ${sql.table(table)} where tenant_id = ${tenantId}`
    const some = sql`${all} and (${columns}) in (
      select ${columns} from ${sql.table(table)} where tenant_id = ${tenantId} and ${where(tenantId)} limit ${limit})`
    // Of a table whose key is the tenant, there is one row.
    return { compile: () => (others.length > 0 ? some : all).compile(db) }
  }
}

/** The statements that empty a tenant, in an order that no foreign key forbids. `members` is among them. */
function removals(db: Kysely<Tables>, members: Removal): readonly Removal[] {
  const scope = sql`scope_kind = 'tenant' and scope_id`
  const ofScope = (table: keyof Tables, key: string) =>
    statement(({ tenantId, limit }: { tenantId: string; limit: number }) => ({
      compile: () =>
        sql`delete from ${sql.table(table)} where ${scope} = ${tenantId} and ${sql.ref(key)} in (
          select ${sql.ref(key)} from ${sql.table(table)} where ${scope} = ${tenantId} limit ${limit})`.compile(db),
    }))
  const removalsFrom = (table: keyof Tables): readonly Removal[] => {
    const { key, purge } = tables[table]
    if (purge === 'scope') return [ofScope(table, key.at(-1) ?? key[0])]
    if (purge !== 'rows') return []
    const some = someOf(db, table, key)
    return [table in tablesOfTenants ? ofTenant('tenantId', some) : statement(some)]
  }
  // It names the tenant once more, so that a database of several nodes asks one.
  const isNotLast = (tenantId: string) =>
    sql`seq < (select max(seq) from ${sql.table('tenant_events')} where tenant_id = ${tenantId})`
  return [
    ...tableNames.flatMap(removalsFrom),
    members,
    ofTenant('tenantId', someOf(db, 'tenant_events', ['seq'], isNotLast)),
  ]
}

/** The members, without the owner, who goes with the tenant. The tenant is named as above. */
function membersOf(db: Kysely<Tables>): Removal {
  const isNoOwner = (tenantId: string) =>
    sql`user_id <> (select owner_id from ${sql.table('tenants')} where id = ${tenantId})`
  return ofTenant('tenantId', someOf(db, 'memberships', ['user_id'], isNoOwner))
}

export function purges({ db, dialect }: Sql) {
  const listDue = acrossTenants((given: PageArguments & { deletedBefore: number }) => {
    const query = db
      .selectFrom('tenants')
      .select(['id', 'owner_id', 'deleted_at'])
      .where('status', '=', sql.lit('deleted' as const))
      .where('deleted_at', '<=', given.deletedBefore)
      .$narrowType<{ deleted_at: number }>()
    return onePage(query, ['deleted_at', 'id'], 'ascending', given)
  })
  const begin = ofTenant('tenantId', (given: { tenantId: string; deletedBefore: number; at: number }) =>
    db
      .updateTable('tenants')
      .set({ purge_began_at: sql<number>`coalesce(purge_began_at, ${given.at})` })
      .where('id', '=', given.tenantId)
      .where('status', '=', sql.lit('deleted' as const))
      .where('deleted_at', '<=', given.deletedBefore),
  )
  const isMarked = ofTenant('tenantId', ({ tenantId }: { tenantId: string }) =>
    db.selectFrom('tenants').select('id').where('id', '=', tenantId).where('purge_began_at', '>=', sql.lit(0)),
  )
  const members = membersOf(db)
  const steps = removals(db, members)
  const inTheTenant = memberCount({ db, dialect })
  const removeLastEvent = ofTenant('tenantId', ({ tenantId }: { tenantId: string }) =>
    db.deleteFrom('tenant_events').where('tenant_id', '=', tenantId),
  )
  const freeSlug = statement(({ tenantId }: { tenantId: string }) =>
    db.deleteFrom('tenant_slugs').where('tenant_id', '=', tenantId),
  )
  const removeOwner = ofTenant('tenantId', ({ tenantId }: { tenantId: string }) =>
    db.deleteFrom('memberships').where('tenant_id', '=', tenantId),
  )
  const removeTenant = ofTenant('tenantId', ({ tenantId }: { tenantId: string }) =>
    db.deleteFrom('tenants').where('id', '=', tenantId),
  )

  const reads = (executor: Executor): PurgeReads => ({
    async listDue({ deletedBefore, limit, after }) {
      const rows = await listDue.all(executor, { deletedBefore, ...pageArguments({ limit, after }) })
      return rows.map((row) => ({ id: row.id, ownerId: row.owner_id, deletedAt: row.deleted_at }))
    },
  })

  /** Asked while the tenant is whole: one that a row of the host keeps would lose all else, and could not be restored. */
  async function assertKeptByNobody(executor: Executor, tenantId: string) {
    const keys = await executor.executeQuery(dialect.foreignKeys().compile(db))
    for (const { name, table, column } of keys.rows) {
      const query = sql`select 1 from ${sql.raw(table)} where ${sql.raw(column)} = ${tenantId} limit 1`.compile(db)
      const { rows } = await executor.executeQuery({ ...query, tenant: tenantId })
      if (rows.length === 0) continue
      throw new StorageError(
        'conflict',
        `The foreign key ${name} of the table ${table}, which is not of Tenantry, keeps the tenant from being purged. ` +
          'Remove its rows, or let them go by `on delete`. See docs/guide/referring-to-our-tables.md.',
      )
    }
  }

  const repository = (executor: Executor): PurgeRepository => {
    async function deleteBatch({ tenantId, limit }: { readonly tenantId: string; readonly limit: number }) {
      if (!(await isMarked.first(executor, { tenantId }))) return 0
      let removed = 0
      for (const step of steps) {
        if (removed >= limit) break
        const some = await step.affect(executor, { tenantId, limit: limit - removed })
        if (step === members && some > 0) await inTheTenant.change(executor, tenantId, -some)
        removed += some
      }
      return removed
    }
    return {
      ...reads(executor),
      async begin(change) {
        if ((await begin.affect(executor, change)) === 0) return false
        await assertKeptByNobody(executor, change.tenantId)
        return true
      },
      deleteBatch,
      async complete(tenantId) {
        if (!(await isMarked.first(executor, { tenantId }))) return false
        if ((await deleteBatch({ tenantId, limit: 1 })) > 0) return false
        await removeLastEvent.affect(executor, { tenantId })
        await freeSlug.affect(executor, { tenantId })
        await removeOwner.affect(executor, { tenantId })
        return (await removeTenant.affect(executor, { tenantId })) > 0
      },
    }
  }

  return { reads, repository }
}
