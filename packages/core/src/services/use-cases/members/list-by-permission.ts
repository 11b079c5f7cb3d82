import { inheritedMembership } from '../../../model/inherited-membership.js'
import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import type { PageRequest, Position } from '../../../model/page.js'
import { permissionHolders } from '../../../policy/permission-holders.js'
import type { MembershipOfUser } from '../../../storage/membership-port.js'
import { mergePages } from '../../steps/merge-pages.js'
import { tenantQuery } from '../../pipeline/query.js'
import { asListed } from '../../steps/members/to-member-user.js'
import { PermissionInput, ResourceInput } from '../../steps/members/resource-input.js'

const input = PageInput.extend({ permission: PermissionInput, resource: ResourceInput.optional() })

/**
 * Those who may do something, oldest first: exactly those to whom `explain` says yes. Whoever runs the organization is
 * among them also without an active membership.
 */
export const listByPermission = tenantQuery({
  input,
  permission: 'member:override',
  async run({ context, read, tenant, tenantId }, { permission, resource, ...page }) {
    const { outside, ...holders } = permissionHolders(context.policy, tenant, permission, resource)
    const inside = { tenantId, ...holders }
    const afterTuple = outside && { tenantId, organizationId: outside.organizationId, userId: outside.userId }
    const members = (page: PageRequest) => read.memberships.listHolders({ ...inside, page })
    const admins =
      afterTuple &&
      (async (page: PageRequest): Promise<readonly MembershipOfUser[]> => {
        const listed = await read.organizationMembers.listAdminsWithoutMembership({ ...afterTuple, page })
        return listed.map((one) => ({ ...inheritedMembership(one, { tenantId, role: outside.role }), user: one.user }))
      })
    const asked = pageRequest(page)
    // Merging reads all pages before a numbered one, which one list alone need not.
    const rows = await (admins ? mergePages([members, admins], positionOf, asked) : members(asked))
    return toPage(page, await asListed(read, rows), positionOf, async () => {
      const counted = afterTuple ? await read.organizationMembers.countAdminsWithoutMembership(afterTuple) : 0
      return counted + (await read.memberships.countHolders(inside))
    })
  },
})

function positionOf({ createdAt, userId }: { readonly createdAt: number; readonly userId: string }): Position {
  return { at: createdAt, id: userId }
}
