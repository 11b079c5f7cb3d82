import { z } from 'zod'
import { tenantCommand } from '../../pipeline/command.js'
import { listedCustomRole } from '../../steps/roles/listed-role.js'
import { loadCustomRole } from '../../steps/roles/load-custom-role.js'
import { refuseRoleInUse } from '../../steps/roles/refuse-role-in-use.js'

/** Deletes a role of the tenant's own that no member holds, active or not, and no open invitation offers. */
export const deleteRole = tenantCommand({
  input: z.strictObject({ key: z.string() }),
  permission: 'role:delete',
  async run(step, { key }) {
    const role = await loadCustomRole(step, key)
    await refuseRoleInUse(step, key)
    await step.tx.roles.delete({ tenantId: step.tenantId, key })
    const { name, rank, permissions } = role
    return {
      result: listedCustomRole(step.context.policy, role),
      events: [{ type: 'role.deleted', target: { type: 'role', id: key }, data: { name, rank, permissions } }],
    }
  },
})
