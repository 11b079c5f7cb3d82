import type { JoinRequest, JoinRequestReads, JoinRequestRepository, JoinRequestStatus } from '@tenantry/core'
import { sql, type Insertable, type Selection } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { Sql } from '../database/dialect.js'
import type { JoinRequestTable } from '../schema/join-request-table.js'
import { onePageById, pageArguments, type PageArguments } from '../statements/keyset.js'
import { statusOfTenant } from '../statements/active-status.js'
import { acrossTenants, ofTenant, type Executor } from '../statements/statement.js'
import { toUser, userColumns } from '../users/user-rows.js'

const requestColumns = [
  'join_requests.tenant_id as j_tenant_id',
  'join_requests.id as j_id',
  'join_requests.user_id as j_user_id',
  'join_requests.message as j_message',
  'join_requests.status as j_status',
  'join_requests.created_at as j_created_at',
  'join_requests.resolved_at as j_resolved_at',
  'join_requests.decided_by as j_decided_by',
] as const

function toRequest(row: Selection<Tables, 'join_requests', (typeof requestColumns)[number]>): JoinRequest {
  return {
    id: row.j_id,
    tenantId: row.j_tenant_id,
    userId: row.j_user_id,
    message: row.j_message,
    status: row.j_status,
    createdAt: row.j_created_at,
    resolvedAt: row.j_resolved_at,
    decidedBy: row.j_decided_by,
  }
}

interface OfOneUser {
  readonly tenantId: string
  readonly userId: string
}

interface Filter {
  readonly tenantId: string
  readonly status: JoinRequestStatus | undefined
}

const pending = sql.lit('pending' as const)

export function joinRequests({ db, dialect }: Sql) {
  const every = (tenantId: string) => db.selectFrom('join_requests').where('join_requests.tenant_id', '=', tenantId)
  const find = ofTenant('tenantId', ({ tenantId, id }: { tenantId: string; id: string }) =>
    every(tenantId).select(requestColumns).where('id', '=', id),
  )
  const findPending = ofTenant('tenantId', ({ tenantId, userId }: OfOneUser) =>
    every(tenantId).select(requestColumns).where('user_id', '=', userId).where('status', '=', pending),
  )
  const lastRejected = ofTenant('tenantId', ({ tenantId, userId }: OfOneUser) =>
    every(tenantId)
      .select(({ fn }) => fn.max('resolved_at').as('at'))
      .where('user_id', '=', userId)
      .where('status', '=', sql.lit('rejected' as const)),
  )
  const listed = ({ tenantId, status }: Filter) =>
    status === undefined ? every(tenantId) : every(tenantId).where('join_requests.status', '=', status)
  const list = ofTenant('tenantId', (given: PageArguments & Filter) =>
    onePageById(
      dialect,
      listed(given).innerJoin('users', 'users.id', 'join_requests.user_id').select(requestColumns).select(userColumns),
      listed(given),
      ['join_requests.created_at', 'join_requests.id'],
      'descending',
      given,
    ),
  )
  const count = ofTenant('tenantId', (given: Filter) =>
    listed(given).select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const countPendingByUser = acrossTenants(({ userId }: { userId: string }) =>
    db
      .selectFrom('join_requests')
      .where('join_requests.user_id', '=', userId)
      .where('join_requests.status', '=', pending)
      .where(statusOfTenant(db, 'join_requests.tenant_id'), '<>', sql.lit('deleted' as const))
      .select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const insert = ofTenant('tenant_id', (row: Insertable<JoinRequestTable>) =>
    db.insertInto('join_requests').values(row),
  )
  const resolve = ofTenant(
    'tenantId',
    (given: { tenantId: string; id: string; status: JoinRequestStatus; at: number; decidedBy: string | null }) =>
      db
        .updateTable('join_requests')
        .set({ status: given.status, resolved_at: given.at, decided_by: given.decidedBy })
        .where('tenant_id', '=', given.tenantId)
        .where('id', '=', given.id)
        .where('status', '=', pending),
  )
  const deleteByUser = acrossTenants(({ userId }: { userId: string }) =>
    db.deleteFrom('join_requests').where('user_id', '=', userId),
  )

  const reads = (executor: Executor): JoinRequestReads => ({
    async find({ tenantId, id }) {
      const row = await find.first(executor, { tenantId, id })
      return row && toRequest(row)
    },
    async findPending({ tenantId, userId }) {
      const row = await findPending.first(executor, { tenantId, userId })
      return row && toRequest(row)
    },
    async lastRejectedAt({ tenantId, userId }) {
      return (await lastRejected.first(executor, { tenantId, userId }))?.at ?? null
    },
    async list({ tenantId, status, page }) {
      const rows = await list.all(executor, { tenantId, status, ...pageArguments(page) })
      return rows.map((row) => ({ ...toRequest(row), user: toUser(row) }))
    },
    async count({ tenantId, status }) {
      return (await count.first(executor, { tenantId, status }))?.count ?? 0
    },
    async countPendingByUser(userId) {
      return (await countPendingByUser.first(executor, { userId }))?.count ?? 0
    },
  })

  const repository = (executor: Executor): JoinRequestRepository => ({
    ...reads(executor),
    async insert(request) {
      await insert.affect(executor, {
        tenant_id: request.tenantId,
        id: request.id,
        user_id: request.userId,
        message: request.message,
        status: request.status,
        created_at: request.createdAt,
        resolved_at: request.resolvedAt,
        decided_by: request.decidedBy,
      })
    },
    async resolve({ tenantId, id, status, at, decidedBy }) {
      return (await resolve.affect(executor, { tenantId, id, status, at, decidedBy })) > 0
    },
    deleteByUser: (userId) => deleteByUser.affect(executor, { userId }),
  })

  return { reads, repository }
}
