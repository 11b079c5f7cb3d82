import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { decide } from '../../../policy/decide.js'
import { sentence } from '../../../policy/sentence.js'
import { authorize } from '../../pipeline/authorize.js'
import { tenantQuery } from '../../pipeline/query.js'
import { PermissionInput, ResourceInput } from '../../steps/members/resource-input.js'
import { loadInsider } from '../../steps/members/load-member.js'

const input = z.strictObject({ userId: Id, permission: PermissionInput, resource: ResourceInput.optional() })

/** Whether a member, or who runs the organization, may do something, and why. Anyone may ask about themselves. */
export const explainPermission = tenantQuery({
  input,
  permission: null,
  async run({ context, read, tenantId, user, ...tenantAccess }, { userId, permission, resource }) {
    if (userId !== user?.id) authorize(context, { ...tenantAccess, user }, 'member:override')
    const { tenantAccess: target } = await loadInsider(context, read, { tenantId, userId })
    const decision = decide(context.policy, target, permission, resource)
    return { ...decision, message: sentence(permission, decision) }
  },
})
