import { tablePrefix } from './dialect.js'
import type { SqliteDatabase } from './sqlite-database.js'

/** Which of our tables a statement depends on, and which ones it changes. */
export interface StatementTables {
  readonly dependsOn: readonly string[]
  /** `null` for what cannot be told. */
  readonly changes: readonly string[] | null
}

const named = new RegExp(`\\b${tablePrefix}\\w+`, 'g')
const added = new RegExp(`^\\s*(?:insert into|update) "?(${tablePrefix}\\w+)`, 'i')
const deleted = new RegExp(`^\\s*delete from "?(${tablePrefix}\\w+)`, 'i')
const keptTexts = 500

/** Answers for the statements of one connection. Names in quoted values count as well, which does no harm. */
export function statementTables(database: Pick<SqliteDatabase, 'prepare'>): (sql: string) => StatementTables {
  const answers = new Map<string, StatementTables>()

  const texts = (sql: string, parameter: string): string[] => {
    const rows = database.prepare(sql).all(parameter)
    // The one column that each of the two questions below asks for.
    return rows.map((row) => (row as { readonly name: string }).name)
  }

  /** An insertion is refused where a row that it refers to is not there. */
  const parentsOf = (table: string) => texts('select "table" as name from pragma_foreign_key_list(?)', table)

  const childrenOf = (table: string) =>
    texts(
      `select child.name from sqlite_master as child, pragma_foreign_key_list(child.name) as key
        where child.type = 'table' and key."table" = ?`,
      table,
    )

  /** A deletion takes along the rows that refer to its own, and those that refer to them, or is refused over one. */
  function emptiedWith(table: string): string[] {
    const found = new Set([table])
    // A set that grows while it is walked is walked to its end.
    for (const one of found) for (const child of childrenOf(one)) found.add(child)
    return [...found]
  }

  function answerTo(sql: string): StatementTables {
    const names = sql.match(named) ?? []
    const emptied = deleted.exec(sql)?.[1]
    if (emptied !== undefined) {
      const changes = emptiedWith(emptied)
      return { dependsOn: [...new Set([...names, ...changes])], changes }
    }
    const changed = added.exec(sql)?.[1]
    if (changed === undefined) return { dependsOn: [...new Set(names)], changes: null }
    return { dependsOn: [...new Set([...names, ...parentsOf(changed)])], changes: [changed] }
  }

  return (sql) => {
    const known = answers.get(sql)
    if (known) return known
    const answer = answerTo(sql)
    if (answers.size >= keptTexts) answers.clear()
    answers.set(sql, answer)
    return answer
  }
}
