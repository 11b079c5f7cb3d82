import { randomBytes } from 'node:crypto'
import { tablesOfTenants } from '@tenantry/kysely-storage'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { disableRowLevelSecurity, enterTenant, postgresStorage } from './index.js'

const database = useTestDatabase()
const role = `tenantry_policed_${randomBytes(8).toString('hex')}`
const pools: pg.Pool[] = []
let schema: string

function poolWith(settings = ''): pg.Pool {
  const pool = new pg.Pool({ connectionString: database.url, options: `-c role=${role} ${settings}`, max: 2 })
  pools.push(pool)
  return pool
}
const storageOn = (pool: pg.Pool) => postgresStorage({ pool, schema, rowLevelSecurity: true })
const find = (pool: pg.Pool) => storageOn(pool).read.tenants.find('acme')

beforeAll(async () => {
  await database.query(`create role ${role}`)
  await database.query(`grant create on database ${new URL(database.url).pathname.slice(1)} to ${role}`)
})

beforeEach(async () => {
  schema = database.newSchema()
  await storageOn(poolWith()).migrate()
})

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end()))
  await database.query(`drop schema if exists ${schema} cascade`)
})

afterAll(async () => {
  await database.query(`drop owned by ${role} cascade`)
  await database.query(`drop role ${role}`)
})

