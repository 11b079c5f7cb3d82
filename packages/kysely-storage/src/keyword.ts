import { sql, type RawBuilder, type SqlBool } from 'kysely'

/** The pattern that finds a keyword in a folded column; what means something in a pattern stands for itself. */
export function keywordPattern(keyword: string | undefined): string | undefined {
  return keyword === undefined ? undefined : `%${keyword.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
}

export function matchesKeyword(pattern: string): RawBuilder<SqlBool> {
  const matches = (column: string) => sql`${sql.ref(column)} like ${pattern} escape '\\'`
  return sql<SqlBool>`(${matches('users.name_folded')} or ${matches('users.email_folded')})`
}
