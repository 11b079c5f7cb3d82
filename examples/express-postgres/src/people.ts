import { createHash, randomBytes } from 'node:crypto'
import type { Request } from 'express'
import type { Pool } from 'pg'

interface Person {
  readonly id: string
  readonly email: string
  readonly name: string
}

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex')

/** The host's own table, next to the library's schema. */
export async function createPeopleTable(pool: Pool): Promise<void> {
  await pool.query(`create table if not exists people (
    id bigint generated always as identity primary key,
    email text not null unique,
    name text not null,
    key_hash text not null unique)`)
}

/** Adds a user, or gives an existing one a new key. Returns the key; only its hash is stored. */
export async function givePersonKey(pool: Pool, { email, name }: Omit<Person, 'id'>): Promise<string> {
  const key = randomBytes(32).toString('base64url')
  await pool.query(
    `insert into people (email, name, key_hash) values ($1, $2, $3)
    on conflict (email) do update set key_hash = excluded.key_hash`,
    [email, name, hashOf(key)],
  )
  return key
}

/** Identifies the user by the key in the header `Authorization: Bearer …`. */
export async function personOf(pool: Pool, request: Request): Promise<Person | null> {
  const [, key] = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '') ?? []
  if (key === undefined) return null
  const { rows } = await pool.query<Person>('select id, email, name from people where key_hash = $1', [hashOf(key)])
  return rows[0] ?? null
}
