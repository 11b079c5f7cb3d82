import { z } from 'zod'
import { Keyword } from '../../../model/id.js'
import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import type { ResourceAttributes } from '../../../policy/decide.js'
import { unauthenticated } from '../../pipeline/actor.js'
import { globalQuery } from '../../pipeline/query.js'
import { tenantsOf, tenantsWhere } from '../../pipeline/resolve-accesses.js'
import { requireType } from '../../steps/resources/resource-input.js'

/**
 * Resources of one type, newest first: the caller's, and those the caller may read, in all tenants in which they work.
 * What they have shared is among them as long as they work in its own tenant or there.
 */
export const listOwnResources = globalQuery({
  input: PageInput.extend({ type: z.string(), keyword: Keyword.optional() }),
  who: 'user',
  async run({ context, read, user }, { type, keyword, ...page }) {
    if (!user) throw unauthenticated()
    const permission = `${requireType(context, type)}:read`
    const tenants = await tenantsOf(read, user.id)
    const where = (resource: ResourceAttributes) =>
      context.policy.bits.has(permission)
        ? tenantsWhere(context, read, { user, tenants, permission, resource })
        : tenants.map(({ tenant }) => tenant.id)
    const ownIn = await where({ ownerId: user.id })
    const tenantIds = await where({ visibility: 'tenant' })
    const filter = { userId: user.id, type, ownIn, tenantIds, keyword: keyword || undefined }
    const rows = await read.resources.listForUser({ ...filter, page: pageRequest(page) })
    return toPage(
      page,
      rows,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      () => read.resources.countForUser(filter),
    )
  },
})
