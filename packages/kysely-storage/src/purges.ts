import type { PurgeReads, PurgeRepository } from '@tenantry/core'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Tables } from './database.js'
import type { Sql } from './dialect.js'
import { beyond } from './keyset.js'
import { acrossTenants, ofTenant, statement, type Executor, type Statement } from './statement.js'
import type { tablesOfTenants } from './tables-of-tenants.js'

type Removal = Statement<{ tenantId: string; limit: number }, unknown>

/** What has rules of its own: the tenant stays till last, and with it its owner and its last event. */
type Kept = 'tenants' | 'memberships' | 'membership_roles' | 'tenant_events'

/** By which columns some of a tenant's rows are picked. A table of tenants is purged, or this does not compile. */
const keysOf: Readonly<Record<Exclude<keyof typeof tablesOfTenants, Kept>, readonly [string, ...string[]]>> = {
  invitations: ['id'],
  join_requests: ['id'],
  former_members: ['user_id'],
  ownership_transfers: ['owner_id'],
  files: ['id'],
  comments: ['resource_type', 'resource_id', 'id'],
  resource_labels: ['resource_type', 'resource_id', 'kind', 'label'],
  resources: ['type', 'id'],
  notifications: ['user_id', 'id'],
  tenant_roles: ['key'],
}

/** Removes some rows of one tenant from a table, those for which `where` holds. */
function someOf(
  db: Kysely<Tables>,
  table: keyof Tables,
  keys: readonly string[],
  where: (tenantId: string) => RawBuilder<unknown> = () => sql`true`,
) {
  const columns = sql.join(keys.map((key) => sql.ref(key)))
  return ({ tenantId, limit }: { tenantId: string; limit: number }) => ({
    compile: () =>
      sql`delete from ${sql.table(table)} where tenant_id = ${tenantId} and (${columns}) in (
        select ${columns} from ${sql.table(table)} where tenant_id = ${tenantId} and ${where(tenantId)} limit ${limit})`.compile(
        db,
      ),
  })
}

/** The statements that empty a tenant, in an order that no foreign key forbids. */
function removals(db: Kysely<Tables>): readonly Removal[] {
  const scope = sql`scope_kind = 'tenant' and scope_id`
  const inDirectory = (table: 'invitation_tokens' | 'mailed_invitation_tokens' | 'mails', key: string) =>
    statement(someOf(db, table, [key]))
  const ofScope = (table: 'relay_chains' | 'notification_chains' | 'dead_events', key: string) =>
    statement(({ tenantId, limit }: { tenantId: string; limit: number }) => ({
      compile: () =>
        sql`delete from ${sql.table(table)} where ${scope} = ${tenantId} and ${sql.ref(key)} in (
          select ${sql.ref(key)} from ${sql.table(table)} where ${scope} = ${tenantId} limit ${limit})`.compile(db),
    }))
  // Each names the tenant once more, so that a database of several nodes asks one.
  const isNoOwner = (tenantId: string) =>
    sql`user_id <> (select owner_id from ${sql.table('tenants')} where id = ${tenantId})`
  const isNotLast = (tenantId: string) =>
    sql`seq < (select max(seq) from ${sql.table('tenant_events')} where tenant_id = ${tenantId})`
  return [
    ofScope('relay_chains', 'scope_id'),
    ofScope('notification_chains', 'scope_id'),
    ofScope('dead_events', 'id'),
    inDirectory('mails', 'id'),
    inDirectory('invitation_tokens', 'token_hash'),
    inDirectory('mailed_invitation_tokens', 'token_hash'),
    // Object.entries forgets which keys there are.
    ...Object.entries(keysOf).map(([table, keys]) => ofTenant('tenantId', someOf(db, table as keyof Tables, keys))),
    ofTenant('tenantId', someOf(db, 'memberships', ['user_id'], isNoOwner)),
    ofTenant('tenantId', someOf(db, 'tenant_events', ['seq'], isNotLast)),
  ]
}

export function purges({ db }: Sql) {
  const listDue = acrossTenants(
    (given: { deletedBefore: number; limit: number; afterAt: number | undefined; afterId: string | undefined }) => {
      const query = db
        .selectFrom('tenants')
        .select(['id', 'owner_id', 'deleted_at'])
        .where('status', '=', sql.lit('deleted' as const))
        .where('deleted_at', '<=', given.deletedBefore)
        .$narrowType<{ deleted_at: number }>()
        .orderBy('deleted_at')
        .orderBy('id')
        .limit(given.limit)
      if (given.afterAt === undefined) return query
      const page = { limit: given.limit, offset: undefined, afterAt: given.afterAt, afterId: given.afterId }
      return query.where(beyond(['deleted_at', 'id'], 'ascending', page))
    },
  )
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
  const steps = removals(db)
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
      const rows = await listDue.all(executor, { deletedBefore, limit, afterAt: after?.at, afterId: after?.id })
      return rows.map((row) => ({ id: row.id, ownerId: row.owner_id, deletedAt: row.deleted_at }))
    },
  })

  const repository = (executor: Executor): PurgeRepository => {
    async function removeSome({ tenantId, limit }: { readonly tenantId: string; readonly limit: number }) {
      if (!(await isMarked.first(executor, { tenantId }))) return 0
      let removed = 0
      for (const step of steps) {
        if (removed < limit) removed += await step.affect(executor, { tenantId, limit: limit - removed })
      }
      return removed
    }
    return {
      ...reads(executor),
      begin: async (change) => (await begin.affect(executor, change)) > 0,
      removeSome,
      async finish(tenantId) {
        if (!(await isMarked.first(executor, { tenantId }))) return false
        if ((await removeSome({ tenantId, limit: 1 })) > 0) return false
        await removeLastEvent.affect(executor, { tenantId })
        await freeSlug.affect(executor, { tenantId })
        await removeOwner.affect(executor, { tenantId })
        return (await removeTenant.affect(executor, { tenantId })) > 0
      },
    }
  }

  return { reads, repository }
}
