import { sql, type RawBuilder, type SqlBool } from 'kysely'

/** The pattern that finds a keyword in a folded column; what means something in a pattern stands for itself. */
export function keywordPattern(keyword: string | undefined): string | undefined {
  return keyword === undefined ? undefined : `%${keyword.toLowerCase().replace(/[!%_]/g, '!$&')}%`
}

/**
 * Whether one of the folded columns has it. What escapes is no backslash, which some servers take for the beginning of
 * an escape in every text.
 */
export function matchesKeyword(pattern: string, ...columns: readonly string[]): RawBuilder<SqlBool> {
  const matches = columns.map((column) => sql`${sql.ref(column)} like ${pattern} escape '!'`)
  return sql<SqlBool>`(${sql.join(matches, sql` or `)})`
}
