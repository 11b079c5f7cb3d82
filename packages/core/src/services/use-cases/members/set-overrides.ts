import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { mayOverride } from '../../../policy/authority.js'
import { toSubject } from '../../../policy/decide.js'
import { hasBit } from '../../../policy/permissions.js'
import { tenantCommand } from '../../pipeline/command.js'
import { loadMember, insufficientRank } from '../../steps/members/load-member.js'
import { hostPermission, mergeOverrides, OverridesInput } from '../../steps/members/override-changes.js'
import { permissionTable } from '../../steps/members/permission-table.js'

const input = z.strictObject({ userId: Id, overrides: OverridesInput })

/** Grants or denies single permissions on the host's resources to one member. What is not named stays. */
export const setOverrides = tenantCommand({
  input,
  permission: 'member:override',
  async run({ context, tx, tenant, subject }, { userId, overrides: changes }) {
    const { policy } = context
    const found = await loadMember(context, tx, { tenantId: tenant.id, userId })
    const { member, target, customRoles, organizationMembership } = found
    if (!mayOverride(subject, target)) throw insufficientRank()
    for (const [permission, value] of Object.entries(changes)) {
      const bit = hostPermission(policy, permission)
      const gives = value === true || (value === null && member.overrides[permission] === false)
      if (gives && !hasBit(subject.effective, bit)) throw insufficientRank()
    }
    const overrides = mergeOverrides(member.overrides, changes)
    await tx.memberships.update({ tenantId: tenant.id, userId, set: { overrides } })
    const after = toSubject(policy, {
      tenant,
      user: member.user,
      membership: { ...member, overrides },
      customRoles,
      organizationMembership,
    })
    return {
      result: { overrides, permissions: permissionTable(policy, after) },
      events: [{ type: 'member.overrides_updated', target: { type: 'member', id: userId }, data: { overrides } }],
    }
  },
})
