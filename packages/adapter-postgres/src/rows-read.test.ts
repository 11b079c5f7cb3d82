import type { Storage } from '@tenantry/core'
import {
  countingQuestions,
  hotQuestions,
  numberedQuestions,
  orderedQuestions,
  ownQuestions,
  sortedQuestions,
} from '@tenantry/kysely-storage/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'

const database = useTestDatabase()
let client: Client
let storage: Storage
let run: { readonly text: string; readonly values?: readonly unknown[] | undefined }[] = []

/**
 * An installation of 40,000 users in 10,000 tenants of four, and one tenant of Ann's, which has three more members. Each
 * user has made three others, and each tenant has four resources. Ann has a notification, and the others have one each.
 */
const rows = `
  insert into tenancy.users (id, email, email_key, email_folded, superuser, status, created_at, created_by)
    select 'u' || n, n || '@x', n || '@x', n || '@x', false, 'active', n, 'u' || n / 3 from generate_series(0, 39999) n
    union all select 'ann', 'ann@y', 'ann@y', 'ann@y', false, 'active', 5, null;
  insert into tenancy.user_states select id, case id when 'ann' then 'acme' end, 1 from tenancy.users;
  insert into tenancy.tenants (id, name, type, join_policy, plan, status, settings, owner_id, created_at, organization_id, member_count)
    select 't' || n, 'T', 'group', 'closed', 'basic', 'active', '{}'::json, 'u' || n * 4, n, 'o' || n / 4, 4
      from generate_series(0, 9999) n
    union all select 'acme', 'A', 'group', 'closed', 'basic', 'active', '{}', 'ann', 5, 'o5', 4;
  insert into tenancy.memberships (tenant_id, user_id, roles, active, overrides, created_at)
    select 't' || n / 4, 'u' || n, '["admin"]'::json, true, '{}'::json, n from generate_series(0, 39999) n
    union all select 'acme', 'u' || n * 5000, '["admin"]', true, '{}'::json, n from generate_series(1, 3) n
    union all select 'acme', 'ann', '["admin"]', true, '{}', 5;
  insert into tenancy.membership_roles select tenant_id, user_id, 'admin' from tenancy.memberships;
  insert into tenancy.invitations
      (tenant_id, id, email, email_key, role, status, inviter_id, created_at, expires_at, resolved_at)
    select tenant_id, 'i' || user_id, user_id, user_id, 'member',
      (array['pending', 'accepted', 'declined'])[created_at % 3 + 1], user_id, created_at, 9, 9 from tenancy.memberships;
  insert into tenancy.join_requests (tenant_id, id, user_id, status, created_at)
    select tenant_id, 'j' || user_id, user_id, (array['pending', 'rejected'])[created_at % 2 + 1], created_at
    from tenancy.memberships;
  insert into tenancy.notifications (tenant_id, user_id, id, kind, at, read_at)
    select tenant_id, user_id, 'e', 'member_joined', created_at, case when created_at % 2 = 0 then 9 end
    from tenancy.memberships;
  insert into tenancy.resources (tenant_id, type, id, owner_tenant_id, owner_id, visibility, name, name_folded, attributes,
      size_bytes, created_at, updated_at, active_at)
    select tenant_id, 'doc', 'r' || user_id, tenant_id, user_id, (array['private', 'tenant'])[created_at % 2 + 1],
      'N', 'n', '{}', 9, created_at, 9, 9 from tenancy.memberships;
  insert into tenancy.comments (tenant_id, resource_type, resource_id, id, author_id, text, created_at)
    select tenant_id, type, id, 'c', owner_id, 'x', 1 from tenancy.resources;
  insert into tenancy.organizations select 'o' || n, 'o' || n, 'O', n from generate_series(0, 2500) n;
  insert into tenancy.organization_members
    select 'o' || n / 16, 'u' || n, true, n % 5 = 0, n from generate_series(0, 39999) n;
  insert into tenancy.access_tokens (user_id, id, token_hash, prefix, created_at, expires_at)
    select id, 'a', 'h' || id, '', 1, 9 from tenancy.users`

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: Readonly<Record<string, unknown>> }]
}

/** How many pages of tables and indexes the statements of a question touch, each planned for its values or for any. */
async function pagesRead(mode: 'force_custom_plan' | 'force_generic_plan'): Promise<number> {
  let pages = 0
  await client.query(`set plan_cache_mode = ${mode}`)
  for (const { text, values = [] } of run) {
    const literals = values.map((value) => (typeof value === 'string' ? client.escapeLiteral(value) : String(value)))
    await client.query(`prepare asked as ${text}`)
    const execute = literals.length > 0 ? `execute asked (${literals.join()})` : 'execute asked'
    const { rows: explained } = await client.query<Explained>(`explain (analyze, buffers, format json) ${execute}`)
    await client.query('deallocate asked')
    for (const {
      'QUERY PLAN': [{ Plan: plan }],
    } of explained)
      pages += Number(plan['Shared Hit Blocks']) + Number(plan['Shared Read Blocks'])
  }
  return pages
}

beforeAll(async () => {
  client = new Client({ connectionString: database.url })
  await client.connect()
  const single = {
    query: (query: { text: string; values?: unknown[] }) => {
      run.push({ text: query.text, values: query.values })
      return client.query({ ...query })
    },
    on: () => {},
    removeListener: () => {},
    release: () => {},
  }
  storage = postgresStorage({ pool: { connect: async () => single } })
  await storage.migrate()
  // Otherwise the server gathers statistics whenever it likes.
  await client.query(`do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = 'tenancy' loop
      execute format('alter table tenancy.%I set (autovacuum_enabled = false)', name);
    end loop; end $$`)
  await client.query(`set session_replication_role = replica; ${rows}; set session_replication_role = origin`)
  await storage.read.users.find('ann')
})

afterAll(() => client.end())

const questions = [
  ...hotQuestions,
  ...orderedQuestions,
  ...sortedQuestions,
  ...ownQuestions,
  ...countingQuestions,
  ...numberedQuestions,
]

describe.each([
  ['without statistics', 'select 1'],
  ['with statistics', 'vacuum analyze'],
])('%s', (_when, prepare) => {
  beforeAll(() => client.query(prepare))

  test.each(questions)(
    'the answer to %s is read from few pages, planned for its values or for any',
    async (_name, ask) => {
      run = []
      await ask(storage.read)
      expect(run.length).toBeGreaterThan(0)
      for (const mode of ['force_custom_plan', 'force_generic_plan'] as const)
        expect(await pagesRead(mode), mode).toBeLessThan(150)
    },
  )

  test('every table is too large for it', async () => {
    const { rows: tables } = await client.query<{ size: number }>(
      `select pg_relation_size(c.oid) / 8192 as size from pg_class c
      where oid in ('tenancy.users'::regclass, 'tenancy.memberships'::regclass, 'tenancy.resources'::regclass)`,
    )
    for (const { size } of tables) expect(Number(size)).toBeGreaterThan(300)
  })
})
