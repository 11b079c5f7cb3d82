import { type Constraint, StorageError } from '../storage-error.js'
import { type CommittedTables, draftTables, type TableDrafts } from './tables.js'

/** One transaction's changes, until they are committed or forgotten. */
export interface Draft {
  readonly tables: TableDrafts
  /** Refuses a write. The transaction is lost with it, also when the caller swallows the error. */
  refuse(constraint: Constraint): never
  /** Checks what need only hold at the end. */
  atCommit(holds: () => boolean): void
  commit(): void
}

export function createDraft(committed: CommittedTables): Draft {
  const tables = draftTables(committed)
  const checks: (() => boolean)[] = []
  let lost: StorageError | undefined

  const refuse = (constraint: Constraint): never => {
    lost = new StorageError('conflict', `The storage refuses this write: ${constraint}`, { constraint })
    throw lost
  }

  return {
    tables,
    refuse,
    atCommit: (holds) => void checks.push(holds),
    commit() {
      if (lost) throw lost
      for (const holds of checks) if (!holds()) refuse('reference')
      for (const table of Object.values(tables)) table.apply()
    },
  }
}
