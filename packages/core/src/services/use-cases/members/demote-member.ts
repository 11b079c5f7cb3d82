import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { mayAssign } from '../../../policy/authority.js'
import { MAX_CUSTOM_RANK_ROLE } from '../../../policy/roles.js'
import { tenantCommand } from '../../pipeline/command.js'
import { assignableRole } from '../../steps/roles/assignable-role.js'
import { assignRoles } from '../../steps/members/assign-roles.js'
import { loadGovernable } from '../../steps/members/load-governable.js'
import { memberNotFound, insufficientRank } from '../../steps/members/load-member.js'
import { DEFAULT_ROLE } from '../../steps/members/on-return.js'

/** Makes an admin a plain member. For whoever ranks above admins; of somebody who is none it finds nothing. */
export const demoteMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:assign',
  async run(step, { userId }) {
    const { member } = await loadGovernable(step, userId)
    if (!member.roles.includes(MAX_CUSTOM_RANK_ROLE)) throw memberNotFound()
    const plain = await assignableRole(step.context, step.tx, { tenantId: step.tenantId, key: DEFAULT_ROLE })
    if (!mayAssign(step.subject, plain)) throw insufficientRank()
    return assignRoles(step, member, [DEFAULT_ROLE])
  },
})
