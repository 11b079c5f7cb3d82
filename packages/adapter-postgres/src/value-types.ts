import type { PostgresQuery } from './postgres-pool.js'

// The numbers by which PostgreSQL calls its own types never change.
const parsers: Readonly<Record<number, (value: string) => unknown>> = {
  16: (value) => value === 't', // boolean
  17: toBytes, // bytea
  20: Number, // bigint: times and counts, which JavaScript holds exactly
  23: Number, // integer
}

const asText = (value: string) => value

function refuseBinary(): never {
  throw new TypeError('The storage reads text: its pool must not have the option `binary`.')
}

function toBytes(value: string): Uint8Array {
  if (!value.startsWith('\\x')) throw new TypeError("The storage needs the setting bytea_output = 'hex', its default.")
  return Buffer.from(value.slice(2), 'hex')
}

/** How the storage reads its own columns, whatever the host has told pg about types for its own tables. */
export const valueTypes: NonNullable<PostgresQuery['types']> = {
  getTypeParser(type, format) {
    return format === 'binary' ? refuseBinary : (parsers[type] ?? asText)
  },
}
