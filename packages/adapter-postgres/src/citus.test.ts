import { AsyncLocalStorage } from 'node:async_hooks'
import { readFileSync } from 'node:fs'
import { createTenancy, GUEST, SYSTEM, type Storage, type Tenant } from '@tenantry/core'
import { storageContract } from '@tenantry/core/contract'
import { tables } from '@tenantry/kysely-storage'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contractSchema } from '../../../scripts/contract-schema.js'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage, type PostgresPool } from './index.js'

const database = useTestDatabase()
let pool: Pool

/** What stands in for Citus: functions that note how they were called, and how the table was then. */
const standIns = `
  create table public.calls (id bigint generated always as identity, call text, foreign_keys bigint, mode text);
  create function public.note(call text, called regclass) returns void language sql as $$
    insert into public.calls (call, foreign_keys, mode) select call, count(*), current_setting('citus.multi_shard_modify_mode')
    from pg_constraint where conrelid = called and contype = 'f' $$;
  create function public.create_reference_table(table_name regclass) returns void language sql as $$
    select public.note(format('create_reference_table(%s)', table_name), table_name) $$;
  create function public.create_distributed_table(table_name regclass, distribution_column text,
    distribution_type text default 'hash', colocate_with text default 'default') returns void language sql as $$
    select public.note(format('create_distributed_table(%s, %s, %s)', table_name, distribution_column,
      colocate_with), table_name) $$`

/** The tables that are distributed, by the column that says to which node a row belongs. */
const distributed: Readonly<Record<string, string>> = {
  tenants: 'id',
  memberships: 'tenant_id',
  membership_roles: 'tenant_id',
  tenant_roles: 'tenant_id',
  invitations: 'tenant_id',
  ownership_transfers: 'tenant_id',
  tenant_events: 'tenant_id',
  files: 'tenant_id',
  resources: 'tenant_id',
  resource_labels: 'tenant_id',
  comments: 'tenant_id',
  join_requests: 'tenant_id',
  former_members: 'tenant_id',
  notifications: 'tenant_id',
  user_states: 'user_id',
  user_events: 'user_id',
  organization_events: 'organization_id',
}

/** Which rows of the distributed tables lie on one node: those of a tenant, and for others those of one table. */
const placeOf = (table: string) => (/^(user|organization)_/.test(table) ? table : 'tenants')

/** The reference tables that statements about tenants join. */
const onEveryNode = ['users', 'organization_members']

/**
 * The methods of the port that ask all shards: for these, the caller knows no tenant. A directory from users to tenants
 * would spare only the first half of such a question: what is listed, counted and ordered is in the tenants' rows.
 */
const onAllShards = [
  // The tenants of a person: one look into an index a shard.
  'invitations.listOpenTo',
  'joinRequests.countPendingByUser',
  'joinRequests.deleteByUser',
  'formerMembers.deleteByUser',
  'formerMembers.listByUser',
  'memberships.countByUser',
  'memberships.listByUser',
  'resources.countForUser',
  'resources.findForUser',
  'resources.listForUser',
  'notifications.count',
  'notifications.find',
  'notifications.deleteByUser',
  'notifications.list',
  'notifications.markAllRead',
  'tenants.countByUser',
  'tenants.current',
  'tenants.listByUser',
  // The accounts that a person knows, and when those in a list signed in last.
  'users.count',
  'users.list',
  'users.listLastLogins',
  // What the purge of deleted tenants looks for.
  'purges.listDue',
  // All tenants, for operators.
  'tenants.countAll',
  'tenants.listAll',
  // The tenants of an organization, for its admins.
  'memberships.countByOrganization',
  'resources.totalsByOrganization',
  'tenants.countByOrganization',
  'tenants.listByOrganization',
].sort()

/**
 * What changes or locks a row of a reference table, and so waits for whatever else does, in the whole installation: why it
 * may, and the methods of the port that do, or the lock that they take. A plain insert waits for no other.
 */
