import assert from 'node:assert/strict'
import { isTenancyError, type UserClient } from '@tenantry/core'
import type { HostUnderTest, OpenHost, Told } from './host-under-test.js'

interface WithinHostCase {
  readonly name: string
  run(host: HostUnderTest, notified: Told): Promise<void>
}

const ours = [
  'tenants',
  'memberships',
  'tenant_slugs',
  'invitations',
  'tenant_events',
  'user_events',
  'emails',
  'counters',
]
const tables = [...ours, 'delivery_chains', 'company']

async function counts(host: HostUnderTest) {
  const entries: [string, number][] = []
  for (const table of tables) entries.push([table, await host.count(table)])
  return Object.fromEntries(entries)
}

/** A company with its workspace, to which Bob is invited: rows in nearly every table. */
async function foundAcme(open: OpenHost, ann: UserClient): Promise<string> {
  await open.insertCompany('Acme')
  const { id } = await ann.tenants.create({ name: 'Acme', slug: 'acme' })
  await ann.in(id).members.invite({ email: 'bob@example.com', role: 'member' })
  return id
}

const asAnn = ({ tenancy }: HostUnderTest, { transaction }: OpenHost) =>
  tenancy.withTransaction(transaction).as({ userId: 'ann' })

/** Writes a row in each microtask while a call runs, from the one before it on; a turn of the event loop now and then. */
async function writeBeside(open: OpenHost, call: () => Promise<unknown>): Promise<{ rows: number; outcome: unknown }> {
  let isDone = false
  const writes = [open.insertCompany('beside')]
  const called = call()
    .catch((error: unknown) => error)
    .finally(() => (isDone = true))
  while (!isDone && writes.length < 500) {
    writes.push(open.insertCompany('beside'))
    await (writes.length % 20 === 0 ? new Promise(setImmediate) : null)
  }
  const outcome = await called
  await Promise.all(writes)
  return { rows: writes.length, outcome }
}

/** What every storage that enters a transaction of the host must make true. */
export const withinHostCases: readonly WithinHostCase[] = [
  {
    name: "the host's rows and the tenant are kept together, and only then seen, told and mailed",
    async run(host, notified) {
      const before = await counts(host)
      const open = await host.begin()
      const ann = asAnn(host, open)
      const id = await foundAcme(open, ann)
      assert.equal((await ann.in(id).members.list({})).items.length, 1)
      assert.equal((await ann.in(id).access()).can('tenant:update'), true)
      assert.deepEqual(await counts(host), before)

      await open.commit()
      const after = await counts(host)
      for (const table of tables.filter((table) => table !== 'user_events')) {
        assert.ok(Number(after[table]) > Number(before[table]), table)
      }
      assert.deepEqual(notified, { heard: [], delivered: notified.delivered, sent: [] })
      await host.elsewhere.flushEvents()
      await host.elsewhere.flushEmails()
      assert.deepEqual(notified.sent, ['bob@example.com'])
      const types = notified.delivered.map(({ type }) => type)
      assert.ok(types.includes('tenant.created') && types.includes('invitation.created'), types.join())
      assert.deepEqual(await host.elsewhere.as({ userId: 'ann' }).in(id).events.verify(), { intact: true, events: 2 })
    },
  },
  {
    name: 'a host that rolls back leaves nothing of ours',
    async run(host, notified) {
      const before = await counts(host)
      const open = await host.begin()
      await foundAcme(open, asAnn(host, open))
      await open.rollback()
      assert.deepEqual(await counts(host), before)
      await host.elsewhere.flushEvents()
      await host.elsewhere.flushEmails()
      assert.deepEqual([notified.heard, notified.sent], [[], []])
    },
  },
  {
    name: "a refused command undoes itself, and the host's transaction goes on",
    async run(host) {
      const open = await host.begin()
      const ann = asAnn(host, open)
      const id = await foundAcme(open, ann)
      await assert.rejects(ann.tenants.create({ name: 'Other', slug: 'acme' }), (error) =>
        isTenancyError(error, 'slug_taken'),
      )
      const invite = (email: string) => ann.in(id).members.invite({ email, role: 'member' })
      await invite('cy@example.com')
      await assert.rejects(invite('dee@example.com'), isTenancyError)
      await open.insertCompany('Second')
      await ann.in(id).update({ name: 'Acme Ltd' })
      await open.commit()
      assert.deepEqual([await host.count('company'), await host.count('tenants')], [2, 1])
      assert.equal(await host.count('invitations'), 2)
      assert.equal((await host.elsewhere.as({ userId: 'ann' }).in(id).get()).tenant.name, 'Acme Ltd')
    },
  },
  {
    name: 'what the host writes beside a call is kept, whatever becomes of the call',
    async run(host) {
      const open = await host.begin()
      const ann = asAnn(host, open)
      const id = await foundAcme(open, ann)
      let rows = 1
      for (let round = 0; round < 5; round += 1) {
        const refused = await writeBeside(open, () => ann.tenants.create({ name: 'Other', slug: 'acme' }))
        assert.ok(isTenancyError(refused.outcome, 'slug_taken'), String(refused.outcome))
        const unknown = await writeBeside(open, () => ann.in(id).members.get({ userId: 'nobody' }))
        assert.ok(isTenancyError(unknown.outcome), String(unknown.outcome))
        const done = await writeBeside(open, () => ann.in(id).update({ name: `Acme ${round}` }))
        assert.ok(!(done.outcome instanceof Error), String(done.outcome))
        rows += refused.rows + unknown.rows + done.rows
      }
      await open.commit()
      assert.deepEqual([await host.count('company'), await host.count('tenants')], [rows, 1])
      assert.equal((await host.elsewhere.as({ userId: 'ann' }).in(id).get()).tenant.name, 'Acme 4')
    },
  },
  {
    name: 'twenty commands at once run one after the other, whichever way they entered',
    async run(host) {
      const open = await host.begin()
      const [one, other] = [asAnn(host, open), asAnn(host, open)]
      const create = (index: number) =>
        (index % 2 === 0 ? one : other).tenants.create({ name: `Acme ${index}`, slug: `acme-${index % 15}` })
      const made = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => create(index)))
      await open.commit()
      assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 15)
      assert.equal(await host.count('tenants'), 15)
      assert.equal(await host.count('memberships'), 15)
    },
  },
  {
    name: 'calls that count tries for good are refused, and nobody signs in',
    async run(host) {
      const open = await host.begin()
      const entered = host.tenancy.withTransaction(open.transaction)
      const attempt = { email: 'ann@example.com', password: 'guess' }
      await assert.rejects(entered.as({ guest: true }).users.signIn(attempt), TypeError)
      const id = await foundAcme(open, asAnn(host, open))
      const ann = asAnn(host, open)
      const { token } = await ann.in(id).ownership.start()
      await assert.rejects(ann.in(id).ownership.verify({ token, code: '000000' }), TypeError)
      await open.rollback()
    },
  },
  {
    name: 'an access token made in the transaction is good there at once, and elsewhere after the commit',
    async run(host) {
      const open = await host.begin()
      const { accessToken } = await asAnn(host, open).accessTokens.create()
      assert.equal((await host.tenancy.withTransaction(open.transaction).authenticate(accessToken))?.kind, 'account')
      assert.equal(await host.elsewhere.authenticate(accessToken), null)
      await open.commit()
      assert.equal((await host.elsewhere.authenticate(accessToken))?.kind, 'account')
    },
  },
]
