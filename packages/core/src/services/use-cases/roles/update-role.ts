import { z } from 'zod'
import { mayWriteRole } from '../../../policy/authority.js'
import { compileCustomRole } from '../../../policy/custom-role.js'
import { tenantCommand } from '../../pipeline/command.js'
import { insufficientRank } from '../../steps/members/load-member.js'
import { changesOf } from '../../steps/roles/changes-of.js'
import { listedCustomRole } from '../../steps/roles/listed-role.js'
import { loadCustomRole } from '../../steps/roles/load-custom-role.js'
import { checkTerms, inOrder, RoleTerms } from '../../steps/roles/role-terms.js'
import { ifVersion, requireVersion, versionOf } from '../../pipeline/version.js'

const input = RoleTerms.partial().extend({ key: z.string(), ifVersion }).strict()

/** Changes what a role of the tenant's own says, for everybody who holds it, at once. Its key stays. */
export const updateRole = tenantCommand({
  input,
  permission: 'role:update',
  async run(step, { key, ifVersion: expected, ...terms }) {
    const { context, tx, tenantId, subject } = step
    const { policy } = context
    const role = await loadCustomRole(step, key)
    requireVersion(versionOf.role(listedCustomRole(policy, role)), expected)
    checkTerms(policy, terms)
    const permissions = terms.permissions ? inOrder(policy, terms.permissions) : role.permissions
    const written = { ...role, name: terms.name ?? role.name, rank: terms.rank ?? role.rank, permissions }
    if (!mayWriteRole(subject, compileCustomRole(policy, written))) throw insufficientRank()
    const changes = changesOf(role, written)
    const result = listedCustomRole(policy, written)
    if (!changes) return { result, events: [] }
    await tx.roles.update({ tenantId, key, set: changes.to })
    return { result, events: [{ type: 'role.updated', target: { type: 'role', id: key }, data: changes }] }
  },
})
