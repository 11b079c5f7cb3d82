import { describe, expect, it } from 'vitest'
import { isTenancyError } from './errors.js'
import { TENANCY_RESOURCES } from './policy/permissions.js'
import { BUILT_IN_ROLES } from './policy/roles.js'
import type { TenantClient } from './clients/tenant-client.js'
import { CALLS_IN_A_TENANT, DELETE, RESTORE } from './testing/calls-in-a-tenant.js'
import { HOST_ROLES, tenancyFixture } from './testing/fixtures/tenancy.js'
import { DECIDED_OTHERWISE, PERMISSION_OF_CALLS } from './testing/permission-of-calls.js'
import type { PermittedCall, Targets } from './testing/permission-of-calls.js'
import { refusal } from './testing/refusal.js'

const ROLES = Object.keys({ ...BUILT_IN_ROLES, ...HOST_ROLES })
const INVOICE = ['create', 'read', 'update', 'delete', 'comment']
const EVERY_PERMISSION = Object.entries({ ...TENANCY_RESOURCES, invoice: INVOICE }).flatMap(([resource, verbs]) =>
  verbs.map((verb) => `${resource}:${verb}`),
)

/** A tenant with something of every noun, and a member with each of these roles, called after it. */
async function targetsFixture(roles: Readonly<Record<string, readonly string[]>>) {
  const fixture = await tenancyFixture({
    resources: { invoice: INVOICE },
    roles: {
      nothing: { rank: 1, name: 'Nothing', permissions: [] },
      idle: { rank: 2, name: 'Idle', permissions: [] },
      ...Object.fromEntries(
        Object.entries(roles).map(([key, permissions]) => [key, { rank: 45, name: key, permissions }]),
      ),
    },
  })
  const declared = [...ROLES, ...Object.keys(roles)].filter((key) => key !== 'owner')
  const people = Object.fromEntries(declared.map((key) => [key, key]))
  const acme = await fixture.tenant('owner', {
    ...people,
    author: 'editor',
    target: 'nothing',
    absent: 'nothing',
    boss: 'admin',
  })
  const owner = fixture.as('owner').in(acme)
  await owner.members.deactivate({ userId: 'absent' })
  await owner.update({ joinPolicy: 'request' })
  const applicant = await fixture.user('applicant')
  const { id: joinRequestId } = await applicant.tenants.requestToJoin({ tenantId: acme })
  const { invitation } = await owner.members.invite({ email: 'invited@example.com', role: 'nothing' })
  await owner.roles.create({ key: 'spare', name: 'Spare', rank: 3, permissions: [] })
  const invoice = await fixture
    .as('author')
    .in(acme)
    .resources.create({ type: 'invoice', name: 'First', visibility: 'tenant' })
  await fixture.tenancy.flushEmails()
  const targets: Targets = {
    memberId: 'target',
    inactiveMemberId: 'absent',
    adminId: 'boss',
    invitationId: invitation.id,
    joinRequestId,
    roleKey: 'spare',
    invoiceId: invoice.id,
  }
  return { ...fixture, targets, inAcme: (id: string): TenantClient => fixture.as(id).in(acme) }
}

const calls = Object.entries(PERMISSION_OF_CALLS)
const permitted = calls.filter((entry): entry is [string, PermittedCall & { permission: string }] => {
  return entry[1].permission !== null
})

/** Permissions that no role but the owner's can hold. */
const OWNER_ONLY = ['tenant:delete', 'tenant:transfer']

function rolesNamed(roles: PermittedCall['roles']): readonly string[] {
  if (roles === 'all') return ROLES
  return roles === 'all but assistant' ? ROLES.filter((role) => role !== 'assistant') : roles.split(', ')
}

/** What a call ends with: `done`, or the code of its error. What `addMany` and its kind refuse, they refuse for one row. */
async function endOf(call: Promise<unknown>): Promise<string> {
  try {
    const result = await call
    const rows: readonly { status?: string; error?: { code: string } }[] = Array.isArray(result) ? result : []
    return rows.find(({ status }) => status === 'failed')?.error?.code ?? 'done'
  } catch (error) {
    if (isTenancyError(error)) return error.code
    throw error
  }
}

describe('the table of permissions', () => {
  it('has every call inside a tenant, once', () => {
    const listed = [...Object.keys(PERMISSION_OF_CALLS), ...Object.keys(DECIDED_OTHERWISE)]
    const every = Object.keys({ ...CALLS_IN_A_TENANT, delete: DELETE, restore: RESTORE })
    expect(listed.sort()).toEqual(every.sort())
  })

  it('has a call for every permission of the library', () => {
    const used = new Set(permitted.map(([, { permission }]) => permission))
    expect(EVERY_PERMISSION.filter((permission) => !used.has(permission as never))).toEqual([])
  })
})

describe('every call inside a tenant', () => {
  it.each(calls)('%s: the roles of the table may, and no others', async (_, { call, roles }) => {
    const may = rolesNamed(roles)
    for (const role of ROLES) {
      const fixture = await targetsFixture({})
      if (may.includes(role))
        expect([role, await endOf(call(fixture.inAcme(role), fixture.targets))]).not.toContain('forbidden')
      else await refusal(fixture, 'forbidden', () => call(fixture.inAcme(role), fixture.targets))
    }
  })

  it.each(permitted)(
    '%s: forbidden to a role that holds everything but its permission',
    async (_, { call, permission }) => {
      const fixture = await targetsFixture({
        without: EVERY_PERMISSION.filter((one) => one !== permission && !OWNER_ONLY.includes(one)),
      })
      const error = await refusal(fixture, 'forbidden', () => call(fixture.inAcme('without'), fixture.targets))
      expect(error.details).toEqual({ permission })
    },
  )

  it.each(permitted.filter(([, { permission }]) => !OWNER_ONLY.includes(permission)))(
    '%s: its permission alone is enough',
    async (_, { call, permission, alone = 'done' }) => {
      const fixture = await targetsFixture({ alone: [permission] })
      expect(await endOf(call(fixture.inAcme('alone'), fixture.targets))).toBe(alone)
    },
  )
})
