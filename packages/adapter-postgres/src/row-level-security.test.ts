import { randomBytes } from 'node:crypto'
import type { Storage } from '@tenantry/core'
import { storageContract } from '@tenantry/core/contract'
import { everyTenant, tablesOfTenants } from '@tenantry/kysely-storage'
import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contractSchema } from '../../../scripts/contract-schema.js'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { PostgresDriver } from './driver.js'
import { enterTenant, postgresStorage, protectTable, type PostgresPool } from './index.js'
import { statementNames } from './statement-names.js'

const database = useTestDatabase()
const role = `tenantry_bound_${randomBytes(8).toString('hex')}`
/** Connections of a role that owns its tables and is no superuser. */
let pool: pg.Pool
let onlyOne: pg.Pool

beforeAll(async () => {
  await database.query(`create role ${role}`)
  const { pathname } = new URL(database.url)
  await database.query(`grant create on database ${pathname.slice(1)} to ${role}`)
  await database.query(`grant all on schema public to ${role}`)
  const options = `-c role=${role}`
  pool = new pg.Pool({ connectionString: database.url, options })
  onlyOne = new pg.Pool({ connectionString: database.url, options, max: 1 })
})

afterAll(async () => {
  await Promise.all([pool.end(), onlyOne.end()])
  await database.query(`drop owned by ${role} cascade`)
  await database.query(`drop role ${role}`)
})

const dropSchema = async (schema: string) => void (await database.query(`drop schema if exists ${schema} cascade`))

describe('with row-level security', () => {
  test.each(storageContract)('$id: $name', (contractCase) =>
    contractCase.run(async () => {
      const { schema, unshare } = contractSchema(database, contractCase)
      return { storage: postgresStorage({ pool, schema, rowLevelSecurity: true }), dispose: unshare }
    }),
  )
})

const elsewhere = [
  // Migrating is not for a transaction, and there `read` shows what is not committed yet.
  ...['migrate-fresh', 'migrate-again', 'migrate-plan', 'check-unmigrated', 'check-migrated', 'transaction-isolation'],
  // Whether an owner is a member is asked at the commit, which is the host's.
  ...['tenant-owner-is-member', 'tenant-update-owner', 'membership-delete-owner', 'transaction-after-failure'],
]
const contractWithin = storageContract.filter(({ id }) => !elsewhere.includes(id))
const migrated = (storage: Storage): Storage => ({ ...storage, migrate: () => Promise.resolve([]) })

describe.each(['a client', 'Kysely'])(
  'with row-level security, within a transaction that the host began on %s',
  (on) => {
    let storage: Storage
    beforeAll(async () => {
      storage = postgresStorage({ pool, schema: database.newSchema(), rowLevelSecurity: true })
      await storage.migrate()
    })

    test.each(contractWithin)('$id: $name', (contractCase) =>
      contractCase.run(async () => {
        if (on === 'Kysely') {
          const transaction = await new Kysely({ dialect: new PostgresDialect({ pool }) }).startTransaction().execute()
          const dispose = async () => void (await transaction.rollback().execute())
          return { storage: migrated(storage.withTransaction(transaction)), dispose }
        }
        const client = await pool.connect()
        await client.query('begin')
        const dispose = async () => {
          await client.query('rollback')
          client.release()
        }
        return { storage: migrated(storage.withTransaction(client)), dispose }
      }),
    )
  },
)

