import type { RoleKeyOfTenant, RoleReads, RoleRepository } from '@tenantry/core'
import type { Insertable, Updateable } from 'kysely'
import type { TenantRoleTable } from '../schema/tenant-tables.js'
import type { Sql } from '../database/dialect.js'
import { fromRole, roleColumns, toRole } from './role-rows.js'
import { ofTenant, type Executor } from '../statements/statement.js'

type Key = Pick<RoleKeyOfTenant, 'tenantId' | 'key'>

export function roles({ db }: Sql) {
  const every = (tenantId: string) => db.selectFrom('tenant_roles').where('tenant_id', '=', tenantId)
  const find = ofTenant('tenantId', ({ tenantId, key }: Key) =>
    every(tenantId).select(roleColumns).where('key', '=', key),
  )
  const list = ofTenant('tenantId', ({ tenantId }: { tenantId: string }) =>
    every(tenantId).select(roleColumns).orderBy('key'),
  )
  const count = ofTenant('tenantId', ({ tenantId }: { tenantId: string }) =>
    every(tenantId).select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const insert = ofTenant('tenant_id', (row: Insertable<TenantRoleTable>) => db.insertInto('tenant_roles').values(row))
  const update = ofTenant('tenantId', ({ tenantId, of, ...set }: Updateable<TenantRoleTable> & Of) =>
    db.updateTable('tenant_roles').set(set).where('tenant_id', '=', tenantId).where('key', '=', of),
  )
  const remove = ofTenant('tenantId', ({ tenantId, key }: Key) =>
    db.deleteFrom('tenant_roles').where('tenant_id', '=', tenantId).where('key', '=', key),
  )

  const reads = (executor: Executor): RoleReads => ({
    async find({ tenantId, key }) {
      const row = await find.first(executor, { tenantId, key })
      return row && toRole(row)
    },
    async list(tenantId) {
      return (await list.all(executor, { tenantId })).map(toRole)
    },
    async count(tenantId) {
      return (await count.first(executor, { tenantId }))?.count ?? 0
    },
  })

  const repository = (executor: Executor): RoleRepository => ({
    ...reads(executor),
    async insert({ tenantId, key, name, rank, permissions, createdAt }) {
      await insert.affect(executor, {
        tenant_id: tenantId,
        key,
        name,
        rank,
        permissions: JSON.stringify(permissions),
        created_at: createdAt,
      })
    },
    async update({ tenantId, key, set }) {
      const columns = fromRole(set)
      if (Object.values(columns).every((value) => value === undefined))
        return (await find.first(executor, { tenantId, key })) !== null
      return (await update.affect(executor, { ...columns, tenantId, of: key })) > 0
    },
    async delete({ tenantId, key }) {
      return (await remove.affect(executor, { tenantId, key })) > 0
    },
  })

  return { reads, repository }
}

interface Of {
  readonly tenantId: string
  readonly of: string
}
