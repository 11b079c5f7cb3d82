import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { tenantQuery } from '../../pipeline/query.js'
import { loadMember } from '../../steps/members/load-member.js'
import { permissionTable } from '../../steps/members/permission-table.js'

/** What a member may do with the host's resources, and which of it differs from their roles. */
export const getOverrides = tenantQuery({
  input: z.strictObject({ userId: Id }),
  permission: 'member:override',
  async run({ context, read, tenantId }, { userId }) {
    const { member, tenantAccess } = await loadMember(context, read, { tenantId, userId })
    return { overrides: member.overrides, permissions: permissionTable(context.policy, tenantAccess) }
  },
})
