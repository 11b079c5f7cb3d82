import type { Column, Condition } from './filter.js'

export interface SqlOptions {
  /** How the driver marks a parameter: `?` in turn (default), or `$1`, `$2` and so on. */
  readonly placeholder?: '?' | '$'
  /** The number of the first `$`, where the statement has parameters before it. Default 1. */
  readonly first?: number
}

/** A condition in SQL, to be put after `where`, `and` or `not`. */
export interface SqlCondition {
  readonly sql: string
  /** The values of the parameters, in order. */
  readonly parameters: readonly string[]
}

/** @throws {TypeError} for any other placeholder or first number. */
export function toSql(condition: Condition, { placeholder = '?', first = 1 }: SqlOptions = {}): SqlCondition {
  if (!['?', '$'].includes(placeholder)) throw new TypeError('toSql: placeholder is either "?" or "$"')
  if (!Number.isSafeInteger(first) || first < 1) throw new TypeError('toSql: first is a number from 1 on')
  const parameters: string[] = []
  const write = (part: Condition): string => {
    switch (part.kind) {
      case 'equals': {
        const column = quote(part.column)
        const number = first - 1 + parameters.push(part.value)
        return `(${column} is not null and ${column} = ${placeholder === '?' ? '?' : `$${number}`})`
      }
      case 'missing':
        return `${quote(part.column)} is null`
      case 'all':
        return part.of.length === 0 ? '1 = 1' : `(${part.of.map(write).join(' and ')})`
      case 'any':
        return part.of.length === 0 ? '1 = 0' : `(${part.of.map(write).join(' or ')})`
    }
  }
  return { sql: write(condition), parameters }
}

function quote({ table, name }: Column): string {
  return table === null ? `"${name}"` : `"${table}"."${name}"`
}
