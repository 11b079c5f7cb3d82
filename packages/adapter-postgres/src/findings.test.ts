import { randomBytes } from 'node:crypto'
import type { Storage } from '@tenantry/core'
import { migrations } from '@tenantry/kysely-storage'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { grantsFor, postgresStorage } from './index.js'

const database = useTestDatabase()
const suffix = randomBytes(8).toString('hex')
const [role, exempt] = [`tenantry_checked_${suffix}`, `tenantry_exempt_${suffix}`]
let owner: pg.Pool
/** A role that works and owns nothing. */
let app: pg.Pool
let schema: string

beforeAll(async () => {
  await database.query(`create role ${role}; create role ${exempt} login bypassrls`)
  owner = new pg.Pool({ connectionString: database.url })
  app = new pg.Pool({ connectionString: database.url, options: `-c role=${role}` })
})

beforeEach(() => (schema = database.newSchema()))

afterAll(async () => {
  await Promise.all([owner.end(), app.end()])
  await database.query(`drop owned by ${role} cascade; drop owned by ${exempt} cascade`)
  await database.query(`drop role ${role}; drop role ${exempt}`)
})

const grouped = async (storage: Storage) => (await storage.check()).map(({ code, severity }) => `${severity} ${code}`)

/** A migrated schema, as the role that owns it or another one sees it. */
async function storageFixture({ pool = owner, rowLevelSecurity = false } = {}): Promise<Storage> {
  await postgresStorage({ pool: owner, schema, rowLevelSecurity }).migrate()
  if (pool === app) await database.query(grantsFor({ role, schema }))
  return postgresStorage({ pool, schema, rowLevelSecurity })
}

describe('a check', () => {
  test('finds nothing wrong with a role that has its grants', async () => {
    const storage = await storageFixture({ pool: app })
    expect(await storage.check()).toEqual([])
  })

  test('names what migrates a database that is older, and the release for one that is newer', async () => {
    const storage = await storageFixture()
    await database.query(`insert into ${schema}.tenancy_migrations values (${migrations.length + 1}, 'later')`)
    expect(await grouped(storage)).toEqual(['error schema_newer'])
    await database.query(`delete from ${schema}.tenancy_migrations where version >= ${migrations.length}`)
    expect(await grouped(storage)).toEqual([migrations.length === 1 ? 'error schema_missing' : 'error schema_older'])
  })

  test('names the program that has taken the name of the table of migrations', async () => {
    await database.query(`create schema ${schema}; create table ${schema}.tenancy_migrations (id int)`)
    expect(await grouped(postgresStorage({ pool: owner, schema }))).toEqual(['error schema_foreign'])
  })

  test.each([
    ['a table', () => `revoke delete on ${schema}.users from ${role}`, 'the table users as'],
    ['the migrations', () => `revoke all on ${schema}.tenancy_migrations from ${role}`, 'the table tenancy_migrations'],
    ['the schema', () => `revoke usage on schema ${schema} from ${role}`, 'the schema schema_'],
  ])('names a grant on %s that is missing, and what grants it', async (_, revoke, named) => {
    const storage = await storageFixture({ pool: app })
    await database.query(revoke())
    const [finding, ...others] = await storage.check()
    expect(others).toEqual([])
    expect(finding).toMatchObject({ code: 'grant_missing', severity: 'error' })
    expect(finding?.problem).toContain(named)
    await database.query(finding?.remedy.replace(/^.*:\n/, '') ?? '')
    expect(await storage.check()).toEqual([])
  })

  test('names an index that was left half built, and what mends it', async () => {
    const storage = await storageFixture()
    const index = `${schema}.users_email_key_key`
    await database.query(`update pg_index set indisvalid = false where indexrelid = '${index}'::regclass`)
    const [finding, ...others] = await storage.check()
    expect([finding?.code, others]).toEqual(['index_invalid', []])
    await database.query(/`(.+)`/.exec(finding?.remedy ?? '')?.[1] ?? '')
    expect(await storage.check()).toEqual([])
  })

  test('leaves an index alone that somebody is building', async () => {
    const storage = await storageFixture()
    const index = `${schema}.users_email_key_key`
    await database.query(`update pg_index set indisvalid = false where indexrelid = '${index}'::regclass`)
    const builder = await owner.connect()
    await builder.query(`begin; lock table ${schema}.users in share update exclusive mode`)
    expect(await storage.check()).toEqual([])
    await builder.query('rollback')
    builder.release()
    expect(await grouped(storage)).toEqual(['warning index_invalid'])
  })

  test.each([
    ['tenants', 'tenant_id text', 'tenant_id'],
    ['memberships', 'tenant_id text, user_id text', 'tenant_id, user_id'],
  ])('names a foreign key of the host to %s that would stop a purge', async (table, columns, key) => {
    const storage = await storageFixture()
    const keyed = (rule: string) => `create table ${schema}.shift (${columns},
      constraint shift_of foreign key (${key}) references ${schema}.${table} ${rule})`
    await database.query(keyed(''))
    const [finding, ...others] = await storage.check()
    expect(others).toEqual([])
    expect(finding).toMatchObject({ code: 'host_foreign_key', severity: 'warning' })
    expect(finding?.problem).toContain('shift_of')
    await database.query(`drop table ${schema}.shift; ${keyed('on delete cascade')}`)
    expect(await storage.check()).toEqual([])
  })

  test('rejects where the server cannot be reached', async () => {
    const storage = postgresStorage({ connectionString: 'postgres://127.0.0.1:1/none' })
    await expect(storage.check()).rejects.toMatchObject({ code: 'unavailable' })
    await storage.close()
  })
})