const waiting: Readonly<Record<string, readonly [why: string, ...methods: string[]]>> = {
  users: ['profiles rarely change', 'users.setPasswordHash', 'users.update'],
  access_tokens: [
    'a token is revoked, rotated, or used (recorded once per minute)',
    'accessTokens.delete',
    'accessTokens.deleteAll',
    'accessTokens.put',
    'accessTokens.touch',
  ],
  external_tokens: [
    'as above, for external subjects',
    'externalTokens.delete',
    'externalTokens.put',
    'externalTokens.sweep',
    'externalTokens.touch',
  ],
  device_authorizations: [
    'a device signs in once',
    'deviceAuthorizations.denyApprovedBy',
    'deviceAuthorizations.redeem',
    'deviceAuthorizations.resolve',
    'deviceAuthorizations.sweep',
  ],
  notification_preferences: ['preferences rarely change', 'notifications.setPreference', 'notifications.deleteByUser'],
  organizations: ['admins change the members and tenants of an organization', 'lock'],
  organization_members: ['as above', 'organizationMembers.delete', 'organizationMembers.update'],
  tenant_slugs: ['a slug is released', 'purges.complete', 'tenants.update'],
  invitation_tokens: [
    'an invitation is resolved or resent',
    'invitations.renew',
    'invitations.revokeByInviter',
    'invitations.resolve',
    'purges.complete',
    'purges.deleteBatch',
  ],
  emailed_invitation_tokens: [
    'as above',
    'invitations.renew',
    'invitations.revokeByInviter',
    'invitations.resolve',
    'purges.complete',
    'purges.deleteBatch',
  ],
}

beforeAll(async () => {
  await database.query(standIns)
  pool = new Pool({ connectionString: database.url })
})

afterAll(() => pool.end())

const namesIn = (cell: string) => [...cell.matchAll(/`(\S+?)`/g)].map(([, name]) => name)

const calls = () =>
  database.query<{ call: string; foreign_keys: string; mode: string }>(
    'select call, foreign_keys, mode from calls order by id',
  )

