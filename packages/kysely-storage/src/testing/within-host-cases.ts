import assert from 'node:assert/strict'
import { isTenancyError, SYSTEM, type ActingUser, type Tenancy, type TenancyEvent } from '@tenantry/core'

/** A host that has a table `company (name)` beside ours, and one transaction open. */
export interface OpenHost {
  /** What `within()` takes. */
  readonly transaction: unknown
  insertCompany(name: string): Promise<void>
  commit(): Promise<void>
  rollback(): Promise<void>
}

export interface HostUnderTest {
  /** The tenancy of the host, with {@link companyOptions}, to whom Ann and Bob are known. */
  readonly tenancy: Tenancy
  /** Another one on the same database, over connections of its own. */
  readonly elsewhere: Tenancy
  begin(): Promise<OpenHost>
  /** What others see in a table: of the host, or of ours by its bare name. */
  count(table: string): Promise<number>
}

/** What the host was told, and the mails it sent. */
export interface Told {
  readonly heard: TenancyEvent[]
  readonly delivered: TenancyEvent[]
  readonly sent: string[]
}

export function companyOptions(told: Told) {
  return {
    invitationLink: (token: string) => `https://app.example.com/activate?token=${token}`,
    secret: 'a secret of at least thirty-two bytes',
    mailer: { send: async (mail: { readonly to: string }) => void told.sent.push(mail.to) },
    deliver: async (event: TenancyEvent) => void told.delivered.push(event),
    limits: { membersPerTenant: 30, tenantsPerUser: 30, pendingInvitationsPerTenant: 2 },
  }
}

export async function givenAnnAndBob(tenancy: Tenancy): Promise<void> {
  for (const id of ['ann', 'bob']) {
    await tenancy.as(SYSTEM).users.create({ id, email: `${id}@example.com`, emailVerified: true })
  }
  await tenancy.deliverEvents()
}

interface WithinHostCase {
  readonly name: string
  run(host: HostUnderTest, told: Told): Promise<void>
}

const ours = [
  'tenants',
  'memberships',
  'tenant_slugs',
  'invitations',
  'tenant_events',
  'user_events',
  'mails',
  'counters',
]
const tables = [...ours, 'relay_chains', 'company']

async function counts(host: HostUnderTest) {
  const entries: [string, number][] = []
  for (const table of tables) entries.push([table, await host.count(table)])
  return Object.fromEntries(entries)
}

/** A company with its workspace, to which Bob is invited: rows in nearly every table. */
async function foundAcme(open: OpenHost, ann: ActingUser): Promise<string> {
  await open.insertCompany('Acme')
  const { id } = await ann.tenants.create({ name: 'Acme', slug: 'acme' })
  await ann.in(id).members.invite({ email: 'bob@example.com', role: 'member' })
  return id
}

const asAnn = ({ tenancy }: HostUnderTest, { transaction }: OpenHost) =>
  tenancy.within(transaction).as({ userId: 'ann' })

/** What every storage that enters a transaction of the host must make true. */
export const withinHostCases: readonly WithinHostCase[] = [
  {
    name: "the host's rows and the tenant are kept together, and only then seen, told and mailed",
    async run(host, told) {
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
      assert.deepEqual(told, { heard: [], delivered: told.delivered, sent: [] })
      await host.elsewhere.deliverEvents()
      await host.elsewhere.deliverMails()
      assert.deepEqual(told.sent, ['bob@example.com'])
      const types = told.delivered.map(({ type }) => type)
      assert.ok(types.includes('tenant.created') && types.includes('invitation.created'), types.join())
      assert.deepEqual(await host.elsewhere.as({ userId: 'ann' }).in(id).events.verify(), { intact: true, events: 2 })
    },
  },
  {
    name: 'a host that rolls back leaves nothing of ours',
    async run(host, told) {
      const before = await counts(host)
      const open = await host.begin()
      await foundAcme(open, asAnn(host, open))
      await open.rollback()
      assert.deepEqual(await counts(host), before)
      await host.elsewhere.deliverEvents()
      await host.elsewhere.deliverMails()
      assert.deepEqual([told.heard, told.sent], [[], []])
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
      const entered = host.tenancy.within(open.transaction)
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
      assert.equal((await host.tenancy.within(open.transaction).authenticate(accessToken))?.kind, 'account')
      assert.equal(await host.elsewhere.authenticate(accessToken), null)
      await open.commit()
      assert.equal((await host.elsewhere.authenticate(accessToken))?.kind, 'account')
    },
  },
]
