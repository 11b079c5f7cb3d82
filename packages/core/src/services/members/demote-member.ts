import { z } from 'zod'
import { Id } from '../../model/id.js'
import { CEILING } from '../../policy/roles.js'
import { tenantCommand } from '../command.js'
import { JOINED_AS } from '../join-requests/approve-join-request.js'
import { assignRoles } from './assign-roles.js'
import { loadGovernable } from './load-governable.js'
import { memberNotFound } from './load-member.js'

/** Makes an admin a plain member. For whoever ranks above admins; of somebody who is none it finds nothing. */
export const demoteMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:assign',
  async run(step, { userId }) {
    const { member } = await loadGovernable(step, userId)
    if (!member.roles.includes(CEILING)) throw memberNotFound()
    return assignRoles(step, member, [JOINED_AS])
  },
})
