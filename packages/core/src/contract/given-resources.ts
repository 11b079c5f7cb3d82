import type { Comment } from '../model/comment.js'
import type { Resource } from '../model/resource.js'
import { noon } from './given.js'

/** A resource at home, unless another home is named. */
export function resourceOf(
  fields: Partial<Resource> & Pick<Resource, 'tenantId' | 'type' | 'id' | 'ownerId'>,
): Resource {
  return {
    homeTenantId: fields.tenantId,
    visibility: 'private',
    name: `${fields.type} ${fields.id}`,
    attributes: {},
    labels: {},
    sizeBytes: 0,
    createdAt: noon,
    updatedAt: noon,
    activeAt: noon,
    ...fields,
  }
}

/** A comment on the document `one`, unless something else is named. */
export function commentOf(fields: Partial<Comment> & Pick<Comment, 'tenantId' | 'id' | 'authorId'>): Comment {
  return { resourceType: 'doc', resourceId: 'one', text: `Comment ${fields.id}`, createdAt: noon, ...fields }
}
