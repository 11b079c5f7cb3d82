import { randomBytes } from 'node:crypto'
import { createTenancy, StorageError, SYSTEM } from '@tenantry/core'
import { Pool, type PoolConfig } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { noConnection, toStorageError } from './errors.js'
import { postgresStorage } from './index.js'

const database = useTestDatabase()
const unavailable = { name: 'StorageError', code: 'unavailable', constraint: null }
let pool: Pool

beforeAll(async () => {
  pool = new Pool({ connectionString: database.url })
  await postgresStorage({ pool }).migrate()
})

afterAll(() => pool.end())

async function failure(text: string): Promise<unknown> {
  return pool.query(text).then(
    () => Promise.reject(new Error('it was expected to fail')),
    (error: unknown) => toStorageError(error),
  )
}

async function failureOfPool(config: PoolConfig): Promise<unknown> {
  const failing = new Pool({ connectionString: database.url, connectionTimeoutMillis: 5000, ...config })
  const find = postgresStorage({ pool: failing }).read.users.find('ann')
  const outcome = await Promise.allSettled([find])
  await failing.end()
  return outcome[0].status === 'rejected' ? outcome[0].reason : undefined
}

describe('a failure of PostgreSQL', () => {
  test('keeps the driver’s error as its cause', async () => {
    await database.query('create table public.some (email_key text constraint users_email_key_key unique)')
    const error = await failure('insert into public.some values (1), (1)')
    expect(error).toBeInstanceOf(StorageError)
    expect(error).toMatchObject({ code: 'conflict', constraint: 'user.email', cause: { code: '23505' } })
  })

  test.each(['users_email_key_key_102008', 'users_email_key_key'])(
    'names the rule of the key %s, though only the message has it',
    async (key) => {
      const error = await failure(`do $$ begin
      raise exception 'duplicate key value violates unique constraint "${key}"' using errcode = '23505'; end $$`)
      expect(error).toMatchObject({ code: 'conflict', constraint: 'user.email' })
    },
  )

  test.each([
    ['busy', 'that another transaction got ahead', '40001'],
    ['busy', 'of a deadlock', '40P01'],
    ['busy', 'of a lock that somebody else has', '55P03'],
    ['busy', 'that it does not know a prepared statement', '26000'],
    ['busy', 'that somebody else has prepared a statement of that name', '42P05'],
    ['unavailable', 'that it took too long', '57014'],
    ['unavailable', 'that the transaction took too long', '25P04'],
    ['unavailable', 'that the transaction paused too long', '25P03'],
    ['unavailable', 'that the transaction has failed before', '25P02'],
    ['unavailable', 'that the role lacks a right', '42501'],
    ['unavailable', 'that its encoding lacks a character', '22P05'],
    ['unavailable', 'that the server shuts down', '57P01'],
    ['unavailable', 'that there are too many connections', '53300'],
    ['unavailable', 'that the disk is full', '53100'],
    ['unavailable', 'that the server only reads', '25006'],
    ['conflict', 'that a row is there already', '23505'],
  ])('is %s when it says %s', async (code, _reason, sqlState) => {
    expect(await failure(`do $$ begin raise exception 'no' using errcode = '${sqlState}'; end $$`)).toMatchObject({
      name: 'StorageError',
      code,
      constraint: null,
      waited: sqlState === '55P03',
      cause: { code: sqlState },
    })
  })

  test('names what is missing when the schema is not there', async () => {
    const { read } = postgresStorage({ pool, schema: 'nowhere' })
    await expect(read.users.find('ann')).rejects.toMatchObject({ code: 'schema', cause: { code: '42P01' } })
  })

  test('says clearly that no text may hold a NUL', async () => {
    const { read } = postgresStorage({ pool })
    await expect(read.users.find('a\0b')).rejects.toThrow('no text with the character U+0000')
    await expect(read.users.find('a\0b')).rejects.toBeInstanceOf(TypeError)
  })

  test.each([
    ['a statement that it does not understand', 'selec 1', '42601'],
    ['a column that is not there', 'select nothing from pg_class', '42703'],
    ['a value that cannot be', 'select 1/0', '22012'],
  ])('is unavailable for %s', async (_name, sql, sqlState) => {
    expect(await failure(sql)).toMatchObject({ ...unavailable, cause: { code: sqlState } })
  })

  test.each([
    ['22P05', 'has to be UTF8'],
    ['25P02', 'Roll it back'],
    ['25P03', '`idle_in_transaction_session_timeout`'],
    ['25P04', '`transaction_timeout`'],
    ['42501', 'Grant it the right'],
    ['57014', '`statement_timeout`'],
  ])('%s says what to do, or whose setting it was: %s', async (sqlState, words) => {
    const error = await failure(`do $$ begin raise exception 'no' using errcode = '${sqlState}'; end $$`)
    expect(error).toMatchObject({ ...unavailable, message: expect.stringContaining(words) })
  })

  test('is a conflict without a name for a constraint that the host has added', async () => {
    const sql = "do $$ begin raise exception 'no' using errcode = '23514'; end $$"
    expect(await failure(sql)).toMatchObject({ name: 'StorageError', code: 'conflict', constraint: null })
  })

  test('stays as it is when it is a mistake in a program', () => {
    const mistake = new RangeError('not ours')
    expect(toStorageError(mistake)).toBe(mistake)
  })

  test('tells nobody but its cause where the database is', async () => {
    const error = await failureOfPool({ connectionString: 'postgres://ann:secret@127.0.0.1:1/acme' })
    expect(error).toMatchObject({ ...unavailable, cause: { code: 'ECONNREFUSED' } })
    expect(String(error)).not.toMatch(/secret|127\.0\.0\.1|acme/)
  })
})

