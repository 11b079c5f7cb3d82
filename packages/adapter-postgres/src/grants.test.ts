import { randomBytes } from 'node:crypto'
import type { Storage } from '@tenantry/core'
import { migrations, tableNames } from '@tenantry/kysely-storage'
import { userOf } from '@tenantry/kysely-storage/testing'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { grantsFor, postgresStorage } from './index.js'

const database = useTestDatabase()
const role = `tenantry_app_${randomBytes(8).toString('hex')}`
let owner: pg.Pool
let app: pg.Pool
let schema: string
let storage: Storage

beforeAll(async () => {
  await database.query(`create role ${role}`)
  owner = new pg.Pool({ connectionString: database.url })
  app = new pg.Pool({ connectionString: database.url, options: `-c role=${role}` })
})

beforeEach(async () => {
  schema = database.newSchema()
  await postgresStorage({ pool: owner, schema }).migrate()
  storage = postgresStorage({ pool: app, schema })
})

afterEach(async () => void (await database.query(`drop owned by ${role} cascade`)))

afterAll(async () => {
  await Promise.all([owner.end(), app.end()])
  await database.query(`drop role ${role}`)
})

const grant = () => database.query(grantsFor({ role, schema }))

describe('a role with the grants', () => {
  test('works, and finds the schema complete without a right to change it', async () => {
    await grant()
    expect(await storage.migrate()).toEqual([])
    await storage.transaction({ users: ['ann'] }, (tx) => tx.users.insert(userOf('ann')))
    expect(await storage.read.users.find('ann')).toMatchObject({ id: 'ann' })
  })

  test('has the four verbs on every table but that of the migrations, and no others', async () => {
    await grant()
    const rights = await database.query<{ name: string; rights: string }>(
      `select relname::text as name, string_agg(privilege_type, ',' order by privilege_type) as rights
      from pg_class, aclexplode(relacl) as acl where relnamespace = $1::regnamespace and relkind = 'r'
        and acl.grantee = $2::regrole group by 1`,
      [schema, role],
    )
    const named = tableNames.map((table) => (table === 'migrations' ? 'tenancy_migrations' : table))
    expect(rights.map(({ name }) => name).sort()).toEqual([...named].sort())
    for (const { name, rights: fixture } of rights)
      expect(fixture).toBe(name === 'tenancy_migrations' ? 'SELECT' : 'DELETE,INSERT,SELECT,UPDATE')
  })

  test('is told that the schema is newer, not that it lacks a right', async () => {
    await grant()
    await database.query(`insert into ${schema}.tenancy_migrations values (${migrations.length + 1}, 'later')`)
    await expect(storage.migrate()).rejects.toMatchObject({
      code: 'schema',
      message: expect.stringContaining('Run the release that migrated it'),
    })
  })
})

describe('a role without a grant', () => {
  test.each([
    ['users', (one: Storage) => one.read.users.find('ann'), 'grant select, insert, update, delete on <schema>.users'],
    ['tenancy_migrations', (one: Storage) => one.migrate(), 'grant select on <schema>.tenancy_migrations'],
    ['counters', (one: Storage) => one.transaction({}, (tx) => tx.counters.sweep(1)), '<schema>.counters to <role>'],
  ])('on %s is told which one', async (table, use, advice) => {
    await grant()
    if (table !== 'tenancy_migrations') await storage.migrate()
    await database.query(`revoke all on ${schema}.${table} from ${role}`)
    await expect(use(storage)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(advice),
      cause: { code: '42501' },
    })
  })

  test('on the schema is told what grants it', async () => {
    await expect(storage.migrate()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('grantsFor({ role })'),
    })
  })
})

test('grants for no role, and options that do not exist, are refused', () => {
  expect(() => grantsFor({ role: '' })).toThrow(TypeError)
  // @ts-expect-error -- an option that is misspelt would grant on other tables
  expect(() => grantsFor({ role, schemas: 'app' })).toThrow('there is no option "schemas"')
})

test('a database that cannot hold every text is refused before anything is made', async () => {
  const name = `tenantry_latin_${randomBytes(8).toString('hex')}`
  await database.query(`create database ${name} encoding 'LATIN1' locale 'C' template template0`)
  const url = new URL(database.url)
  url.pathname = name
  const pool = new pg.Pool({ connectionString: url.href })
  try {
    await expect(postgresStorage({ pool }).migrate()).rejects.toMatchObject({
      code: 'schema',
      message: expect.stringContaining('encoded in LATIN1'),
    })
    const { rows } = await pool.query("select from pg_namespace where nspname = 'tenancy'")
    expect(rows).toEqual([])
  } finally {
    await pool.end()
    await database.query(`drop database ${name}`)
  }
})