describe('migrating with citus', () => {
  test('distributes every table once, before it has foreign keys, in one connection a node', async () => {
    for (const storage of [postgresStorage({ pool, citus: true }), postgresStorage({ pool, citus: true })]) {
      await storage.migrate()
      await storage.migrate()
    }
    expect((await calls()).map(({ call }) => call)).toEqual([
      'create_reference_table(tenancy.users)',
      'create_distributed_table(tenancy.user_states, user_id, none)',
      'create_reference_table(tenancy.access_tokens)',
      'create_reference_table(tenancy.external_tokens)',
      'create_reference_table(tenancy.device_authorizations)',
      'create_reference_table(tenancy.notification_preferences)',
      'create_distributed_table(tenancy.user_events, user_id, none)',
      'create_reference_table(tenancy.organizations)',
      'create_reference_table(tenancy.organization_members)',
      'create_distributed_table(tenancy.organization_events, organization_id, none)',
      'create_distributed_table(tenancy.tenants, id, none)',
      'create_reference_table(tenancy.tenant_slugs)',
      'create_distributed_table(tenancy.tenant_roles, tenant_id, "tenancy"."tenants")',
      'create_distributed_table(tenancy.ownership_transfers, tenant_id, "tenancy"."tenants")',
      'create_distributed_table(tenancy.files, tenant_id, "tenancy"."tenants")',
      'create_distributed_table(tenancy.tenant_events, tenant_id, "tenancy"."tenants")',
      'create_distributed_table(tenancy.memberships, tenant_id, "tenancy"."tenants")',
      'create_distributed_table(tenancy.membership_roles, tenant_id, "tenancy"."tenants")',
      'create_distributed_table(tenancy.former_members, tenant_id, "tenancy"."tenants")',
      'create_distributed_table(tenancy.invitations, tenant_id, "tenancy"."tenants")',
      'create_reference_table(tenancy.invitation_tokens)',
      'create_reference_table(tenancy.emailed_invitation_tokens)',
      'create_distributed_table(tenancy.join_requests, tenant_id, "tenancy"."tenants")',
      'create_distributed_table(tenancy.notifications, tenant_id, "tenancy"."tenants")',
      'create_distributed_table(tenancy.resources, tenant_id, "tenancy"."tenants")',
      'create_distributed_table(tenancy.resource_labels, tenant_id, "tenancy"."tenants")',
      'create_distributed_table(tenancy.comments, tenant_id, "tenancy"."tenants")',
    ])
    for (const call of await calls()) expect(call).toMatchObject({ foreign_keys: '0', mode: 'sequential' })
  })

  test('makes the calls that docs/scaling.md shows, which lists the same exceptions', async () => {
    const page = readFileSync(new URL('../../../docs/scaling.md', import.meta.url), 'utf8')
    const shown = [...page.matchAll(/^select (create_.*);$/gm)].map(([, call = '']) => call)
    const made = (await calls()).map(({ call }) => call)
    expect(shown.map((call) => call.replaceAll(/'|colocate_with => /g, ''))).toEqual(
      made.map((call) => call.replaceAll('"', '')),
    )
    const [, shards = '', waits = ''] = page.split(/^### What runs on all shards|^### Locks on reference tables/m)
    expect([...shards.matchAll(/^\| `(\w+\.\w+)`/gm)].map(([, name]) => name).sort()).toEqual(onAllShards)
    const rows = [...waits.matchAll(/^\| `(\w+)` +\| (.*?) +\| (.*?) +\|$/gm)]
    expect(
      Object.fromEntries(rows.map(([, table, methods, why]) => [table, [why, ...namesIn(methods ?? '')]])),
    ).toEqual(waiting)
  })

  test('keeps the foreign keys that Citus holds, and no other', async () => {
    const keys = await database.query<{ key: string }>(
      `select replace(conrelid::regclass || ' ' || pg_get_constraintdef(oid), 'tenancy.', '') as key from pg_constraint
      where connamespace = 'tenancy'::regnamespace and contype = 'f' order by 1`,
    )
    expect(keys.map(({ key }) => key)).toEqual([
      'access_tokens FOREIGN KEY (user_id) REFERENCES users(id)',
      'comments FOREIGN KEY (author_id) REFERENCES users(id)',
      'comments FOREIGN KEY (tenant_id, resource_type, resource_id) REFERENCES resources(tenant_id, type, id) ON DELETE CASCADE',
      'device_authorizations FOREIGN KEY (user_id) REFERENCES users(id)',
      'files FOREIGN KEY (tenant_id) REFERENCES tenants(id)',
      'former_members FOREIGN KEY (tenant_id) REFERENCES tenants(id)',
      'former_members FOREIGN KEY (user_id) REFERENCES users(id)',
      'invitations FOREIGN KEY (tenant_id) REFERENCES tenants(id)',
      'join_requests FOREIGN KEY (tenant_id) REFERENCES tenants(id)',
      'join_requests FOREIGN KEY (user_id) REFERENCES users(id)',
      'membership_roles FOREIGN KEY (tenant_id, user_id) REFERENCES memberships(tenant_id, user_id) ON DELETE CASCADE',
      'memberships FOREIGN KEY (tenant_id) REFERENCES tenants(id)',
      'memberships FOREIGN KEY (user_id) REFERENCES users(id)',
      'notification_preferences FOREIGN KEY (user_id) REFERENCES users(id)',
      'notifications FOREIGN KEY (tenant_id, user_id) REFERENCES memberships(tenant_id, user_id) ON DELETE CASCADE',
      'organization_events FOREIGN KEY (organization_id) REFERENCES organizations(id)',
      'organization_members FOREIGN KEY (organization_id) REFERENCES organizations(id)',
      'organization_members FOREIGN KEY (user_id) REFERENCES users(id)',
      'ownership_transfers FOREIGN KEY (tenant_id) REFERENCES tenants(id)',
      'resource_labels FOREIGN KEY (tenant_id, resource_type, resource_id) REFERENCES resources(tenant_id, type, id) ON DELETE CASCADE',
      'resources FOREIGN KEY (owner_id) REFERENCES users(id)',
      'resources FOREIGN KEY (tenant_id) REFERENCES tenants(id)',
      'tenant_events FOREIGN KEY (tenant_id) REFERENCES tenants(id)',
      'tenant_roles FOREIGN KEY (tenant_id) REFERENCES tenants(id)',
      'tenants FOREIGN KEY (id, owner_id) REFERENCES memberships(tenant_id, user_id) DEFERRABLE INITIALLY DEFERRED',
      'user_events FOREIGN KEY (user_id) REFERENCES users(id)',
      'user_states FOREIGN KEY (user_id) REFERENCES users(id)',
    ])
  })

  test('distributes nothing unless it is asked to', async () => {
    const before = await calls()
    await postgresStorage({ pool, schema: database.newSchema() }).migrate()
    expect(await calls()).toEqual(before)
  })

  test('says how to install Citus where it is missing, and leaves nothing behind', async () => {
    const schema = database.newSchema()
    await database.query('alter function public.create_distributed_table rename to hidden')
    const migrated = postgresStorage({ pool, schema, citus: true }).migrate()
    await expect(migrated).rejects.toMatchObject({
      code: 'schema',
      message: expect.stringContaining('create extension citus'),
    })
    expect(await database.query('select from pg_namespace where nspname = $1', [schema])).toEqual([])
    await database.query('alter function public.hidden rename to create_distributed_table')
  })
})

/** Each statement that was sent, with the methods of the port that sent it. */
const statements = new Map<string, Set<string>>()
const method = new AsyncLocalStorage<string>()

/** The same repositories, of which every method tells who sends what is sent while it runs. */
function named<Repositories extends object>(repositories: Repositories): Repositories {
  return new Proxy(repositories, {
    get(target, noun, receiver) {
      // What is behind a noun is an object of methods.
      const repository = Reflect.get(target, noun, receiver) as Record<string, (...fixture: unknown[]) => unknown>
      return new Proxy(repository, {
        get:
          (methods, verb) =>
          (...fixture: unknown[]) =>
            method.run(`${String(noun)}.${String(verb)}`, () => methods[String(verb)]?.(...fixture)),
      })
    },
  })
}

function recorded(storage: Storage): Storage {
  return {
    ...storage,
    read: named(storage.read),
    migrate: (options) => method.run('migrate', () => storage.migrate(options)),
    transaction: (locks, work) => storage.transaction(locks, (tx) => work(named(tx))),
  }
}

/** Several statements travel in one message; text in quotes may hold anything. */
const statementsOf = (text: string) => (text.match(/(?:[^;']|'(?:[^']|'')*')+/g) ?? []).map((one) => one.trim())

function recordingPool(schema: string, into = statements): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect()
      return {
        query(query) {
          const sender = method.getStore() ?? 'transaction'
          for (const text of sender === 'migrate' ? [] : statementsOf(query.text)) {
            const placed = text.replaceAll(`"${schema}".`, '"tenancy".')
            into.set(placed, (into.get(placed) ?? new Set()).add(sender))
          }
          return client.query({ ...query })
        },
        on: (event, listener) => client.on(event, listener),
        removeListener: (event, listener) => client.removeListener(event, listener),
        release: (error) => client.release(error),
      }
    },
  }
}

const writes = /^(?:insert into|update|delete from) "tenancy"\."(\w+)"/
const locks = /^select .* from "tenancy"\."(\w+)" .* for (?:no key )?update/s

/** The reference table in which a statement waits for others; `null` for none. */
function waitsFor(text: string): string | null {
  const [, table = ''] = writes.exec(text) ?? locks.exec(text) ?? []
  const facts = Object.entries(tables).find(([name]) => name === table)?.[1]
  if (!facts || !('citus' in facts) || facts.citus !== 'reference') return null
  return text.startsWith('insert') && !text.includes(' on conflict ') ? null : table
}

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Cond'?: string
  readonly 'Recheck Cond'?: string
  readonly Filter?: string
  readonly Plans?: readonly Plan[]
}

const stepsOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(stepsOf)]

/**
 * How PostgreSQL runs a statement for any values: Citus, too, takes from the planner which rows of each table are
 * asked for, and goes to one node when it finds the value of the table's column in every condition.
 */
async function stepsOfStatement(text: string): Promise<Plan[]> {
  const explained = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (generic_plan, format json) ${text}`)
  return explained.rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => stepsOf(Plan)))
}

function namesItsRow(step: Plan, column: string, text: string): boolean {
  if (step['Node Type'] === 'ModifyTable') {
    // What an update or a delete changes is found by the step below.
    const columns = /^insert into \S+ \((.*?)\)/.exec(text)?.[1]
    return columns === undefined || columns.includes(`"${column}"`)
  }
  const condition = [step['Index Cond'], step['Recheck Cond'], step.Filter].join(' and ')
  return new RegExp(`\\(${column} = (\\$\\d+|'(?:[^']|'')*'::text)\\)`).test(condition)
}

describe('postgres storage distributed by Citus', () => {
  test.each(storageContract)('$id: $name', (contractCase) =>
    contractCase.run(async () => {
      const { schema, unshare } = contractSchema(database, contractCase)
      const storage = postgresStorage({ pool: recordingPool(schema), schema, citus: true })
      return { storage: recorded(storage), dispose: unshare }
    }),
  )

  test('every statement of the contract on a distributed table names the tenant, but those that ask all', async () => {
    const asked = new Set<string>()
    const mixed: string[] = []
    let inspected = 0
    for (const [text, senders] of statements) {
      if (!/^(select|insert|update|delete)\b.*"tenancy"\./s.test(text)) continue
      const steps = (await stepsOfStatement(text)).filter((step) => step['Relation Name'] !== undefined)
      const spread = steps.filter((step) => (step['Relation Name'] ?? '') in distributed)
      if (spread.length === 0) continue
      inspected += 1
      const touched = steps.map((step) => step['Relation Name'] ?? '')
      if (touched.some((table) => !(table in distributed) && !onEveryNode.includes(table))) mixed.push(text)
      const places = spread.map((step) => placeOf(step['Relation Name'] ?? ''))
      if (new Set(places).size > 1) mixed.push(text)
      if (spread.every((step) => namesItsRow(step, distributed[step['Relation Name'] ?? ''] ?? '', text))) continue
      for (const sender of senders) asked.add(sender)
    }
    expect(inspected).toBeGreaterThan(50)
    // So that a person may be changed after a question to all shards.
    expect(statements.has("set local citus.multi_shard_modify_mode = 'sequential'")).toBe(true)
    // Rows of other tables are not on the nodes of the tenants.
    expect(mixed).toEqual([])
    expect([...asked].sort()).toEqual(onAllShards)
  })

  test('the statements of the contract that change or lock a row on every node are those that may, and no lock of a person', () => {
    const found: Record<string, Set<string>> = {}
    for (const [text, senders] of statements) {
      const table = waitsFor(text)
      if (table === null) continue
      for (const one of text.startsWith('select') ? ['lock'] : senders) (found[table] ??= new Set()).add(one)
    }
    const expected = Object.entries(waiting).map(([table, [, ...methods]]) => [table, new Set(methods)])
    expect(found).toEqual(Object.fromEntries(expected))
  })
})

test('signing in, and creating, joining and switching a tenant, wait for nobody else in the whole installation', async () => {
  const schema = database.newSchema()
  const sent = new Map<string, Set<string>>()
  const storage = postgresStorage({ pool: recordingPool(schema, sent), schema, citus: true })
  const tenancy = createTenancy({ storage, emailEncryptionKey: 'x'.repeat(32) })
  await tenancy.migrate()
  const { users } = tenancy.as(SYSTEM)
  for (const id of ['ann', 'bob'])
    await users.create({ id, email: `${id}@example.com`, password: 'correct horse', emailVerified: true })
  sent.clear()
  for (const id of ['ann', 'bob'])
    await tenancy.as(GUEST).users.signIn({ email: `${id}@example.com`, password: 'correct horse' })
  const acme = await tenancy.as({ userId: 'ann' }).tenants.create({ name: 'Acme', slug: 'acme', joinPolicy: 'open' })
  await tenancy.as({ userId: 'bob' }).tenants.join({ tenantId: acme.id })
  await tenancy.as({ userId: 'bob' }).tenants.switch({ tenantId: acme.id })
  expect(sent.size).toBeGreaterThan(20)
  expect([...sent.keys()].filter((text) => waitsFor(text) !== null)).toEqual([])
})

/** Has the commit fail as on Citus: a node names the broken key in a warning, and the error says no more than that it refused. */
const refusal = (schema: string) => `
  alter table ${schema}.tenants drop constraint tenants_id_owner_id_fkey;
  create function ${schema}.refuse() returns trigger language plpgsql as $$
    declare tenant text := coalesce(to_jsonb(new) ->> 'id', to_jsonb(old) ->> 'tenant_id');
    begin
      if exists (select from ${schema}.tenants where id = tenant and (id, owner_id) not in
        (select tenant_id, user_id from ${schema}.memberships)) then
        raise warning 'insert or update on table "tenants_102048" violates foreign key constraint "tenants_id_owner_id_fkey_102048"'
          using errcode = '23503';
        raise exception 'could not commit transaction for shard 102048 on at least one active node' using errcode = 'XX000';
      end if;
      return null;
    end $$;
  create constraint trigger refuse after insert or update on ${schema}.tenants
    deferrable initially deferred for each row execute function ${schema}.refuse();
  create constraint trigger refuse after delete on ${schema}.memberships
    deferrable initially deferred for each row execute function ${schema}.refuse()`

const tenantWithout = (ownerId: string): Tenant => ({
  ...{ id: 'ownerless', name: 'Ownerless', slug: null, type: 'group', joinPolicy: 'closed', description: null },
  ...{ plan: 'basic', status: 'active', settings: {}, ownerId, createdAt: 1, deletedAt: null, organizationId: null },
})

describe('a commit that a node of Citus refuses', () => {
  const refusing = async () => {
    const schema = database.newSchema()
    const storage = postgresStorage({ pool, schema, citus: true })
    await storage.migrate()
    await database.query(refusal(schema))
    return { storage, schema }
  }
  const about = ['tenant-owner-is-member', 'tenant-update-owner', 'membership-delete-owner']

  test.each(storageContract.filter(({ id }) => about.includes(id)))('$id: $name', (contractCase) =>
    contractCase.run(refusing),
  )

  test('keeps the reason of the node and the error of the coordinator as causes', async () => {
    const { storage } = await refusing()
    const ownerless = storage.transaction({}, (tx) => tx.tenants.insert(tenantWithout('ann')))
    await expect(ownerless).rejects.toMatchObject({
      code: 'conflict',
      constraint: 'reference',
      cause: { code: '23503', cause: { code: 'XX000' } },
    })
  })

  test('for no reason that it names makes the storage unavailable', async () => {
    const { storage, schema } = await refusing()
    await database.query(`create or replace function ${schema}.refuse() returns trigger language plpgsql as $$ begin
      raise warning 'a node is slow';
      raise exception 'could not commit transaction for shard 102048 on at least one active node' using errcode = 'XX000';
    end $$`)
    const ownerless = storage.transaction({}, (tx) => tx.tenants.insert(tenantWithout('ann')))
    await expect(ownerless).rejects.toMatchObject({ code: 'unavailable', cause: { code: 'XX000' } })
  })
})
