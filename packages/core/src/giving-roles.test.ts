import { describe, expect, it } from 'vitest'
import { TENANCY_RESOURCES } from './policy/permissions.js'
import type { TenantClient } from './clients/tenant-client.js'
import { tenancyFixture } from './testing/fixtures/tenancy.js'
import { refusal } from './testing/refusal.js'

const OWNER_ONLY = ['tenant:delete', 'tenant:transfer']
const HELD = Object.entries(TENANCY_RESOURCES)
  .flatMap(([resource, verbs]) => verbs.map((verb) => `${resource}:${verb}`))
  .filter((permission) => !OWNER_ONLY.includes(permission))

/** The actor ranks 30 and holds every permission of the library, but not `invoice:approve`. */
const ROLES = {
  actor: { rank: 30, name: 'Actor', permissions: [...HELD, 'invoice:read'] },
  below: { rank: 29, name: 'Below', permissions: ['invoice:read'] },
  equal: { rank: 30, name: 'Equal', permissions: ['invoice:read'] },
  above: { rank: 31, name: 'Above', permissions: ['invoice:read'] },
  approver: { rank: 5, name: 'Approver', permissions: ['invoice:approve'] },
  nothing: { rank: 1, name: 'Nothing', permissions: [] },
}

async function actorFixture() {
  const fixture = await tenancyFixture({ resources: { invoice: ['read', 'approve'] }, roles: ROLES })
  const acme = await fixture.tenant('owner', { actor: 'actor', target: 'nothing' })
  await fixture.as('owner').in(acme).update({ joinPolicy: 'request' })
  const { id: joinRequestId } = await (await fixture.user('applicant')).tenants.requestToJoin({ tenantId: acme })
  await fixture.tenancy.flushEmails()
  return { ...fixture, acme, joinRequestId, actor: fixture.as('actor').in(acme), owner: fixture.as('owner').in(acme) }
}

type Fixture = Awaited<ReturnType<typeof actorFixture>>

interface Act {
  /** `invite`: a role up to one's own rank. `assign`: a role below it. Both only what one holds oneself. */
  readonly rule: 'invite' | 'assign'
  readonly give: (actor: TenantClient, role: string, fixture: Fixture) => Promise<unknown>
}

const email = 'new@example.com'

/** The one row's error, where an act refuses rows by themselves. */
async function oneRow(results: Promise<readonly { readonly status: string; readonly error?: unknown }[]>) {
  const [result] = await results
  if (result?.status === 'failed') throw result.error
}

/** Every act by which somebody gets a role, and which of the two rules of authority it follows. */
// prettier-ignore
const ACTS: Readonly<Record<string, Act>> = {
  'inviting':                { rule: 'invite', give: (actor, role) => actor.members.invite({ email, role }) },
  'inviting many':           { rule: 'invite', give: (actor, role) => actor.members.inviteMany({ emails: [email], role }) },
  'adding':                  { rule: 'invite', give: (actor, role) => actor.members.add({ email, role }) },
  'adding with two roles':   { rule: 'invite', give: (actor, role) => actor.members.add({ email, roles: ['nothing', role] }) },
  'adding many':             { rule: 'invite', give: (actor, role) => oneRow(actor.members.addMany({ members: [{ email, role }] })) },
  'adding or inviting':      { rule: 'invite', give: (actor, role) => oneRow(actor.members.addOrInvite({ members: [{ email, role, invite: true }] })) },
  'approving a request':     { rule: 'invite', give: (actor, role, { joinRequestId }) => actor.joinRequests.approve({ joinRequestId, role }) },
  'resending an invitation': { rule: 'invite', give: async (actor, role, { owner, tenancy }) => {
    const { invitation } = await owner.members.invite({ email, role })
    await tenancy.flushEmails()
    return actor.invitations.resend({ invitationId: invitation.id })
  } },
  'changing roles':          { rule: 'assign', give: (actor, role) => actor.members.setRoles({ userId: 'target', roles: [role] }) },
  'updating a member':       { rule: 'assign', give: (actor, role) => actor.members.update({ userId: 'target', roles: { [role]: true } }) },
}

describe.each(Object.entries(ACTS))('%s', (name, { rule, give }) => {
  it.each(Object.keys(ROLES).filter((role) => role !== 'actor'))(
    'gives %s only within the authority of who gives',
    async (role) => {
      const fixture = await actorFixture()
      const may = role === 'below' || role === 'nothing' || (role === 'equal' && rule === 'invite')
      if (may) return expect(await give(fixture.actor, role, fixture).then(() => 'given')).toBe('given')
      // What the owner did to set an act up is no effect of its refusal.
      if (name === 'resending an invitation')
        return expect(give(fixture.actor, role, fixture)).rejects.toMatchObject({ code: 'forbidden' })
      const error = await refusal(fixture, 'forbidden', () => give(fixture.actor, role, fixture))
      expect(error.message).toMatch(/of this rank/)
    },
  )

  it.each(['owner', 'no-such-role', 'Below ', ''])('gives nobody "%s"', async (role) => {
    if (name === 'resending an invitation') return
    const fixture = await actorFixture()
    await expect(give(fixture.actor, role, fixture)).rejects.toMatchObject({
      code: expect.stringMatching(/^invalid_(role|input)$/),
    })
  })
})
