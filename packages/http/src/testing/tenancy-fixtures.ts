import { SYSTEM } from '@tenantry/core'
import type { Person, Scenario } from './scenario.js'
import { tokenIn } from './scenario.js'

interface In {
  readonly tenantId?: string
  readonly as?: Person
}

const inside = ({ tenancy, people, acme }: Scenario, { tenantId = acme, as = 'ann' }: In) =>
  tenancy.as({ userId: people[as].id }).in(tenantId)

/** A pending invitation to Acme, or to another user's tenant. */
export async function invitation(
  scenario: Scenario,
  { email = 'new@example.com', ...where }: In & { readonly email?: string } = {},
) {
  const issued = await inside(scenario, where).members.invite({ email, role: 'member' })
  return { id: issued.invitation.id, token: tokenIn(issued.link) }
}

/** The ID of Otto's join request. */
export async function joinRequest(scenario: Scenario, where: In = {}): Promise<string> {
  const { tenantId = scenario.acme } = where
  await inside(scenario, where).update({ joinPolicy: 'request' })
  return (await scenario.tenancy.as({ userId: scenario.people.otto.id }).tenants.requestToJoin({ tenantId })).id
}

/** The ID of a protocol that is visible in its tenant. */
export async function resource(
  scenario: Scenario,
  where: In & { readonly visibility?: 'private' | 'tenant' } = {},
): Promise<string> {
  const { visibility = 'tenant' } = where
  const labels = { category: ['Cloning'] }
  const created = await inside(scenario, where).resources.create({ type: 'protocol', name: 'PCR', visibility, labels })
  return created.id
}

export const CLERK = { key: 'clerk', name: 'Clerk', rank: 5, permissions: ['invoice:read'] }

/** The key of a custom role. */
export async function customRole(scenario: Scenario, where: In & { readonly key?: string } = {}): Promise<string> {
  const { key = CLERK.key } = where
  return (await inside(scenario, where).roles.create({ ...CLERK, key })).key
}

/** The ID of a second tenant in the organization of its owner. */
export async function tenantOf({ tenancy, people, umbrella, omega }: Scenario, as: 'ann' | 'gil'): Promise<string> {
  const organization = tenancy.as({ userId: people[as].id }).organization(as === 'ann' ? umbrella : omega)
  return (await organization.tenants.create({ name: 'Second' })).id
}

/** The first token of Acme's ownership transfer, with the emailed code. */
export async function startedTransfer(scenario: Scenario) {
  const { token } = await inside(scenario, {}).ownership.start()
  const emails = await scenario.deliver()
  const code = /\b\d{6}\b/.exec(emails.findLast(({ to }) => to === scenario.people.ann.email)?.text ?? '')?.[0] ?? ''
  return { token, code }
}

/** The second token of Acme's ownership transfer. */
export async function verifiedTransfer(scenario: Scenario): Promise<string> {
  return (await inside(scenario, {}).ownership.verify(await startedTransfer(scenario))).token
}

/** The ID of a user's notification about a new resource. */
export async function notification(scenario: Scenario, as: Person, where: In = { as: 'ed' }): Promise<string> {
  await resource(scenario, where)
  await scenario.tenancy.flushNotifications()
  const { items } = await scenario.tenancy.as({ userId: scenario.people[as].id }).notifications.list({ limit: 1 })
  return items[0]?.id ?? ''
}

/** The ID of a user's access token. */
export async function accessToken({ tenancy, people }: Scenario, as: Person): Promise<string> {
  return (await tenancy.as(SYSTEM).accessTokens.create({ userId: people[as].id })).token.id
}

/** A pending device sign-in. */
export async function device({ tenancy }: Scenario) {
  const { deviceCode, userCode } = await tenancy
    .as({ guest: true })
    .devices.start({ clientId: 'tenantry-cli', deviceLabel: 'laptop' })
  return { deviceCode, userCode }
}

/** The token that activates an account which was created by adding a member. */
export async function activation(scenario: Scenario): Promise<string> {
  await inside(scenario, {}).members.add({ email: 'new@example.com', role: 'member' })
  const emails = await scenario.deliver()
  return tokenIn(emails.findLast(({ to }) => to === 'new@example.com')?.text)
}

/** The ID of an email that is a dead letter. */
export async function deadEmail(scenario: Scenario): Promise<string> {
  await invitation(scenario)
  scenario.failing.emails = true
  return untilDead(scenario, async () => {
    await scenario.tenancy.flushEmails()
    return scenario.tenancy.as(SYSTEM).emails.listDeadLetters()
  })
}

/** The ID of an event that is a dead letter. */
export async function deadLetter(scenario: Scenario): Promise<string> {
  scenario.failing.events = true
  const id = await untilDead(scenario, async () => {
    await scenario.tenancy.flushEvents()
    return scenario.tenancy.as(SYSTEM).eventDelivery.listDeadLetters()
  })
  scenario.failing.events = false
  return id
}

async function untilDead(
  { clock }: Scenario,
  attempt: () => Promise<{ readonly items: readonly { readonly id: string }[] }>,
): Promise<string> {
  const before = clock.now
  for (let tries = 0; tries < 50; tries++) {
    const [dead] = (await attempt()).items
    if (dead) {
      clock.now = before
      return dead.id
    }
    clock.now += 86_400_000
  }
  throw new Error('nothing has given up')
}
