type Groups<Row> = Map<string, Map<string, Row>>

/** Rows in groups (a tenant's, a user's), each by its key within the group. */
export interface Table<Row> {
  get(group: string, key: string): Row | undefined
  rows(group: string): readonly Row[]
  keys(group: string): readonly string[]
}

/** A table as one transaction sees it: what is committed, with its own changes laid over. */
export interface TableDraft<Row> extends Table<Row> {
  set(group: string, key: string, row: Row): void
  remove(group: string, key: string): boolean
  apply(): void
}

export interface CommittedTable<Row> extends Table<Row> {
  draft(): TableDraft<Row>
}

/** The group of tables that have only one. */
export const everywhere = ''

export function createTable<Row>(): CommittedTable<Row> {
  const groups: Groups<Row> = new Map()
  return {
    get: (group, key) => groups.get(group)?.get(key),
    rows: (group) => [...(groups.get(group)?.values() ?? [])],
    keys: (group) => [...(groups.get(group)?.keys() ?? [])],
    draft: () => createDraft(groups),
  }
}

function createDraft<Row>(groups: Groups<Row>): TableDraft<Row> {
  // `null` stands for a row that the transaction removed.
  const changes: Groups<Row | null> = new Map()

  const get = (group: string, key: string) => {
    const changed = changes.get(group)?.get(key)
    return changed === undefined ? groups.get(group)?.get(key) : (changed ?? undefined)
  }
  const change = (group: string, key: string, row: Row | null) => {
    const changed = changes.get(group) ?? new Map<string, Row | null>()
    changes.set(group, changed.set(key, row))
  }

  return {
    get,
    rows: (group) => [...overlaid(groups.get(group), changes.get(group)).values()],
    keys: (group) => [...overlaid(groups.get(group), changes.get(group)).keys()],
    set: change,
    remove(group, key) {
      const there = get(group, key) !== undefined
      if (there) change(group, key, null)
      return there
    },
    apply() {
      for (const [group, changed] of changes)
        groups.set(group, lay(changed, groups.get(group) ?? new Map<string, Row>()))
    },
  }
}

function overlaid<Row>(rows: Map<string, Row> = new Map(), changed: Map<string, Row | null> = new Map()) {
  return changed.size === 0 ? rows : lay(changed, new Map(rows))
}

function lay<Row>(changed: Map<string, Row | null>, onto: Map<string, Row>) {
  for (const [key, row] of changed) {
    if (row === null) onto.delete(key)
    else onto.set(key, row)
  }
  return onto
}