describe('a session that has entered a tenant by itself', () => {
  const settings = ['tenancy.every_tenant=on', 'tenancy.tenant_id=acme']

  test.each(settings)('is refused when the pool sets %s', async (setting) => {
    const storage = storageOn(poolWith(`-c ${setting}`))
    const name = setting.split('=')[0] ?? ''
    for (const use of [() => storage.read.users.find('ann'), () => storage.transaction({}, async () => 'done')]) {
      await expect(use()).rejects.toThrow(TypeError)
      await expect(use()).rejects.toThrow(name)
    }
  })

  test.each(settings)('is refused when its role or database sets %s', async (setting) => {
    const [name, value] = setting.split('=')
    const { pathname, username } = new URL(database.url)
    const ofTests = pathname.slice(1)
    // Of this database only: other tests sign in as the same role.
    const places = [`database ${ofTests}`, `role ${username} in database ${ofTests}`]
    for (const place of places) {
      await database.query(`alter ${place} set ${name} = '${value}'`)
      try {
        await expect(find(poolWith())).rejects.toThrow(`reset ${name}`)
      } finally {
        await database.query(`alter ${place} reset ${name}`)
      }
    }
    expect(await find(poolWith())).toBeNull()
  })

  test('is refused within a transaction of the host, too, where every tenant is open', async () => {
    const client = await poolWith('-c tenancy.every_tenant=on').connect()
    await client.query('begin')
    try {
      const within = storageOn(poolWith()).withTransaction(client)
      await expect(within.read.tenants.find('acme')).rejects.toThrow('tenancy.every_tenant')
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})

describe('a transaction of the host', () => {
  async function within<Result>(pool: pg.Pool, run: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await pool.connect()
    await client.query('begin')
    try {
      return await run(client)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }

  test('may have entered a tenant before anything else used the storage', async () => {
    await within(poolWith(), async (client) => {
      await enterTenant(client, 'other')
      expect(await storageOn(poolWith()).withTransaction(client).read.tenants.find('acme')).toBeNull()
    })
  })

  test('is refused to a storage without row-level security where a role of the host is bound by it', async () => {
    const free = new pg.Pool({ connectionString: database.url })
    pools.push(free)
    const storage = postgresStorage({ pool: free, schema })
    expect(await storage.read.tenants.find('acme')).toBeNull()
    await within(poolWith(), async (client) => {
      await expect(storage.withTransaction(client).read.tenants.find('acme')).rejects.toThrow('rowLevelSecurity: true')
    })
    await within(free, async (client) => {
      expect(await storage.withTransaction(client).read.tenants.find('acme')).toBeNull()
    })
  })
})

describe('policies that are not those that were installed', () => {
  const table = () => `${schema}.memberships`

  // prettier-ignore
  const changes: readonly (readonly [string, () => string])[] = [
    ['lets every row through',         () => `alter policy tenantry_tenant on ${table()} using (true)`],
    ['looks at nothing across tenants', () => `alter policy tenantry_every_tenant on ${table()} using (true)`],
    ['checks nothing that is written', () => `alter policy tenantry_tenant on ${table()} with check (true)`],
    ['compares another column',        () => `drop policy tenantry_tenant on ${table()}; create policy tenantry_tenant on ${table()} using (user_id = (select nullif(current_setting('tenancy.tenant_id', true), '')))`],
    ['asks another setting',           () => `drop policy tenantry_tenant on ${table()}; create policy tenantry_tenant on ${table()} using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')))`],
    ['binds one role only',            () => `alter policy tenantry_tenant on ${table()} to ${role}`],
    ['has become restrictive',         () => `drop policy tenantry_every_tenant on ${table()}; create policy tenantry_every_tenant on ${table()} as restrictive using ((select current_setting('tenancy.every_tenant', true) = 'on'))`],
    ['is for reading only',            () => `drop policy tenantry_tenant on ${table()}; create policy tenantry_tenant on ${table()} for select using (tenant_id = (select nullif(current_setting('tenancy.tenant_id', true), '')))`],
    ['is gone',                        () => `drop policy tenantry_every_tenant on ${table()}`],
    ['binds the owner no more',        () => `alter table ${table()} no force row level security`],
    ['is switched off',                () => `alter table ${table()} disable row level security`],
  ]

  test.each(changes)('one that %s is refused, and migrate() mends it', async (_, change) => {
    const pool = poolWith()
    expect(await find(pool)).toBeNull()
    await pool.query(change())
    await expect(find(pool)).rejects.toMatchObject({ code: 'schema' })
    await expect(find(pool)).rejects.toThrow(/memberships.*tenancy\.migrate\(\)/)
    await storageOn(pool).migrate()
    expect(await find(pool)).toBeNull()
  })

  test('another permissive one is refused, and who put it there has to drop it', async () => {
    const pool = poolWith()
    await pool.query(`create policy "every ""row""" on ${table()} for select using (true)`)
    await storageOn(pool).migrate()
    await expect(find(pool)).rejects.toMatchObject({ code: 'schema' })
    await expect(find(pool)).rejects.toThrow(`drop policy "every ""row""" on "${schema}"."memberships"`)
    await pool.query(`drop policy "every ""row""" on ${table()}`)
    expect(await find(pool)).toBeNull()
  })

  test('a restrictive one of the host may narrow a table down', async () => {
    const pool = poolWith()
    await pool.query(`create policy less on ${table()} as restrictive using (user_id <> 'ann')`)
    expect(await find(pool)).toBeNull()
  })

  test('are the same whatever the search path, and with every name in them', async () => {
    for (const path of ['pg_catalog', `${schema},pg_catalog`, 'public']) {
      expect(await find(poolWith(`-c search_path=${path}`))).toBeNull()
    }
    const { rows } = await poolWith().query<{ tablename: string }>(
      `select distinct tablename from pg_policies where schemaname = '${schema}'`,
    )
    expect(rows.map(({ tablename }) => tablename).sort()).toEqual(Object.keys(tablesOfTenants).sort())
  })
})

test('disableRowLevelSecurity: leaves no table of a tenant under a policy, so that a storage without the option works', async () => {
  const pool = poolWith()
  const plain = postgresStorage({ pool, schema })
  await expect(plain.read.tenants.find('acme')).rejects.toThrow('disableRowLevelSecurity()')
  await disableRowLevelSecurity(pool, { schema })
  const left = await database.query(
    `select relname from pg_class where relnamespace = $1::text::regnamespace and (relrowsecurity or relforcerowsecurity)
    union all select tablename from pg_policies where schemaname = $1::text`,
    [schema],
  )
  expect(left).toEqual([])
  expect(await plain.read.tenants.find('acme')).toBeNull()
  // And back.
  await storageOn(pool).migrate()
  expect(await find(pool)).toBeNull()
})
