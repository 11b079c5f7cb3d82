import { tablePrefix } from './dialect.js'
import type { SqliteDatabase } from './sqlite-database.js'

/** Which of our tables a statement depends on, and which one it changes. */
export interface StatementTables {
  readonly dependsOn: readonly string[]
  /** `null` for more than one, or for what cannot be told: a deletion cascades. */
  readonly changes: string | null
}

const named = new RegExp(`\\b${tablePrefix}\\w+`, 'g')
const changed = new RegExp(`^\\s*(?:insert(?: or \\w+)? into|update) "?(${tablePrefix}\\w+)`, 'i')
const keptTexts = 500

/** Answers for the statements of one connection. Names in quoted values count as well, which does no harm. */
export function statementTables(database: Pick<SqliteDatabase, 'prepare'>): (sql: string) => StatementTables {
  const answers = new Map<string, StatementTables>()

  /** An insertion is refused where a row that it refers to is not there. */
  function parentsOf(table: string): string[] {
    const keys = database.prepare(`select "table" as parent from pragma_foreign_key_list('${table}')`).all()
    // The one column that was asked for.
    return keys.map((key) => (key as { readonly parent: string }).parent)
  }

  return (sql) => {
    const known = answers.get(sql)
    if (known) return known
    const changes = changed.exec(sql)?.[1] ?? null
    const parents = changes === null ? [] : parentsOf(changes)
    const answer = { dependsOn: [...new Set([...(sql.match(named) ?? []), ...parents])], changes }
    if (answers.size >= keptTexts) answers.clear()
    answers.set(sql, answer)
    return answer
  }
}
