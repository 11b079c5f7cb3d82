import type { TenantReads, TenantRepository, TenantStatus } from '@tenantry/core'
import { sql, type Insertable, type Updateable } from 'kysely'
import type { TenantTable } from '../schema/tenant-tables.js'
import type { Sql } from '../database/dialect.js'
import { onePage, pageArguments, type PageArguments } from '../statements/keyset.js'
import { membershipColumns, toMembership } from '../members/membership-rows.js'
import { isActiveTenant, statusOfTenant } from '../statements/active-status.js'
import { acrossTenants, ofTenant, statement, type Executor } from '../statements/statement.js'
import { fromTenant, tenantColumns, toTenant } from './tenant-rows.js'

export function tenants({ db, dialect }: Sql) {
  const find = ofTenant('id', ({ id }: { id: string }) =>
    db.selectFrom('tenants').select(tenantColumns).where('id', '=', id),
  )

  // Whose a slug is, is on every node; the tenant is on one, so it is asked for by its id.
  const locate = statement(({ slug }: { slug: string }) =>
    db.selectFrom('tenant_slugs').select('tenant_id').where('slug', '=', slug),
  )

  const usable = (userId: string) =>
    db
      .selectFrom('memberships')
      .where('memberships.user_id', '=', userId)
      .where('memberships.active', '=', sql.lit(dialect.boolean(true)))
  const ofUser = (userId: string) =>
    usable(userId)
      .innerJoin('tenants', 'tenants.id', 'memberships.tenant_id')
      .where(isActiveTenant)
      .select(tenantColumns)
      .select(membershipColumns)
  const listByUser = acrossTenants((given: PageArguments & { userId: string; counted: true | undefined }) =>
    onePage(
      ofUser(given.userId).select((eb) =>
        sql<number | null>`${given.counted ? eb.ref('tenants.member_count') : null}`.as('members_count'),
      ),
      ['memberships.created_at', 'memberships.tenant_id'],
      'ascending',
      given,
    ),
  )
  const countByUser = acrossTenants(({ userId }: { userId: string }) =>
    usable(userId)
      .where(statusOfTenant(db, 'memberships.tenant_id'), '=', sql.lit('active' as const))
      .select(({ fn }) => fn.countAll<number>().as('count')),
  )
  // Where somebody works is beside their account; the tenant, on another server perhaps, is asked for by its id.
  const chosen = statement(({ userId }: { userId: string }) =>
    db.selectFrom('user_states').select('current_tenant_id').where('user_id', '=', userId),
  )
  const open = ofTenant('tenantId', ({ tenantId, userId }: { tenantId: string; userId: string }) =>
    ofUser(userId).where('memberships.tenant_id', '=', tenantId).where('tenants.id', '=', tenantId),
  )

  const everyTenant = () => db.selectFrom('tenants').where('status', '<>', sql.lit('deleted' as const))
  const listAll = acrossTenants((given: PageArguments) =>
    onePage(everyTenant().select(tenantColumns), ['created_at', 'id'], 'descending', given),
  )
  const countAll = acrossTenants(() => everyTenant().select(({ fn }) => fn.countAll<number>().as('count')))

  const ofOrganization = (organizationId: string) => everyTenant().where('organization_id', '=', organizationId)
  const listByOrganization = acrossTenants((given: PageArguments & { organizationId: string }) =>
    onePage(ofOrganization(given.organizationId).select(tenantColumns), ['created_at', 'id'], 'ascending', given),
  )
  const countByOrganization = acrossTenants(({ organizationId }: { organizationId: string }) =>
    ofOrganization(organizationId).select(({ fn }) => fn.countAll<number>().as('count')),
  )

  const insert = ofTenant('id', (row: Insertable<TenantTable>) => db.insertInto('tenants').values(row))
  const update = ofTenant(
    'key',
    ({ key, expected, ...set }: Updateable<TenantTable> & { key: string; expected: TenantStatus }) =>
      db.updateTable('tenants').set(set).where('id', '=', key).where('status', '=', expected),
  )
  const move = ofTenant(
    'id',
    ({ id, from, to, deletedAt }: { id: string; from: TenantStatus; to: TenantStatus; deletedAt: number | null }) =>
      db
        .updateTable('tenants')
        .set({ status: to, deleted_at: deletedAt })
        .where('id', '=', id)
        .where('status', '=', from)
        .where('purge_began_at', 'is', null),
  )
  const hasStatus = ofTenant('id', ({ id, status }: { id: string; status: TenantStatus }) =>
    db.selectFrom('tenants').select('id').where('id', '=', id).where('status', '=', status),
  )
  const takeSlug = statement((row: { slug: string; tenant_id: string }) => db.insertInto('tenant_slugs').values(row))
  const freeSlug = statement(({ tenantId }: { tenantId: string }) =>
    db.deleteFrom('tenant_slugs').where('tenant_id', '=', tenantId),
  )

  const reads = (executor: Executor): TenantReads => ({
    async find(id) {
      const row = await find.first(executor, { id })
      return row && toTenant(row)
    },
    findIdBySlug: async (slug) => (await locate.first(executor, { slug }))?.tenant_id ?? null,
    async listByUser({ userId, countMembers, page }) {
      const rows = await listByUser.all(executor, {
        userId,
        counted: countMembers ? true : undefined,
        ...pageArguments(page),
      })
      return rows.map((row) => ({
        tenant: toTenant(row),
        membership: toMembership(row),
        membersCount: row.members_count,
      }))
    },
    async countByUser({ userId }) {
      return (await countByUser.first(executor, { userId }))?.count ?? 0
    },
    async listAll({ page }) {
      return (await listAll.all(executor, pageArguments(page))).map(toTenant)
    },
    async countAll() {
      return (await countAll.first(executor, {}))?.count ?? 0
    },
    async listByOrganization({ organizationId, page }) {
      return (await listByOrganization.all(executor, { organizationId, ...pageArguments(page) })).map(toTenant)
    },
    async countByOrganization({ organizationId }) {
      return (await countByOrganization.first(executor, { organizationId }))?.count ?? 0
    },
    async current({ userId }) {
      const tenantId = (await chosen.first(executor, { userId }))?.current_tenant_id ?? null
      const row =
        (tenantId === null ? null : await open.first(executor, { tenantId, userId })) ??
        (await listByUser.first(executor, { userId, counted: undefined, ...pageArguments({ limit: 1 }) }))
      return row && { tenant: toTenant(row), membership: toMembership(row) }
    },
  })

  const repository = (executor: Executor): TenantRepository => ({
    ...reads(executor),
    async insert(tenant) {
      // A whole tenant has every field, so every column is there.
      const columns = fromTenant(tenant) as Insertable<TenantTable>
      const { id, type, status, createdAt, deletedAt, slug, organizationId } = tenant
      const fixed = {
        id,
        type,
        status,
        created_at: createdAt,
        deleted_at: deletedAt,
        organization_id: organizationId,
        member_count: 0,
      }
      await insert.affect(executor, { ...columns, ...fixed })
      if (slug !== null) await takeSlug.affect(executor, { slug, tenant_id: id })
    },
    async update({ id, status, set }) {
      const columns = fromTenant(set)
      const empty = Object.values(columns).every((value) => value === undefined)
      const changed = empty
        ? (await hasStatus.first(executor, { id, status })) !== null
        : (await update.affect(executor, { ...columns, key: id, expected: status })) > 0
      if (!changed || set.slug === undefined) return changed
      await freeSlug.affect(executor, { tenantId: id })
      if (set.slug !== null) await takeSlug.affect(executor, { slug: set.slug, tenant_id: id })
      return true
    },
    async setStatus({ id, from, to, deletedAt = null }) {
      return (await move.affect(executor, { id, from, to, deletedAt })) > 0
    },
  })

  return { reads, repository }
}
