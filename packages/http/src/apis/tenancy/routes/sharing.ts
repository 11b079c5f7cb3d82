import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { SAMPLE } from '../../../handler/sample.js'
import { tenantRoute } from '../current-tenant.js'
import { PAGE_HEADERS, pageOf, pageQuery, toPageReply } from '../pages.js'
import { present } from '../responses.js'
import { Comment, Resource } from '../resource-schemas.js'
import { named, OneResource } from './resources.js'

const tag = 'Resources'
const path = '/tenants/{tenant}/resources/{type}/{resourceId}'

const shareResource = tenantRoute({
  method: 'POST',
  path: `${path}/share`,
  operationId: 'shareResource',
  summary: 'Make a resource visible in its tenant, or share it with another tenant of its owner',
  tag,
  params: OneResource,
  body: z.strictObject({ targetTenantId: WireId.optional().describe('Default: its own tenant') }),
  example: {},
  response: Resource,
  run: async ({ tenant, params, body: { targetTenantId: tenantId } }) =>
    present(Resource, await tenant.resources.share({ ...named(params), tenantId })),
})

const unshareResource = tenantRoute({
  method: 'POST',
  path: `${path}/unshare`,
  operationId: 'unshareResource',
  summary: 'Make a resource private again; a shared one returns to its owner’s tenant',
  tag,
  params: OneResource,
  response: Resource,
  run: async ({ tenant, params }) => present(Resource, await tenant.resources.unshare(named(params))),
})

const transferResource = tenantRoute({
  method: 'POST',
  path: `${path}/transfer`,
  operationId: 'transferResource',
  summary: 'Give a resource to another active member',
  tag,
  params: OneResource,
  body: z.strictObject({ userId: WireId }),
  example: { userId: SAMPLE.id },
  response: Resource,
  run: async ({ tenant, params, body }) =>
    present(Resource, await tenant.resources.transfer({ ...named(params), ...body })),
})

const listComments = tenantRoute({
  method: 'GET',
  path: `${path}/comments`,
  operationId: 'listComments',
  summary: 'List the comments on a resource, oldest first',
  tag,
  params: OneResource,
  query: z.strictObject(pageQuery),
  response: pageOf(Comment),
  responseHeaders: PAGE_HEADERS,
  run: async ({ tenant, params, query }) =>
    toPageReply(query, await tenant.comments.list({ ...named(params), ...query }), (one) => present(Comment, one)),
})

const createComment = tenantRoute({
  method: 'POST',
  path: `${path}/comments`,
  operationId: 'createComment',
  summary: 'Comment on a resource',
  tag,
  params: OneResource,
  status: 201,
  body: z.strictObject({ text: z.string().max(10_000) }),
  example: { text: 'Approved.' },
  response: Comment,
  run: async ({ tenant, params, body }) =>
    present(Comment, await tenant.comments.create({ ...named(params), ...body })),
})

export const sharingRoutes = [shareResource, unshareResource, transferResource, listComments, createComment]
