import { pageOf } from '../../model/page.js'
import type { Page } from '../../model/page.js'
import { cursorOf, ResourceListInput } from '../../model/resource-page.js'
import type { Resource } from '../../model/resource.js'
import { tenantQuery } from '../query.js'
import { readsOthers } from './load-resource.js'
import { requireType } from './resource-input.js'

/** What is shown to whoever may read what others let the tenant see, and to everybody else. */
const SHOWN = {
  all: { may: 'both', mayNot: 'own' },
  own: { may: 'own', mayNot: 'own' },
  shared: { may: 'others', mayNot: null },
} as const

/** Resources of one type: one's own, those of others that the tenant sees (`shared`), or both. */
export const listResources = tenantQuery({
  input: ResourceListInput,
  permission: null,
  async run(step, { type, filter, keyword, orderBy, direction, after, ...page }): Promise<Page<Resource>> {
    const { read, tenantId, user } = step
    requireType(step.context, type)
    const show = SHOWN[filter][readsOthers(step, type) ? 'may' : 'mayNot']
    if (show === null)
      return pageOf(
        page,
        [],
        () => '',
        async () => 0,
      )
    const matching = { tenantId, type, userId: user.id, show, keyword: keyword === '' ? undefined : keyword }
    const offset = page.page === undefined ? {} : { offset: (page.page - 1) * page.limit }
    // One more, to know whether a next page exists.
    const asked = { limit: page.limit + 1, after, ...offset }
    const rows = await read.resources.list({ ...matching, orderBy, direction, page: asked })
    return pageOf(
      page,
      rows,
      (row) => cursorOf(orderBy, row),
      () => read.resources.count(matching),
    )
  },
})
