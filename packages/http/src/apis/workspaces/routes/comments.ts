import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { defineRoute } from '../../../handler/route.js'
import { Comment, pageOf } from '../schemas.js'
import { askedPage, pageQuery, toCommentResponse, toPageResponse } from '../responses.js'

const tag = 'Protocols'
const type = 'protocol'
const path = '/workspaces/{workspace_id}/protocols/{protocol_id}/comments'
const params = z.strictObject({ workspace_id: WireId, protocol_id: WireId })

const listComments = defineRoute({
  method: 'GET',
  path,
  summary: 'What was said about a protocol, oldest first',
  tag,
  params,
  query: z.strictObject(pageQuery),
  response: pageOf(Comment),
  run: async ({ enter, params: { workspace_id: tenantId, protocol_id: id }, query }) =>
    toPageResponse(query, await enter(tenantId).comments.list({ type, id, ...askedPage(query) }), toCommentResponse),
})

const createComment = defineRoute({
  method: 'POST',
  path,
  summary: 'Say something about a protocol',
  tag,
  params,
  status: 201,
  body: z.strictObject({ text: z.string().max(10_000) }),
  example: { text: 'Which buffer do you use?' },
  response: Comment,
  run: async ({ enter, params: { workspace_id: tenantId, protocol_id: id }, body: { text } }) =>
    toCommentResponse(await enter(tenantId).comments.create({ type, id, text })),
})

export const commentRoutes = [listComments, createComment]