describe('a check with row-level security', () => {
  test('names the roles that dump every row, for the one of the connection dumps none', async () => {
    const storage = await storageFixture({ pool: app, rowLevelSecurity: true })
    const [before, ...others] = await storage.check()
    expect([before?.code, before?.severity, others]).toEqual(['backup_role', 'notice', []])
    expect(before?.problem).toContain(role)
    expect(before?.remedy).not.toContain(exempt)
    await database.query(`grant usage on schema ${schema} to ${exempt}`)
    await database.query(`grant select on all tables in schema ${schema} to ${exempt}`)
    const [after] = await storage.check()
    expect(after?.remedy).toContain(exempt)
  })

  test('names a role that no policy binds', async () => {
    const storage = await storageFixture({ rowLevelSecurity: true })
    expect(await grouped(storage)).toEqual(['error role_exempt'])
  })

  test('names a setting that the session has set by itself', async () => {
    await storageFixture({ pool: app, rowLevelSecurity: true })
    const url = new URL(database.url)
    url.searchParams.set('options', `-c role=${role} -c tenancy.every_tenant=on`)
    const storage = postgresStorage({ connectionString: url.href, schema, rowLevelSecurity: true })
    expect(await grouped(storage)).toEqual(['error setting_left', 'notice backup_role'])
    await storage.close()
  })

  test('names every policy that was changed or added', async () => {
    const storage = await storageFixture({ pool: app, rowLevelSecurity: true })
    await database.query(`alter table ${schema}.files no force row level security`)
    await database.query(`drop policy tenantry_tenant on ${schema}.comments`)
    await database.query(`create policy all_of_them on ${schema}.resources using (true)`)
    const findings = await storage.check()
    const named = findings.map(({ code, problem }) => `${code} ${/\.(?:"?)(\w+)/.exec(problem)?.[1] ?? ''}`.trim())
    expect(named.sort()).toEqual([
      'backup_role',
      'policy_added resources',
      'policy_missing comments',
      'policy_missing files',
    ])
  })

  test('names tables that have it where the storage does not', async () => {
    await storageFixture({ pool: app, rowLevelSecurity: true })
    expect(await grouped(postgresStorage({ pool: app, schema }))).toEqual([
      'error policies_unused',
      'notice backup_role',
    ])
  })

  test('names tables that have none yet', async () => {
    await storageFixture({ pool: app })
    const storage = postgresStorage({ pool: app, schema, rowLevelSecurity: true })
    expect(await grouped(storage)).toEqual(['error policy_missing'])
  })
})
