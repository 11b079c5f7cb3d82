import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import { tenantQuery } from '../../pipeline/query.js'
import { loadResource } from '../../steps/resources/load-resource.js'
import { ResourceName } from '../../steps/resources/resource-input.js'

/** What was said in this tenant about a resource that the caller may read, oldest first. */
export const listComments = tenantQuery({
  input: PageInput.extend(ResourceName.shape),
  permission: null,
  async run(step, { type, id, ...page }) {
    const { read, tenantId } = step
    await loadResource(step, read.resources, { type, id }, 'read')
    const about = { tenantId, resourceType: type, resourceId: id }
    const rows = await read.comments.list({ ...about, page: pageRequest(page) })
    return toPage(
      page,
      rows,
      (comment) => ({ at: comment.createdAt, id: comment.id }),
      () => read.comments.count(about),
    )
  },
})