describe('what the server says of the credentials', () => {
  test.each([
    ['28P01', 'it refused the password'],
    ['28000', 'it refused the user'],
    ['3D000', 'it has no database of that name'],
  ])('%s is in the message, and no name or password with it', (code, reason) => {
    const cause = Object.assign(new Error('no "eve-smith" here'), { severity: 'FATAL', code })
    expect(noConnection(cause).message).toContain(`The database cannot be reached: ${reason}.`)
    expect(noConnection(cause).message).not.toContain('eve-smith')
  })
})

describe('a pool', () => {
  test.each([
    ['whose server is not there', () => ({ connectionString: 'postgres://127.0.0.1:1/acme' })],
    ['whose user is unknown', () => ({ connectionString: withUser(database.url, 'nobody') })],
    ['whose database is unknown', () => ({ connectionString: `${database.url}_not` })],
  ])('%s makes the storage unavailable, and the message says what to look at', async (_name, config) => {
    expect(await failureOfPool(config())).toMatchObject({
      ...unavailable,
      message: expect.stringContaining('check the address, the credentials'),
    })
  })

  test('without a free connection makes the storage unavailable, and the message says what to change', async () => {
    const full = new Pool({ connectionString: database.url, max: 1, connectionTimeoutMillis: 100 })
    const storage = postgresStorage({ pool: full })
    const held = await full.connect()
    const refused = { ...unavailable, message: expect.stringContaining('connectionTimeoutMillis') }
    await expect(storage.read.users.find('ann')).rejects.toMatchObject(refused)
    await expect(storage.transaction({}, async () => 'done')).rejects.toMatchObject(refused)
    held.release()
    expect(await storage.read.users.find('ann')).toBeNull()
    await full.end()
  })

  test('that the host ended makes the storage unavailable', async () => {
    const ended = new Pool({ connectionString: database.url })
    const { read } = postgresStorage({ pool: ended })
    await read.users.find('ann')
    await ended.end()
    await expect(read.users.find('ann')).rejects.toMatchObject(unavailable)
  })
})

describe('a call of a host', () => {
  const refused = (words: string, code: string) => ({
    name: 'TenancyError',
    code: 'storage_unavailable',
    message: expect.stringContaining(words),
    cause: { name: 'StorageError', cause: { code } },
  })

  test('whose role has no right to the tables says so', async () => {
    const role = `powerless_${randomBytes(8).toString('hex')}`
    await database.query(`create role ${role}`)
    const config = { connectionString: database.url, options: `-c role=${role}` }
    const powerless = new Pool(config)
    const { as, migrate, authenticate, purge } = createTenancy({ storage: postgresStorage({ pool: powerless }) })
    const calls = [as(SYSTEM).users.get({ userId: 'ann' }), migrate(), authenticate('tnt_some'), purge()]
    for (const outcome of await Promise.allSettled(calls))
      expect(outcome).toMatchObject({ status: 'rejected', reason: refused('Grant it the right', '42501') })
    await powerless.end()
    await database.query(`drop role ${role}`)
  })

  test('within a transaction that has failed says so', async () => {
    const tenancy = createTenancy({ storage: postgresStorage({ pool }) })
    const client = await pool.connect()
    await client.query('begin')
    await client.query('selec 1').catch(() => {})
    const get = tenancy.withTransaction(client).as(SYSTEM).users.get({ userId: 'ann' })
    await expect(get).rejects.toMatchObject(refused('Roll it back', '25P02'))
    await client.query('rollback')
    client.release()
  })
})

describe('an option', () => {
  test.each(['', '1st', 'a b', 'a"b', 'é', 'x'.repeat(64)])('refuses a schema named %j', (schema) => {
    expect(() => postgresStorage({ pool, schema })).toThrow(TypeError)
  })

  test.each([0, -1, 1.5, Number.NaN, Infinity, 2 ** 31])('refuses a statement timeout of %d', (statementTimeout) => {
    expect(() => postgresStorage({ pool, statementTimeout })).toThrow(TypeError)
  })
})

function withUser(url: string, user: string): string {
  const place = new URL(url)
  place.username = user
  return place.href
}