/** A tenant with a row in each of its tables. */
async function insertTenant(storage: Storage, tenantId: string) {
  const user = { email: `${tenantId}@example.com`, emailKey: `${tenantId}@example.com`, status: 'active' } as const
  const blank = { emailVerifiedAt: null, name: null, avatarUrl: null, language: null, timeZone: null } as const
  const never = {
    createdBy: null,
    waitingSince: null,
    superuser: false,
    createdAt: 0,
  } as const
  const userId = `owner of ${tenantId}`
  await storage.transaction({ users: [userId] }, async (tx) => {
    await tx.users.insert({ id: userId, ...user, ...blank, ...never })
    const tenant = { id: tenantId, name: tenantId, slug: null, plan: 'basic', status: 'active', settings: {} } as const
    const kind = {
      type: 'group',
      joinPolicy: 'closed',
      description: null,
      deletedAt: null,
      organizationId: null,
    } as const
    await tx.tenants.insert({ ...tenant, ...kind, ownerId: userId, createdAt: 0 })
    const membership = {
      active: true,
      overrides: {},
      invitedBy: null,
      lastActiveAt: null,
      metadata: null,
      createdAt: 0,
    }
    await tx.memberships.insert({ tenantId, userId, roles: ['admin'], ...membership })
    await tx.roles.insert({ tenantId, key: 'clerk', name: 'Clerk', rank: 1, permissions: [], createdAt: 0 })
    const invited = { email: 'x@example.com', emailKey: 'x@example.com', role: 'member', status: 'pending' } as const
    const times = { createdAt: 0, expiresAt: 1, resolvedAt: null }
    const invitation = { id: 'invitation', tenantId, inviterId: userId, language: null, ...invited, ...times }
    await tx.invitations.insert(invitation, { mailed: null, revealed: `token of ${tenantId}` })
    const resolved = { message: null, status: 'withdrawn', resolvedAt: 0, decidedBy: null, createdAt: 0 } as const
    await tx.joinRequests.insert({ id: 'request', tenantId, userId, ...resolved })
    await tx.formerMembers.put({ tenantId, userId, roles: ['viewer'], overrides: {}, ending: 'left', endedAt: 0 })
    const codes = { codeHash: 'code', tokenHash: 'token', expiresAt: 1 }
    await tx.ownershipTransfers.put({ tenantId, ownerId: userId, phase: 'sent', ...codes })
    const event = { seq: 1, id: tenantId, type: 'tenant.created', actorId: null, at: 0, ip: null, data: {} } as const
    const chain = {
      previousHash: null,
      hash: 'hash',
      scope: { tenantId },
      target: { type: 'tenant', id: tenantId },
    } as const
    await tx.events.append({ ...event, ...chain })
    const file = {
      id: 'logo',
      purpose: 'logo',
      contentType: 'image/png',
      bytes: new Uint8Array([1]),
      createdAt: 0,
    } as const
    await tx.files.insert({ tenantId, ...file })
    const kept = { name: 'Notes', attributes: {}, labels: { tag: ['x'] }, sizeBytes: 0 }
    const moments = { createdAt: 0, updatedAt: 0, activeAt: 0 }
    const resource = { type: 'doc', id: 'one', ownerTenantId: tenantId, ownerId: userId, visibility: 'tenant' } as const
    await tx.resources.insert({ tenantId, ...resource, ...kept, ...moments })
    const about = { tenantId, resourceType: 'doc', resourceId: 'one' }
    await tx.comments.insert({ ...about, id: 'comment', authorId: userId, text: 'x', createdAt: 0 })
    const notified = {
      id: 'told',
      kind: 'member_joined',
      actorId: null,
      resource: null,
      memberId: null,
      at: 0,
    } as const
    await tx.notifications.insertForUsers({ tenantId, ...notified }, [userId])
  })
}

/** Runs the text in a transaction of its own, under a tenant or none, and answers how many rows it met. */
async function met(text: string, tenantId?: string): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    if (tenantId !== undefined) await enterTenant(client, tenantId)
    return (await client.query(text)).rowCount ?? 0
  } finally {
    await client.query('rollback')
    client.release()
  }
}

