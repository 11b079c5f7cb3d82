import { TenancyError } from '../../../errors.js'
import { RoleKey } from '../../../model/membership.js'
import type { TenantRole } from '../../../model/tenant-role.js'
import { mayWriteRole } from '../../../policy/authority.js'
import { hasRoom } from '../../../policy/invariants.js'
import { compileCustomRole } from '../../../policy/custom-role.js'
import { tenantCommand } from '../../pipeline/command.js'
import type { TenantStep } from '../../pipeline/command.js'
import { DEFAULT_ROLES_PER_TENANT, tenantLimit } from '../../pipeline/limits.js'
import { insufficientRank } from '../../steps/members/load-member.js'
import { listedCustomRole } from '../../steps/roles/listed-role.js'
import { refuseRoleInUse } from '../../steps/roles/refuse-role-in-use.js'
import { checkTerms, inOrder, RoleTerms } from '../../steps/roles/role-terms.js'

const input = RoleTerms.extend({ key: RoleKey }).strict()

/** Makes a role of the tenant's own: below the actor's rank, with permissions that the actor holds. */
export const createRole = tenantCommand({
  input,
  permission: 'role:create',
  async run(step, { key, ...terms }) {
    const { context, tx, tenantId, subject, now } = step
    const { policy } = context
    checkTerms(policy, terms)
    const permissions = inOrder(policy, terms.permissions)
    const role: TenantRole = { tenantId, key, ...terms, permissions, createdAt: now }
    if (!mayWriteRole(subject, compileCustomRole(policy, role))) throw insufficientRank()
    await refuseTakenKey(step, key)
    // A role of the host's that is gone may have left holders; a new one of its key is not theirs.
    await refuseRoleInUse(step, key)
    await checkRolesPerTenant(step)
    await tx.roles.insert(role)
    const { name, rank } = role
    return {
      result: listedCustomRole(policy, role),
      events: [{ type: 'role.created', target: { type: 'role', id: key }, data: { name, rank, permissions } }],
    }
  },
})

async function refuseTakenKey({ context, tx, tenantId }: TenantStep, key: string): Promise<void> {
  const { roles, reservedRoles } = context.policy
  const taken = reservedRoles.has(key) || roles.has(key) || (await tx.roles.find({ tenantId, key }))
  if (taken) throw new TenancyError('role_key_taken', 'There is a role with this key already', {})
}

async function checkRolesPerTenant({ context, tx, tenant }: TenantStep): Promise<void> {
  const limit = tenantLimit(context.limits.rolesPerTenant ?? DEFAULT_ROLES_PER_TENANT, tenant)
  if (limit === undefined || hasRoom(limit, await tx.roles.count(tenant.id))) return
  throw new TenancyError('role_limit_exceeded', `At most ${limit} roles of a tenant’s own`, { limit })
}
