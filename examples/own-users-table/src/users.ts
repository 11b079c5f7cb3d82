import { hash, verify } from '@node-rs/argon2'
import type { Database } from 'better-sqlite3'

/** A user of this host, with a numeric ID that the library does not use. */
export interface HostUser {
  readonly id: number
  readonly email: string
  readonly name: string
  readonly emailVerified: boolean
}

interface UserRow {
  readonly id: number
  readonly email: string
  readonly name: string
  readonly password_hash: string
  readonly email_verified: number
}

// Verified if the account does not exist, so that both cases take the same time.
const NOBODY = await hash('nobody has this password')

export function createUsersTable(database: Database): void {
  database.exec(`
    create table if not exists users (
      id integer primary key,
      email text not null unique collate nocase,
      name text not null,
      password_hash text not null,
      email_verified integer not null default 0
    )`)
}

export async function addUser(
  database: Database,
  { email, name, password, emailVerified }: Omit<HostUser, 'id'> & { readonly password: string },
): Promise<void> {
  insertUser(database, { email, name, passwordHash: await hash(password), emailVerified })
}

/** Returns the new user's ID. */
export function insertUser(database: Database, user: Omit<HostUser, 'id'> & { readonly passwordHash: string }): number {
  const { lastInsertRowid } = database
    .prepare('insert into users (email, name, password_hash, email_verified) values (?, ?, ?, ?)')
    .run(user.email, user.name, user.passwordHash, user.emailVerified ? 1 : 0)
  return Number(lastInsertRowid)
}

/** Whether a row was rejected because its email address exists. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE'
}

export function findUser(database: Database, id: number): HostUser | null {
  const row = database.prepare<[number], UserRow>('select * from users where id = ?').get(id)
  return row ? toUser(row) : null
}

/** The user with this email and password, or `null`. */
export async function checkPassword(database: Database, email: string, password: string): Promise<HostUser | null> {
  const row = database.prepare<[string], UserRow>('select * from users where email = ?').get(email)
  const isRight = await verify(row?.password_hash ?? NOBODY, password)
  return row && isRight ? toUser(row) : null
}

function toUser(row: UserRow): HostUser {
  return { id: row.id, email: row.email, name: row.name, emailVerified: row.email_verified === 1 }
}
