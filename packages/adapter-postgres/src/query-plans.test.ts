import type { Storage } from '@tenantry/core'
import { hotQuestions, numberedQuestions, orderedQuestions, sortedQuestions } from '@tenantry/kysely-storage/testing'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'

const database = useTestDatabase()
let pool: Pool
let storage: Storage
let run: string[] = []

/** Enough rows for the planner to have a choice: 10,000 users in three of 1,000 tenants each, with thirty members. */
const rows = `
  insert into tenancy.users (id, email, email_key, email_folded, superuser, status, created_at)
    select 'u' || n, n || '@x', n || '@x', n || '@x', false, 'active', n from generate_series(0, 9999) n;
  insert into tenancy.tenants (id, name, type, join_policy, plan, status, settings, owner_id, created_at, member_count)
    select 't' || n, 'T', 'group', 'closed', 'basic', 'active', '{}', 'u' || n, n, 30 from generate_series(0, 999) n;
  insert into tenancy.memberships (tenant_id, user_id, roles, active, overrides, created_at)
    select 't' || (n + n / 10000) % 1000, 'u' || n % 10000, '["member"]', true, '{}', n from generate_series(0, 29999) n;
  insert into tenancy.membership_roles select tenant_id, user_id, 'member' from tenancy.memberships;
  insert into tenancy.tenant_roles (tenant_id, key, name, rank, permissions, created_at)
    select 't' || (n - 1) / 20, 'r' || n, 'R', 1, '[]', n from generate_series(1, 20000) n;
  insert into tenancy.invitations
    (tenant_id, id, email, email_key, role, status, inviter_id, created_at, expires_at, resolved_at)
    select 't' || n % 20 + 1, 'i' || n, n || '@x', n || '@x', 'member',
      (array['pending', 'accepted', 'declined'])[n % 3 + 1], 'u' || n % 20 + 1, n, n, n
    from generate_series(1, 20000) n;
  insert into tenancy.join_requests (tenant_id, id, user_id, status, created_at)
    select 't' || n % 20 + 1, 'j' || n, 'u' || n % 9999, (array['approved', 'rejected'])[n % 2 + 1], n
    from generate_series(1, 20000) n;
  insert into tenancy.former_members (tenant_id, user_id, roles, overrides, ending, ended_at)
    select 't' || n % 20 + 1, 'u' || n % 9999, '[]', '{}', 'left', n from generate_series(1, 20000) n;
  insert into tenancy.invitation_tokens
    select 'h' || id, tenant_id, id from tenancy.invitations where status = 'pending';
  insert into tenancy.access_tokens (user_id, id, token_hash, prefix, created_at, expires_at)
    select 'u' || n % 2000 + 1, 'a' || n, 'h' || n, '', n, n from generate_series(1, 20000) n;
  insert into tenancy.external_tokens
      (issuer, email_key, email, id, token_hash, label, client_id, prefix, created_at, expires_at)
    select 'sso', 'u' || n % 2000, 'x', 'a' || n, 'h' || n, 'l' || n, 'cli', 'x', n, n from generate_series(1, 20000) n;
  insert into tenancy.device_authorizations
      (id, device_code_hash, user_code_hash, client_id, label, status, created_at, expires_at)
    select 'd' || n, 'd' || n, 'u' || n, 'cli', 'x', 'pending', n, n from generate_series(1, 20000) n;
  insert into tenancy.tenant_events (tenant_id, seq, id, type, actor_id, target_type, target_id, at, data, hash)
    select 't' || n % 20 + 1, n, 'e' || n, 'type' || n % 5, 'u' || n % 50, (array['tenant', 'member'])[n % 2 + 1],
      'u' || n % 70, n, '{}', 'h' from generate_series(1, 40000) n;
  insert into tenancy.user_events (user_id, seq, id, type, target_type, target_id, at, data, hash)
    select 'u' || n % 20 + 1, n, 'e' || n, 'type', 'user', 'u', n, '{}', 'h' from generate_series(1, 20000) n;
  insert into tenancy.emails (id, kind, recipient, payload, status, attempts, due_at, created_at)
    select 'm' || n, 'welcome', 'x', 'x', (array['queued', 'dead'])[n % 2 + 1], 0, n, n from generate_series(1, 20000) n;
  insert into tenancy.delivery_chains (scope_kind, scope_id, seq, marked_up_to, due_at, waiting_since, attempts)
    select 'user', 'u' || n, n, n, case when n % 100 = 0 then n end, n, 0 from generate_series(1, 20000) n;
  insert into tenancy.dead_letters (id, scope_kind, scope_id, seq, type, attempts, last_error, died_at)
    select 'e' || n, 'user', 'u' || n, n, 'x', 24, 'x', n from generate_series(1, 20000) n;
  insert into tenancy.notification_chains (scope_kind, scope_id, seq, marked_up_to, due_at, waiting_since, attempts)
    select 'tenant', 't' || n, n, n, case when n % 100 = 0 then n end, n, 0 from generate_series(1, 20000) n;
  insert into tenancy.notifications (tenant_id, user_id, id, kind, at, read_at)
    select tenant_id, user_id, 'e' || n, 'member_joined', n, case when n % 10 > 0 then n end
    from tenancy.memberships, generate_series(1, 500) n where user_id in (select 'u' || n from generate_series(1, 30) n);
  insert into tenancy.notification_preferences select 'u' || n % 9999, 'kind' || n / 9999, 'off' from generate_series(1, 20000) n;
  insert into tenancy.resources (tenant_id, type, id, owner_tenant_id, owner_id, visibility, name, name_folded, attributes,
      size_bytes, created_at, updated_at, active_at)
    select 't' || n % 20 + 1, 'type' || n % 3, 'r' || n, 't' || n % 20 + 1, 'u' || n % 100,
      (array['private', 'tenant'])[n % 2 + 1], 'N' || n, 'n' || n, '{}', n, n, n, n from generate_series(1, 40000) n;
  insert into tenancy.comments (tenant_id, resource_type, resource_id, id, author_id, text, created_at)
    select 't' || n % 20 + 1, 'type' || n % 3, 'r' || n, 'c' || m, 'u' || m % 100, 'x', m
    from generate_series(1, 2000) n, generate_series(1, 10) m;
  insert into tenancy.counters select 'k' || n, 1, n from generate_series(1, 20000) n;
  insert into tenancy.organizations select 'o' || n, 'o' || n, 'O', n from generate_series(0, 2000) n;
  insert into tenancy.organization_members
    select 'o' || n / 10, 'u' || n % 2000 + 1, true, n % 5 = 0, n from generate_series(1, 20000) n;
  update tenancy.tenants set organization_id = 'o5' where id = 't5';
  analyze`

