import { inspect } from 'node:util'
import { createTenancy, SYSTEM } from '@tenantry/core'
import type { Storage, Tenancy, TenancyEvent, TenancyOptions } from '@tenantry/core'
import type { TeamsPresetOptions } from '../apis/teams/preset.js'
import { everyPreset } from './every-preset.js'
import { issuedSecrets } from './issued-secrets.js'
import { serveApis } from './serve-apis.js'
import type { HostOptions, ServeOptions } from './serve-apis.js'

/** All users of the tests, with their role in Acme or Globex. */
const ACME = {
  ann: 'owner',
  ada: 'admin',
  ed: 'editor',
  dora: 'dataset_operator',
  bob: 'member',
  vic: 'viewer',
} as const
const GLOBEX = { gil: 'owner', mo: 'member' } as const

export type Person = keyof typeof ACME | keyof typeof GLOBEX | 'otto' | 'opal' | 'olga'
export interface ScenarioOptions extends ServeOptions {
  readonly tenancy?: Partial<TenancyOptions>
  readonly router?: Partial<HostOptions>
  readonly teams?: TeamsPresetOptions
}

/**
 * Two workspaces over HTTP: Acme with a member of every role, and Globex. Otto has no workspace; Opal is an operator.
 * The clock only moves when a test sets it. Acme belongs to the organization Umbrella, with the admins Ann and Olga and
 * the member Bob. Globex belongs to Omega, whose admin is Gil.
 */
export async function createScenario(storage: Storage, options: ScenarioOptions = {}) {
  const clock = { now: Date.parse('2026-03-01T12:00:00Z') }
  const emails: { readonly to: string; readonly text: string }[] = []
  const events: TenancyEvent[] = []
  const logged: object[] = []
  const failing = { emails: false, events: false }
  const secrets = issuedSecrets()
  const preset = everyPreset(options.teams)
  const tenancy: Tenancy = createTenancy({
    storage,
    ...preset,
    resources: { invoice: ['create', 'read', 'approve'], ...preset.resources },
    allowSignUp: true,
    notifications: true,
    mailer: {
      async send(mail) {
        if (failing.emails) throw new Error('no connection')
        emails.push(mail)
      },
    },
    async onEvent() {
      if (failing.events) throw new Error('no connection')
    },
    emailEncryptionKey: 'thirty-two bytes that are no secret',
    invitationLink: (token) => `https://app.example.com/activate?token=${token}`,
    activationLink: (token) => `https://app.example.com/open?token=${token}`,
    clock: () => clock.now,
    newToken: secrets.newToken,
    newCode: secrets.newCode,
    ...options.tenancy,
  })
  await tenancy.migrate()
  const people = await makePeople(tenancy)
  const umbrella = await makeOrganization(tenancy, { people, shortName: 'umbrella', admins: ['ann', 'olga'] })
  const omega = await makeOrganization(tenancy, { people, shortName: 'omega', admins: ['gil'] })
  await tenancy.as(SYSTEM).organization(umbrella).members.add({ userId: people.bob.id })
  const acme = await makeTenant(tenancy, { people, name: 'Acme', members: ACME, organizationId: umbrella })
  clock.now += 60_000
  const globex = await makeTenant(tenancy, { people, name: 'Globex', members: GLOBEX, organizationId: omega })
  clock.now += 60_000
  tenancy.on('*', (event) => void events.push(event))
  const logger = { info: () => {}, warn: () => {}, error: (details: object) => void logged.push(details) }
  const server = await serveApis({ tenancy, logger, ...options.router }, options)
  return {
    tenancy,
    clock,
    people,
    acme,
    globex,
    umbrella,
    omega,
    events,
    /** The email addresses and events whose delivery fails. */
    failing,
    /** The details that were logged as errors. */
    logged,
    url: server.url,
    /** The secrets issued so far. A response must not contain earlier ones; an event or a log must not contain any. */
    secrets,
    /** The emails sent so far, newest last. */
    deliver: async () => {
      await tenancy.flushEmails()
      return emails
    },
    close: async () => {
      await server.close()
      await tenancy.close()
      secrets.assertAbsent('an event', JSON.stringify(events))
      secrets.assertAbsent('the log', inspect(logged, { depth: null, maxStringLength: null, maxArrayLength: null }))
    },
  }
}

export type Scenario = Awaited<ReturnType<typeof createScenario>>
type People = Readonly<Record<Person, { readonly id: string; readonly email: string; readonly token: string }>>

async function makePeople(tenancy: Tenancy): Promise<People> {
  const names: readonly Person[] = ['ann', 'ada', 'ed', 'dora', 'bob', 'vic', 'gil', 'mo', 'otto', 'opal', 'olga']
  const system = tenancy.as(SYSTEM)
  const people = names.map(async (name) => {
    const email = `${name}@example.com`
    const user = await system.users.create({ email, emailVerified: true, superuser: name === 'opal' })
    const { accessToken } = await system.accessTokens.create({ userId: user.id })
    return [name, { id: user.id, email, token: accessToken }] as const
  })
  // There is one entry for each name above.
  return Object.fromEntries(await Promise.all(people)) as People
}

async function makeOrganization(
  tenancy: Tenancy,
  fixture: { people: People; shortName: string; admins: readonly [Person, ...Person[]] },
): Promise<string> {
  const { people, shortName } = fixture
  const [first, ...others] = fixture.admins
  const system = tenancy.as(SYSTEM)
  const { id } = await system.organizations.create({ shortName, adminId: people[first].id })
  for (const other of others) await system.organization(id).members.add({ userId: people[other].id, admin: true })
  return id
}

async function makeTenant(
  tenancy: Tenancy,
  fixture: { people: People; name: string; members: Partial<Record<Person, string>>; organizationId: string },
): Promise<string> {
  const { people, name, members, organizationId } = fixture
  // The tables above list each owner first.
  const [[owner], ...others] = Object.entries(members) as [[Person, string], ...[Person, string][]]
  const organization = tenancy.as({ userId: people[owner].id }).organization(organizationId)
  const tenant = await organization.tenants.create({ name })
  const inside = tenancy.as({ userId: people[owner].id }).in(tenant.id)
  for (const [person, role] of others) {
    const { link } = await inside.members.invite({ email: people[person].email, role })
    await tenancy.as({ userId: people[person].id }).invitations.accept({ token: tokenIn(link) })
  }
  return tenant.id
}

/** The token in the link of an invitation. */
export function tokenIn(link: string | null | undefined): string {
  const token = /token=([\w-]+(?:\.[\w-]+)*)/.exec(link ?? '')?.[1]
  if (token === undefined) throw new Error(`no token in ${link}`)
  return token
}

export const PASSWORD = 'correct horse battery'

/** Sets {@link PASSWORD} for a user, which revokes their tokens. */
export async function givePassword({ tenancy, people }: Scenario, person: Person): Promise<void> {
  await tenancy.as(SYSTEM).users.update({ userId: people[person].id, password: PASSWORD })
}
