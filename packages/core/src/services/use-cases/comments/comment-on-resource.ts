import { CommentText } from '../../../model/comment.js'
import type { Comment, CommentOfAuthor } from '../../../model/comment.js'
import { memberCommand } from '../../pipeline/command.js'
import { loadResource } from '../../steps/resources/load-resource.js'
import { ResourceName } from '../../steps/resources/resource-input.js'

/** Says something about a resource. This needs the permission `<type>:comment`, which the host declares. */
export const commentOnResource = memberCommand({
  input: ResourceName.extend({ text: CommentText }),
  permission: null,
  async run(step, { type, id: resourceId, text }) {
    const { context, tx, tenantId, user, now } = step
    await loadResource(step, tx.resources, { type, id: resourceId }, 'comment')
    const id = context.newId()
    const about = { resourceType: type, resourceId }
    const comment: Comment = { tenantId, ...about, id, authorId: user.id, text, createdAt: now }
    await tx.comments.insert(comment)
    await tx.resources.update({ tenantId, type, id: resourceId, set: { activeAt: now } })
    const author = { id: user.id, name: user.name, avatarUrl: user.avatarUrl }
    const result: CommentOfAuthor = { ...comment, author }
    return { result, events: [{ type: 'comment.created', target: { type: 'comment', id }, data: about }] }
  },
})
