import { requireKnownOptions } from '@tenantry/core'
import { tableNames } from '@tenantry/kysely-storage'
import { escapeIdentifier } from 'pg'
import { placeIn } from './dialect.js'

/**
 * The SQL that lets a role work with the tables and nothing more: it can neither change them nor empty them as a whole. Run
 * it as their owner, again after each migration that added a table. `migrate()` is then for the owner; called by the
 * role it finds a complete schema complete, and refuses another.
 *
 * @example
 * await ownersPool.query(grantsFor({ role: 'app' }))
 */
export function grantsFor(options: {
  readonly role: string
  /** Default `tenancy`. */
  readonly schema?: string
}): string {
  requireKnownOptions('grantsFor', options, { role: true, schema: true })
  const { role, schema = 'tenancy' } = options
  if (typeof role !== 'string' || role === '') throw new TypeError('grantsFor: role needs the name of a role')
  const place = placeIn(schema)
  const named = (table: string) => `${escapeIdentifier(schema)}.${escapeIdentifier(place(table).name)}`
  const to = `to ${escapeIdentifier(role)}`
  const worked = tableNames.filter((table) => table !== 'migrations').map(named)
  return [
    `grant usage on schema ${escapeIdentifier(schema)} ${to};`,
    `grant select on ${named('migrations')} ${to};`,
    `grant select, insert, update, delete on ${worked.join(', ')} ${to};`,
  ].join('\n')
}

/** What is to do where the server refuses a right, by its message: it names what was refused last, in any language. */
export function missingRight(message: string): string {
  const [name = ''] = /\w+(?=\W*$)/.exec(message) ?? []
  const all = 'Run what `grantsFor({ role })` returns as the owner of the tables.'
  if (name === placeIn('')('migrations').name)
    return `The role of the connection may not read the table ${name}. Run \`grant select on <schema>.${name} to <role>\`. ${all}`
  if (!tableNames.some((table) => table === name))
    return `The role of the connection may not do this: ${message}. Grant it the right, or connect as the owner of the tables. ${all}`
  const grant = `grant select, insert, update, delete on <schema>.${name} to <role>`
  return `The role of the connection may not use the table ${name} as the storage does. Run \`${grant}\`. ${all}`
}
