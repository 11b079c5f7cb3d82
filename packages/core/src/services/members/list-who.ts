import type { z } from 'zod'
import { lentMembership } from '../../model/lent-membership.js'
import { PageInput, pageRequest, toPage } from '../../model/page.js'
import type { PageRequest, Position } from '../../model/page.js'
import { whoMay } from '../../policy/who-may.js'
import type { MembershipOfUser } from '../../storage/membership-port.js'
import { mergePages } from '../merge-pages.js'
import { tenantQuery } from '../query.js'
import { asListed } from './as-fellow.js'
import { AskedPermission, AskedResource } from './asked-resource.js'

const input = PageInput.extend({ permission: AskedPermission, resource: AskedResource.optional() })

/** Which permission, on what, and which page of those who have it. */
export interface WhoQuestion<Permission extends string> extends z.input<typeof input> {
  readonly permission: Permission
}

/**
 * Those who may do something, oldest first: exactly those to whom `explain` says yes. Whoever runs the organization is
 * among them also without an active membership.
 */
export const listWho = tenantQuery({
  input,
  permission: 'member:override',
  async run({ context, read, tenant, tenantId }, { permission, resource, ...page }) {
    const { outside, ...holders } = whoMay(context.policy, tenant, permission, resource)
    const inside = { tenantId, ...holders }
    const beyond = outside && { tenantId, organizationId: outside.organizationId, userId: outside.userId }
    const members = (page: PageRequest) => read.memberships.listHolders({ ...inside, page })
    const admins =
      beyond &&
      (async (page: PageRequest): Promise<readonly MembershipOfUser[]> => {
        const listed = await read.organizationMembers.listOutside({ ...beyond, page })
        return listed.map((one) => ({ ...lentMembership(one, { tenantId, role: outside.role }), user: one.user }))
      })
    const asked = pageRequest(page)
    // Merging reads all pages before a numbered one, which one list alone need not.
    const rows = await (admins ? mergePages([members, admins], positionOf, asked) : members(asked))
    return toPage(page, await asListed(read, rows), positionOf, async () => {
      const counted = beyond ? await read.organizationMembers.countOutside(beyond) : 0
      return counted + (await read.memberships.countHolders(inside))
    })
  },
})

function positionOf({ createdAt, userId }: { readonly createdAt: number; readonly userId: string }): Position {
  return { at: createdAt, id: userId }
}
