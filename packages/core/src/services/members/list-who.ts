import type { z } from 'zod'
import { PageInput, pageRequest, toPage } from '../../model/page.js'
import { whoMay } from '../../policy/who-may.js'
import { tenantQuery } from '../query.js'
import { asFellow } from './as-fellow.js'
import { AskedPermission, AskedResource } from './asked-resource.js'

const input = PageInput.extend({ permission: AskedPermission, resource: AskedResource.optional() })

/** Which permission, on what, and which page of those who have it. */
export interface WhoQuestion<Permission extends string> extends z.input<typeof input> {
  readonly permission: Permission
}

/** The members who may do something, oldest first: exactly those to whom `explain` says yes. */
export const listWho = tenantQuery({
  input,
  permission: 'member:override',
  async run({ context, read, tenantId }, { permission, resource, ...page }) {
    const filter = { tenantId, ...whoMay(context.policy, tenantId, permission, resource) }
    const rows = await read.memberships.listHolders({ ...filter, page: pageRequest(page) })
    return toPage(
      page,
      rows.map(asFellow),
      ({ createdAt, userId }) => ({ at: createdAt, id: userId }),
      () => read.memberships.countHolders(filter),
    )
  },
})
