import { pageOf } from '../../../model/page.js'
import type { Page } from '../../../model/page.js'
import { cursorOf, ResourceListInput } from '../../../model/resource-page.js'
import type { Resource } from '../../../model/resource.js'
import { tenantQuery } from '../../pipeline/query.js'
import { ownIdOf, readableOf } from '../../steps/resources/load-resource.js'
import { requireType } from '../../steps/resources/resource-input.js'

/** What each filter shows to whoever reads what others let the tenant see, and to whoever reads their own alone. */
const SHOWN = {
  all: { others: 'both', own: 'own' },
  own: { others: 'own', own: 'own' },
  shared: { others: 'others', own: null },
} as const

/** Resources of one type: one's own, those of others that the tenant sees (`shared`), or both. */
export const listResources = tenantQuery({
  input: ResourceListInput,
  permission: null,
  async run(step, { type, filter, keyword, orderBy, direction, after, ...page }): Promise<Page<Resource>> {
    const { read, tenantId } = step
    requireType(step.context, type)
    const { own, others } = readableOf(step, type)
    const show = others ? SHOWN[filter].others : own ? SHOWN[filter].own : null
    if (show === null)
      return pageOf(
        page,
        [],
        () => '',
        async () => 0,
      )
    const matching = { tenantId, type, userId: ownIdOf(step), show, keyword: keyword === '' ? undefined : keyword }
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
