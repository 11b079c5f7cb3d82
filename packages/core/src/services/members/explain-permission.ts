import { z } from 'zod'
import { Id } from '../../model/id.js'
import { decide } from '../../policy/decide.js'
import { sentence } from '../../policy/sentence.js'
import { authorize } from '../authorize.js'
import { tenantQuery } from '../query.js'
import { AskedPermission, AskedResource } from './asked-resource.js'
import { loadInsider } from './load-member.js'

const input = z.strictObject({ userId: Id, permission: AskedPermission, resource: AskedResource.optional() })

/** Whom to explain, and which permission on what. */
export interface PermissionQuestion<Permission extends string> extends z.input<typeof input> {
  readonly permission: Permission
}

/** Whether a member, or who runs the organization, may do something, and why. Anyone may ask about themselves. */
export const explainPermission = tenantQuery({
  input,
  permission: null,
  async run({ context, read, tenantId, user, ...standing }, { userId, permission, resource }) {
    if (userId !== user?.id) authorize(context, { ...standing, user }, 'member:override')
    const { standing: target } = await loadInsider(context, read, { tenantId, userId })
    const decision = decide(context.policy, target, permission, resource)
    return { ...decision, sentence: sentence(permission, decision) }
  },
})