describe('under row-level security', () => {
  let schema: string
  let storage: Storage

  beforeEach(async () => {
    schema = database.newSchema()
    storage = postgresStorage({ pool: onlyOne, schema, rowLevelSecurity: true })
    await storage.migrate()
    for (const id of ['acme', 'other']) await insertTenant(storage, id)
  })
  afterEach(() => dropSchema(schema))

  test.each(Object.entries(tablesOfTenants))('SQL that forgets the tenant meets no row of %s', async (name, column) => {
    const table = `${schema}.${name}`
    const statements = [
      `select from ${table}`,
      `select from ${table} where ${column} = 'acme'`,
      `update ${table} set ${column} = ${column}`,
      `delete from ${table}`,
    ]
    for (const text of statements) {
      expect(await met(text)).toBe(0)
      expect(await met(text, '')).toBe(0)
      expect(await met(text, 'nobody')).toBe(0)
    }
    expect(await met(`select from ${table}`, 'acme')).toBe(1)
    expect(await met(`update ${table} set ${column} = ${column}`, 'acme')).toBe(1)
    expect(await met(`select from ${table} where ${column} = 'acme'`, 'other')).toBe(0)
    await expect(met(`update ${table} set ${column} = 'other'`, 'acme')).rejects.toMatchObject({ code: '42501' })
    expect(await database.query(`select from ${table}`)).toHaveLength(2)
  })

  test('a statement of the storage that does not say whose rows it wants meets none', async () => {
    const names = statementNames({ preparedStatements: true })
    const driver = { pool: onlyOne, statementTimeout: 10_000, names, boundBy: `"${schema}".tenants` }
    const db = new Kysely({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new PostgresDriver(driver),
        createIntrospector: (kysely) => new PostgresIntrospector(kysely),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    })
    const forgetful = CompiledQuery.raw(`select from ${schema}.tenants where id <> $1`, ['none'])
    const count = async (executor: typeof db, query: CompiledQuery) => (await executor.executeQuery(query)).rows.length
    const ofAcme = { ...forgetful, tenant: 'acme' }
    const ofEvery = { ...forgetful, tenant: everyTenant }
    for (const [query, rows] of [
      [forgetful, 0],
      [ofAcme, 1],
      [forgetful, 0],
      [ofEvery, 2],
      [forgetful, 0],
    ] as const)
      expect(await count(db, query)).toBe(rows)
    await db.transaction().execute(async (transaction) => {
      const queries = [forgetful, ofAcme, ofAcme, forgetful, ofEvery, forgetful, ofEvery, ofAcme]
      const counts = await Promise.all(queries.map((query) => count(transaction, query)))
      expect(counts).toEqual([0, 1, 1, 0, 2, 0, 2, 1])
    })
    await db.destroy()
  })

  test('nothing is left on a connection, also after a transaction that failed', async () => {
    const left = async () => {
      const settings = `coalesce(current_setting('tenancy.tenant_id', true), '') as tenant,
        coalesce(current_setting('tenancy.every_tenant', true), '') as every`
      const { rows } = await onlyOne.query(`select ${settings}, (select count(*)::int from ${schema}.tenants) as count`)
      return rows
    }
    const nothing = [{ tenant: '', every: '', count: 0 }]
    expect(await storage.read.tenants.find('acme')).toMatchObject({ id: 'acme' })
    expect(await left()).toEqual(nothing)
    expect(await storage.read.tenants.countAll()).toBe(2)
    expect(await left()).toEqual(nothing)
    await storage.transaction({ tenants: ['acme', 'other'] }, (tx) => tx.tenants.find('acme'))
    expect(await left()).toEqual(nothing)
    const failing = storage.transaction({ tenants: ['acme'] }, async (tx) => {
      await tx.tenants.find('acme')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await left()).toEqual(nothing)
  })

  test("a host's transaction finds the tenant that it entered as it was", async () => {
    const client = await onlyOne.connect()
    await client.query('begin')
    await enterTenant(client, 'other')
    const entered = async () => (await client.query(`select id from ${schema}.tenants`)).rows
    const within = storage.withTransaction(client)
    expect(await within.read.tenants.find('acme')).toMatchObject({ id: 'acme' })
    expect(await entered()).toEqual([{ id: 'other' }])
    const both = await within.transaction({ tenants: ['acme'] }, (tx) =>
      Promise.all([tx.tenants.find('acme'), tx.tenants.find('other'), tx.tenants.countAll()]),
    )
    expect(both).toMatchObject([{ id: 'acme' }, { id: 'other' }, 2])
    expect(await entered()).toEqual([{ id: 'other' }])
    const failing = within.transaction({}, async (tx) => {
      await tx.tenants.countAll()
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await entered()).toEqual([{ id: 'other' }])
    await client.query('rollback')
    client.release()
  })

  test('a host may read every value as text', async () => {
    const types = { getTypeParser: () => String }
    const reading = new pg.Pool({ connectionString: database.url, options: `-c role=${role}`, types })
    const db = new Kysely({ dialect: new PostgresDialect({ pool: reading }) })
    await db.transaction().execute(async (transaction) => {
      expect(await storage.withTransaction(transaction).read.tenants.find('acme')).toMatchObject({
        id: 'acme',
        createdAt: 0,
      })
    })
    await db.destroy()
  })

  test('an id is only an id, whatever it looks like', async () => {
    const id = `$1 ' \\ " $$ ; -- \u{1F600}`
    await insertTenant(storage, id)
    expect(await storage.read.tenants.find(id)).toMatchObject({ id })
    const found = await storage.transaction({ tenants: [id], users: [`owner of ${id}`] }, (tx) =>
      tx.access.find({ tenantId: id, userId: `owner of ${id}` }),
    )
    expect(found).toMatchObject({ tenant: { id }, membership: { roles: ['admin'] } })
  })

  test('bytes stay as they are where a backslash means something in every text', async () => {
    const options = `-c role=${role} -c standard_conforming_strings=off -c escape_string_warning=off`
    const escaping = new pg.Pool({ connectionString: database.url, options })
    const inThatWay = postgresStorage({ pool: escaping, schema, rowLevelSecurity: true })
    const file = { id: 'icon', purpose: 'logo', contentType: 'image/gif', createdAt: 0 } as const
    const bytes = new TextEncoder().encode('GIF89a')
    await inThatWay.transaction({}, (tx) => tx.files.insert({ tenantId: 'acme', ...file, bytes }))
    const stored = await storage.read.files.find({ tenantId: 'acme', id: 'icon' })
    expect(Buffer.from(stored?.bytes ?? [])).toEqual(Buffer.from(bytes))
    await escaping.end()
  })

  test('a read is one message', async () => {
    const messages: string[] = []
    const watched: PostgresPool = {
      async connect() {
        const client = await onlyOne.connect()
        return {
          query: (query) => (messages.push(query.text), client.query({ ...query })),
          on: (event, listener) => client.on(event, listener),
          removeListener: (event, listener) => client.removeListener(event, listener),
          release: (error) => client.release(error),
        }
      },
    }
    const { read } = postgresStorage({ pool: watched, schema, rowLevelSecurity: true })
    await read.users.find('ann')
    messages.length = 0
    expect(await read.tenants.find('acme')).not.toBeNull()
    expect(messages).toHaveLength(1)
  })
})

describe('row-level security', () => {
  let schema: string
  beforeEach(() => (schema = database.newSchema()))
  afterEach(() => dropSchema(schema))

  const find = (storage: Storage) => storage.read.tenants.find('acme')

  test('is refused to a role that no policy binds', async () => {
    const superuser = postgresStorage({ connectionString: database.url, schema, rowLevelSecurity: true })
    await superuser.migrate()
    for (const use of [() => find(superuser), () => superuser.transaction({}, async () => 'done')]) {
      await expect(use()).rejects.toThrow(TypeError)
      await expect(use()).rejects.toThrow('BYPASSRLS')
    }
    await superuser.close()
  })

  test.each([
    ['the role gets BYPASSRLS', () => `alter role ${role} bypassrls`, () => `alter role ${role} nobypassrls`],
    [
      'the owner is exempt',
      () => `alter table ${schema}.tenants no force row level security`,
      () => `alter table ${schema}.tenants force row level security`,
    ],
    [
      'a table has none any more',
      () => `alter table ${schema}.tenants disable row level security`,
      () => `alter table ${schema}.tenants enable row level security`,
    ],
  ])(
    'that stops binding, because %s, is noticed by the next statement, which does not run',
    async (_, unbind, bind) => {
      const storage = postgresStorage({ pool, schema, rowLevelSecurity: true })
      await storage.migrate()
      await insertTenant(storage, 'acme')
      const ofAcme = { id: 'acme', status: 'active', set: { name: 'Changed' } } as const
      const uses = [
        () => find(storage),
        () => storage.read.tenants.countAll(),
        () => storage.transaction({ tenants: ['acme'] }, (tx) => tx.tenants.update(ofAcme)),
        () => storage.transaction({}, (tx) => tx.tenants.update(ofAcme)),
        () => storage.transaction({ users: ['ann'] }, (tx) => tx.tenants.update(ofAcme)),
      ]
      await database.query(unbind())
      try {
        for (const use of uses)
          await expect(use()).rejects.toMatchObject({
            code: 'schema',
            message: expect.stringContaining('does not bind the role'),
          })
      } finally {
        await database.query(bind())
      }
      expect(await find(storage)).toMatchObject({ name: 'acme' })
    },
  )

  test('can be turned on later, and off again, and no storage works without noticing', async () => {
    const off = () => postgresStorage({ pool, schema })
    const on = () => postgresStorage({ pool, schema, rowLevelSecurity: true })
    await off().migrate()
    await insertTenant(off(), 'acme')
    await expect(find(on())).rejects.toMatchObject({ code: 'schema' })
    await Promise.all([on().migrate(), on().migrate()])
    await on().migrate()
    expect(await find(on())).toMatchObject({ id: 'acme' })
    await expect(find(off())).rejects.toThrow('rowLevelSecurity: true')
    for (const table of Object.keys(tablesOfTenants))
      await database.query(`alter table ${schema}.${table} disable row level security`)
    expect(await find(off())).toMatchObject({ id: 'acme' })
    await expect(find(on())).rejects.toMatchObject({ code: 'schema' })
    await on().migrate()
    expect(await find(on())).toMatchObject({ id: 'acme' })
  })
})

describe('a table of the host', () => {
  const acme = '7d444840-9dc0-11d1-b245-5ffdce74fad2'
  const other = 'e902893a-9d22-3c7e-a7b8-d6e313b71d9f'
  const named = { schema: 'public', table: 'host "invoices"', column: 'the "tenant"' }
  const invoices = '"host ""invoices"""'
  const tenant = '"the ""tenant"""'

  beforeEach(async () => {
    await pool.query(`create table ${invoices} (${tenant} uuid not null, amount int)`)
    await pool.query(`insert into ${invoices} values ('${acme}', 1), ('${other}', 2)`)
  })
  afterEach(() => pool.query(`drop table ${invoices}`))

  test('shows its rows to who entered their tenant, and to nobody else', async () => {
    expect(await met(`select from ${invoices}`)).toBe(2)
    await protectTable(pool, named)
    await protectTable(pool, named)
    for (const text of [`select from ${invoices}`, `update ${invoices} set amount = 3`, `delete from ${invoices}`]) {
      expect(await met(text)).toBe(0)
      expect(await met(text, acme)).toBe(1)
    }
    expect(await met(`select from ${invoices} where ${tenant} = '${other}'`, acme)).toBe(0)
    await expect(met(`insert into ${invoices} values ('${other}', 3)`, acme)).rejects.toMatchObject({ code: '42501' })
    await expect(met(`insert into ${invoices} values ('${acme}', 3)`)).rejects.toMatchObject({ code: '42501' })
    expect(await met(`insert into ${invoices} values ('${acme}', 3)`, acme)).toBe(1)
  })

  test('stays closed whatever other policies permit, and to statements that cross tenants', async () => {
    await pool.query(`create policy everything on ${invoices} using (true)`)
    await protectTable(pool, named)
    expect(await met(`select from ${invoices}`)).toBe(0)
    expect(await met(`select from ${invoices}`, acme)).toBe(1)
    const client = await pool.connect()
    await client.query(`begin; set local tenancy.every_tenant = 'on'`)
    expect((await client.query(`select from ${invoices}`)).rowCount).toBe(0)
    await client.query('rollback')
    client.release()
  })

  test('shows no more than another policy permits', async () => {
    const permit = () => pool.query(`create policy small on ${invoices} using (amount < 1)`)
    await permit()
    await protectTable(pool, named)
    expect(await met(`select from ${invoices}`, acme)).toBe(0)
    await pool.query(`drop policy small on ${invoices}`)
    await protectTable(pool, named)
    expect(await met(`select from ${invoices}`, acme)).toBe(1)
    await permit()
    await protectTable(pool, named)
    expect(await met(`select from ${invoices}`, acme)).toBe(0)
  })

  test.each(['varchar(4)', 'char(4)'])('does not cut the id of a tenant to the width of %s', async (type) => {
    const client = await pool.connect()
    await client.query(`begin; create table narrow (tenant_id ${type}); insert into narrow values ('acme')`)
    await protectTable(client, { table: 'narrow' })
    for (const [tenantId, rows] of [
      ['acme', 1],
      ['acme-too', 0],
    ] as const) {
      await enterTenant(client, tenantId)
      expect((await client.query('select from narrow')).rowCount).toBe(rows)
    }
    await client.query('rollback')
    client.release()
  })

  test('is refused when it is not there, or has no such column', async () => {
    await expect(protectTable(pool, { table: 'nothing' })).rejects.toThrow(TypeError)
    await expect(protectTable(pool, { ...named, column: 'tenant_id' })).rejects.toThrow(TypeError)
  })
})
