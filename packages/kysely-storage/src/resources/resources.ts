import type { ResourceKey, ResourceReads, ResourceRepository } from '@tenantry/core'
import { sql, type Insertable, type Updateable } from 'kysely'
import type { Sql } from '../database/dialect.js'
import { resourceLists } from './resource-lists.js'
import { labelList, resourceLabels } from './resource-labels.js'
import { fromChanges, fromResource, shareColumns, resourceColumns, toShare, toResource } from './resource-rows.js'
import type { ResourceTable } from '../schema/resource-tables.js'
import { resourcesOfUser } from './resources-of-user.js'
import { acrossTenants, ofTenant, type Executor } from '../statements/statement.js'

interface Owned {
  readonly tenantId: string
  readonly ownerId: string | undefined
}

interface Reassignment {
  readonly tenantId: string
  readonly from: string
  readonly to: string
  readonly type: string | undefined
  readonly id: string | undefined
}

/** What the row in its own tenant holds of a resource that is shared: nothing that people wrote. */
const away = { name: '', name_folded: '', attributes: '{}', size_bytes: 0 }

export function resources(given: Sql) {
  const { db, dialect } = given
  const labels = resourceLabels(given)
  const lists = resourceLists(given)
  const ofUser = resourcesOfUser(given)
  const keyed = ({ tenantId, type, id }: ResourceKey) =>
    db.selectFrom('resources').where('tenant_id', '=', tenantId).where('type', '=', type).where('id', '=', id)
  const changing = ({ tenantId, type, id }: ResourceKey) =>
    db.updateTable('resources').where('tenant_id', '=', tenantId).where('type', '=', type).where('id', '=', id)

  const find = ofTenant('tenantId', (key: ResourceKey) =>
    keyed(key)
      .select(resourceColumns)
      .select((eb) => labelList(eb, dialect, key.tenantId))
      .where('shared_with_tenant_id', 'is', null),
  )
  const findShare = ofTenant('tenantId', (key: ResourceKey) =>
    keyed(key).select(shareColumns).where('shared_with_tenant_id', 'is not', null),
  )
  const totals = ofTenant('tenantId', ({ tenantId }: { tenantId: string }) =>
    db
      .selectFrom('resources')
      .where('tenant_id', '=', tenantId)
      .where('shared_with_tenant_id', 'is', null)
      .select(({ fn }) => ['type', fn.countAll<number>().as('count')])
      // A sum of whole numbers could be too large for one.
      .select(sql<number>`sum(cast(size_bytes as double precision))`.as('size_bytes'))
      .groupBy('type')
      .orderBy('type'),
  )
  const totalsByOrganization = acrossTenants(({ organizationId }: { organizationId: string }) =>
    db
      .selectFrom('resources')
      .innerJoin('tenants', 'tenants.id', 'resources.tenant_id')
      .where('tenants.organization_id', '=', organizationId)
      .where('tenants.status', '<>', sql.lit('deleted' as const))
      .where('resources.shared_with_tenant_id', 'is', null)
      .select(({ fn }) => ['resources.type', fn.countAll<number>().as('count')])
      .select(sql<number>`sum(cast(size_bytes as double precision))`.as('size_bytes'))
      .groupBy('resources.type')
      .orderBy('resources.type'),
  )
  const listShares = ofTenant('tenantId', ({ tenantId, ownerId }: Owned) => {
    const query = db
      .selectFrom('resources')
      .select(shareColumns)
      .where('tenant_id', '=', tenantId)
      .where((eb) =>
        eb.or([
          eb('shared_with_tenant_id', 'is not', null),
          eb('owner_tenant_id', '<>', eb.ref('resources.tenant_id')),
        ]),
      )
      .orderBy('type')
      .orderBy('id')
    return ownerId === undefined ? query : query.where('owner_id', '=', ownerId)
  })
  const insert = ofTenant('tenant_id', (row: Insertable<ResourceTable>) => db.insertInto('resources').values(row))
  const update = ofTenant('tenantId', ({ tenantId, key, ofType, ...set }: Updateable<ResourceTable> & Changed) =>
    changing({ tenantId, type: ofType, id: key }).set(set).where('shared_with_tenant_id', 'is', null),
  )
  const markShared = ofTenant('tenantId', ({ to, ...key }: ResourceKey & { to: string }) =>
    changing(key)
      .set({ ...away, shared_with_tenant_id: to })
      .where('owner_tenant_id', '=', key.tenantId)
      .where('shared_with_tenant_id', 'is', null),
  )
  const bringBack = ofTenant(
    'tenantId',
    ({ tenantId, key, ofType, from, ...set }: Updateable<ResourceTable> & Changed & { from: string }) =>
      changing({ tenantId, type: ofType, id: key })
        .set({ ...set, shared_with_tenant_id: null })
        .where('shared_with_tenant_id', '=', from),
  )
  const remove = ofTenant('tenantId', ({ tenantId, type, id }: ResourceKey) =>
    db.deleteFrom('resources').where('tenant_id', '=', tenantId).where('type', '=', type).where('id', '=', id),
  )
  const reassign = ofTenant('tenantId', ({ tenantId, from, to, type, id }: Reassignment) => {
    const query = db
      .updateTable('resources')
      .set({ owner_id: to })
      .where('tenant_id', '=', tenantId)
      .where('owner_id', '=', from)
      .where('owner_tenant_id', '=', tenantId)
      .where('shared_with_tenant_id', 'is', null)
    return type === undefined || id === undefined ? query : query.where('type', '=', type).where('id', '=', id)
  })

  const reads = (executor: Executor): ResourceReads => ({
    ...lists(executor),
    ...ofUser(executor),
    async find({ tenantId, type, id }) {
      const row = await find.first(executor, { tenantId, type, id })
      return row && toResource(row)
    },
    async totals({ tenantId }) {
      const rows = await totals.all(executor, { tenantId })
      // A driver may leave a fraction, which this is for the database, as text.
      return rows.map(({ type, count, size_bytes: sum }) => ({ type, count, sizeBytes: Number(sum) }))
    },
    async totalsByOrganization({ organizationId }) {
      const rows = await totalsByOrganization.all(executor, { organizationId })
      return rows.map(({ type, count, size_bytes: sum }) => ({ type, count, sizeBytes: Number(sum) }))
    },
    async findShare({ ownerTenantId, type, id }) {
      const row = await findShare.first(executor, { tenantId: ownerTenantId, type, id })
      return row && toShare(row)
    },
    async listShares({ tenantId, ownerId }) {
      return (await listShares.all(executor, { tenantId, ownerId })).map(toShare)
    },
  })

  const repository = (executor: Executor): ResourceRepository => {
    const read = reads(executor)

    return {
      ...read,
      async insert(resource) {
        await insert.affect(executor, fromResource(resource))
        await labels.add(executor, resource, resource.labels)
      },
      async update({ tenantId, type, id, set }) {
        const columns = fromChanges(set)
        const empty = Object.values(columns).every((value) => value === undefined)
        const isSeen = empty
          ? (await read.find({ tenantId, type, id })) !== null
          : (await update.affect(executor, { ...columns, tenantId, ofType: type, key: id })) > 0
        if (!isSeen || set.labels === undefined) return isSeen
        await labels.remove(executor, { tenantId, type, id })
        await labels.add(executor, { tenantId, type, id }, set.labels)
        return true
      },
      async delete({ tenantId, type, id }) {
        const resource = await read.find({ tenantId, type, id })
        if (!resource) return false
        const { ownerTenantId } = resource
        if (ownerTenantId !== tenantId) await remove.affect(executor, { tenantId: ownerTenantId, type, id })
        return (await remove.affect(executor, { tenantId, type, id })) > 0
      },
      async share({ tenantId, type, id, to, at }) {
        const resource = await read.find({ tenantId, type, id })
        if (!resource || (await markShared.affect(executor, { tenantId, type, id, to })) === 0) return false
        await labels.remove(executor, resource)
        const shared = { ...resource, tenantId: to, visibility: 'tenant', updatedAt: at, activeAt: at } as const
        await insert.affect(executor, fromResource(shared))
        await labels.add(executor, shared, shared.labels)
        return true
      },
      async unshare({ tenantId, type, id, at }) {
        const resource = await read.find({ tenantId, type, id })
        if (!resource || resource.ownerTenantId === tenantId) return false
        await remove.affect(executor, { tenantId, type, id })
        const columns = fromChanges({ ...resource, visibility: 'private', updatedAt: at, activeAt: at })
        const owner = { tenantId: resource.ownerTenantId, type, id }
        const row = { tenantId: owner.tenantId, ofType: type, key: id, from: tenantId }
        const isBack = (await bringBack.affect(executor, { ...columns, ...row })) > 0
        if (isBack) await labels.add(executor, owner, resource.labels)
        return isBack
      },
      async reassign({ tenantId, from, to, only }) {
        return reassign.affect(executor, { tenantId, from, to, type: only?.type, id: only?.id })
      },
    }
  }
  return { reads, repository }
}

/** Which row changes; apart from the columns that change. */
interface Changed {
  readonly tenantId: string
  readonly ofType: string
  readonly key: string
}
