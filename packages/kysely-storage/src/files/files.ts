import type { FileReads, FileRepository, StoredFile } from '@tenantry/core'
import type { FileTable } from '../schema/file-table.js'
import type { Sql } from '../database/dialect.js'
import { ofTenant, type Executor } from '../statements/statement.js'

const fileColumns = ['tenant_id', 'id', 'purpose', 'content_type', 'bytes', 'created_at'] as const

export function files({ db }: Sql) {
  const find = ofTenant('tenantId', ({ tenantId, id }: { tenantId: string; id: string }) =>
    db.selectFrom('files').select(fileColumns).where('tenant_id', '=', tenantId).where('id', '=', id),
  )
  const insert = ofTenant('tenant_id', (row: FileTable) => db.insertInto('files').values(row), { deferrable: true })
  const list = ofTenant('tenantId', ({ tenantId, purpose }: { tenantId: string; purpose: StoredFile['purpose'] }) =>
    db.selectFrom('files').select('id').where('tenant_id', '=', tenantId).where('purpose', '=', purpose),
  )
  const remove = ofTenant('tenantId', ({ tenantId, id }: { tenantId: string; id: string }) =>
    db.deleteFrom('files').where('tenant_id', '=', tenantId).where('id', '=', id),
  )

  const reads = (executor: Executor): FileReads => ({
    async find({ tenantId, id }) {
      const row = await find.first(executor, { tenantId, id })
      return (
        row && {
          tenantId: row.tenant_id,
          id: row.id,
          purpose: row.purpose,
          contentType: row.content_type,
          // Drivers answer a Buffer, often a view into a larger one.
          bytes: Uint8Array.from(row.bytes),
          createdAt: row.created_at,
        }
      )
    },
  })

  const repository = (executor: Executor): FileRepository => ({
    ...reads(executor),
    async insert(file) {
      await insert.affect(executor, {
        tenant_id: file.tenantId,
        id: file.id,
        purpose: file.purpose,
        content_type: file.contentType,
        bytes: Buffer.from(file.bytes),
        created_at: file.createdAt,
      })
    },
    async deleteOthers({ tenantId, purpose, keep }) {
      const others = (await list.all(executor, { tenantId, purpose })).filter(({ id }) => !keep.includes(id))
      let removed = 0
      for (const { id } of others) removed += await remove.affect(executor, { tenantId, id })
      return removed
    },
  })

  return { reads, repository }
}
