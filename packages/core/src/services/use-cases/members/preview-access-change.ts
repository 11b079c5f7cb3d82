import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { toSubject } from '../../../policy/decide.js'
import { hasBit } from '../../../policy/permissions.js'
import { authorize } from '../../pipeline/authorize.js'
import { tenantQuery } from '../../pipeline/query.js'
import { assignableRole } from '../../steps/roles/assignable-role.js'
import { loadInsider } from '../../steps/members/load-member.js'
import { hostPermission, mergeOverrides, OverridesInput } from '../../steps/members/override-changes.js'
import { RolesInput } from '../../steps/members/roles-input.js'

const input = z.strictObject({ userId: Id, roles: RolesInput.optional(), overrides: OverridesInput.optional() })

/** The permissions that a member would gain and lose, on resources that are neither their own nor private. */
export interface AccessDiff<Permission extends string = string> {
  readonly gains: readonly Permission[]
  readonly loses: readonly Permission[]
}

/** What a member would gain and lose by other roles and overrides. Nothing is written. Anyone may ask about themselves. */
export const previewAccessChange = tenantQuery({
  input,
  permission: null,
  async run(
    { context, read, tenantId, user, ...tenantAccess },
    { userId, roles, overrides = {} },
  ): Promise<AccessDiff> {
    if (userId !== user?.id) authorize(context, { ...tenantAccess, user }, 'member:override')
    const { policy } = context
    const {
      member,
      tenantAccess: target,
      organizationMembership,
    } = await loadInsider(context, read, { tenantId, userId })
    for (const key of roles ?? []) await assignableRole(context, read, { tenantId, key })
    for (const permission of Object.keys(overrides)) hostPermission(policy, permission)
    const after = toSubject(policy, {
      tenant: { id: tenantId, status: 'active' },
      user: member.user,
      membership: { ...member, roles: roles ?? member.roles, overrides: mergeOverrides(member.overrides, overrides) },
      customRoles: await read.roles.list(tenantId),
      organizationMembership,
    })
    const only = (held: typeof after, lacked: typeof after) =>
      policy.permissions.filter((_, bit) => hasBit(held.effective, bit) && !hasBit(lacked.effective, bit))
    return { gains: only(after, target), loses: only(target, after) }
  },
})
