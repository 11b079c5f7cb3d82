import type { StoredFile } from '../model/stored-file.js'

export interface FileReads {
  /** MUST answer the file in this tenant only, byte for byte, `null` when there is none [file-find]. */
  find(key: { readonly tenantId: string; readonly id: string }): Promise<StoredFile | null>
}

export interface FileRepository extends FileReads {
  /** MUST keep every field as given [file-insert]. */
  insert(file: StoredFile): Promise<void>

  /** MUST remove the tenant's files of that purpose except those in `keep`, and no other [file-delete-others]. */
  deleteOthers(query: {
    readonly tenantId: string
    readonly purpose: StoredFile['purpose']
    readonly keep: readonly string[]
  }): Promise<number>
}