/** The plan that is kept for any values, which PostgreSQL 16 and later explain. How the few roles of one membership are put in order is left out. */
async function plan(text: string): Promise<string> {
  const explained = await pool.query<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${text}`)
  const steps = explained.rows.map((row) => row['QUERY PLAN']).join('\n')
  return steps.split('SubPlan')[0] ?? ''
}

beforeAll(async () => {
  pool = new Pool({ connectionString: database.url })
  await postgresStorage({ pool }).migrate()
  await pool.query(rows)
  storage = postgresStorage({
    pool: {
      async connect() {
        const client = await pool.connect()
        return {
          query: (query) => (run.push(query.text), client.query({ ...query })),
          on: (event, listener) => client.on(event, listener),
          removeListener: (event, listener) => client.removeListener(event, listener),
          release: (error) => client.release(error),
        }
      },
    },
  })
  await storage.read.users.find('ann')
})

afterAll(() => pool.end())

describe('a read', () => {
  test.each(hotQuestions)('of %s is one statement, the same text each time', async (_name, ask) => {
    run = []
    await ask(storage.read)
    await ask(storage.read)
    expect(run).toHaveLength(2)
    expect(new Set(run).size).toBe(1)
  })

  test.each([...hotQuestions, ...orderedQuestions])('of %s scans no table and sorts no rows', async (_name, ask) => {
    run = []
    await ask(storage.read)
    expect(run).toHaveLength(1)
    const steps = await plan(run.join())
    expect(steps).toMatch(/Index (Only )?Scan/)
    expect(steps).not.toMatch(/Seq Scan|Sort|Hash/)
  })

  test.each(sortedQuestions)(
    'of %s scans no table; it may sort those of one tenant, person or organization',
    async (_name, ask) => {
      run = []
      await ask(storage.read)
      expect(await plan(run.join())).not.toMatch(/Seq Scan|Hash/)
    },
  )

  test.each(numberedQuestions)('of %s by the number of a page scans no table', async (_name, ask) => {
    run = []
    await ask(storage.read)
    expect(run).toHaveLength(1)
    expect(await plan(run.join())).not.toMatch(/Seq Scan/)
  })
})
