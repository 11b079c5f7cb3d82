import { z } from 'zod'
import { Keyword } from '../../model/id.js'
import { PageInput, pageRequest, toPage } from '../../model/page.js'
import type { ResourceFacts } from '../../policy/decide.js'
import { unauthenticated } from '../actor.js'
import { directoryQuery } from '../query.js'
import { tenantsOf, tenantsWhere } from '../standings-of.js'
import { requireType } from './resource-input.js'

/**
 * Resources of one type, newest first: the caller's, and those the caller may read, in all tenants in which they work.
 * What they have lent is among them as long as they work at home or there.
 */
export const listOwnResources = directoryQuery({
  input: PageInput.extend({ type: z.string(), keyword: Keyword.optional() }),
  who: 'user',
  async run({ context, read, user }, { type, keyword, ...page }) {
    if (!user) throw unauthenticated()
    const permission = `${requireType(context, type)}:read`
    const tenants = await tenantsOf(read, user.id)
    const where = (resource: ResourceFacts) =>
      context.policy.bits.has(permission)
        ? tenantsWhere(context, read, { user, tenants, permission, resource })
        : tenants.map(({ tenant }) => tenant.id)
    const ownIn = await where({ ownerId: user.id })
    const tenantIds = await where({ visibility: 'tenant' })
    const filter = { userId: user.id, type, ownIn, tenantIds, keyword: keyword || undefined }
    const rows = await read.resources.listOfUser({ ...filter, page: pageRequest(page) })
    return toPage(
      page,
      rows,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      () => read.resources.countOfUser(filter),
    )
  },
})
