import { z } from 'zod'
import { Id } from '../../model/id.js'
import { mayAssign } from '../../policy/authority.js'
import { CEILING } from '../../policy/roles.js'
import { tenantCommand } from '../command.js'
import { assignableRole } from '../roles/assignable-role.js'
import { assignRoles } from './assign-roles.js'
import { loadGovernable } from './load-governable.js'
import { memberNotFound, outOfAuthority } from './load-member.js'
import { JOINED_AS } from './on-return.js'

/** Makes an admin a plain member. For whoever ranks above admins; of somebody who is none it finds nothing. */
export const demoteMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:assign',
  async run(step, { userId }) {
    const { member } = await loadGovernable(step, userId)
    if (!member.roles.includes(CEILING)) throw memberNotFound()
    const plain = await assignableRole(step.context, step.tx, { tenantId: step.tenantId, key: JOINED_AS })
    if (!mayAssign(step.subject, plain)) throw outOfAuthority()
    return assignRoles(step, member, [JOINED_AS])
  },
})
