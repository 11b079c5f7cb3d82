import type { DeviceAuthorization, DeviceAuthorizationReads, DeviceAuthorizationRepository } from '@tenantry/core'
import { sql, type Insertable, type Selectable } from 'kysely'
import type { Sql } from '../database/dialect.js'
import { statement, type Executor } from '../statements/statement.js'
import type { DeviceAuthorizationTable } from '../schema/token-tables.js'

const columns = ['id', 'client_id', 'label', 'status', 'user_id', 'network', 'created_at', 'expires_at'] as const

type DeviceRow = Pick<Selectable<DeviceAuthorizationTable>, (typeof columns)[number]>

function toDeviceAuthorization(row: DeviceRow): DeviceAuthorization {
  return {
    id: row.id,
    clientId: row.client_id,
    label: row.label,
    status: row.status,
    userId: row.user_id,
    network: row.network,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}

export function deviceAuthorizations({ db }: Sql) {
  const findByDeviceCode = statement(({ hash }: { hash: string }) =>
    db.selectFrom('device_authorizations').select(columns).where('device_code_hash', '=', hash),
  )
  const findByUserCode = statement(({ hash }: { hash: string }) =>
    db.selectFrom('device_authorizations').select(columns).where('user_code_hash', '=', hash),
  )
  const insert = statement((row: Insertable<DeviceAuthorizationTable>) =>
    db.insertInto('device_authorizations').values(row),
  )
  const resolve = statement((given: { id: string; status: 'approved' | 'denied'; userId: string; now: number }) =>
    db
      .updateTable('device_authorizations')
      .set({ status: given.status, user_id: given.userId })
      .where('id', '=', given.id)
      .where('status', '=', sql.lit('pending' as const))
      .where('expires_at', '>', given.now),
  )
  const redeem = statement(({ id, now }: { id: string; now: number }) =>
    db
      .updateTable('device_authorizations')
      .set({ status: sql.lit('redeemed' as const) })
      .where('id', '=', id)
      .where('status', '=', sql.lit('approved' as const))
      .where('expires_at', '>', now),
  )
  const denyApprovedBy = statement(({ userId }: { userId: string }) =>
    db
      .updateTable('device_authorizations')
      .set({ status: sql.lit('denied' as const) })
      .where('user_id', '=', userId)
      .where('status', '=', sql.lit('approved' as const)),
  )
  const sweep = statement(({ now }: { now: number }) =>
    db.deleteFrom('device_authorizations').where('expires_at', '<=', now),
  )

  const reads = (executor: Executor): DeviceAuthorizationReads => ({
    async findByDeviceCode(hash) {
      const row = await findByDeviceCode.first(executor, { hash })
      return row && toDeviceAuthorization(row)
    },
    async findByUserCode(hash) {
      const row = await findByUserCode.first(executor, { hash })
      return row && toDeviceAuthorization(row)
    },
  })

  const repository = (executor: Executor): DeviceAuthorizationRepository => ({
    ...reads(executor),
    async insert(authorization, { deviceCodeHash, userCodeHash }) {
      await insert.affect(executor, {
        id: authorization.id,
        device_code_hash: deviceCodeHash,
        user_code_hash: userCodeHash,
        client_id: authorization.clientId,
        label: authorization.label,
        status: authorization.status,
        user_id: authorization.userId,
        network: authorization.network,
        created_at: authorization.createdAt,
        expires_at: authorization.expiresAt,
      })
    },
    async resolve({ id, status, userId, now }) {
      return (await resolve.affect(executor, { id, status, userId, now })) > 0
    },
    async redeem({ id, now }) {
      return (await redeem.affect(executor, { id, now })) > 0
    },
    async denyApprovedBy(userId) {
      return denyApprovedBy.affect(executor, { userId })
    },
    async sweep(now) {
      return sweep.affect(executor, { now })
    },
  })

  return { reads, repository }
}
