import type { StoredFile } from '../../model/stored-file.js'
import type { FileReads, FileRepository } from '../file-port.js'
import type { Draft } from './draft.js'
import type { Tables } from './tables.js'

// Bytes cannot be frozen, so they are copied on the way in and on the way out.
const copyOf = (file: StoredFile): StoredFile => ({ ...file, bytes: Uint8Array.from(file.bytes) })

export function fileReads({ files }: Tables): FileReads {
  return {
    async find({ tenantId, id }) {
      const file = files.get(tenantId, id)
      return file ? copyOf(file) : null
    },
  }
}

export function fileRepository({ tables }: Draft): FileRepository {
  const { files } = tables
  return {
    ...fileReads(tables),
    insert: async (file) => files.set(file.tenantId, file.id, copyOf(file)),
    deleteOthers: async ({ tenantId, purpose, keep }) =>
      files
        .rows(tenantId)
        .filter((file) => file.purpose === purpose && !keep.includes(file.id))
        .filter(({ id }) => files.remove(tenantId, id)).length,
  }
}
