import { versionOf } from '@tenantry/core'
import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { SAMPLE } from '../../../handler/sample.js'
import { PAGE_HEADERS, pageOf, pageQuery, toPageReply } from '../pages.js'
import { ETAG_HEADERS, ifMatch, versionIn, withETag } from '../etags.js'
import { present } from '../responses.js'
import { created, CREATED_HEADERS, pathOf, row } from '../row.js'
import { Resource } from '../resource-schemas.js'
import { content, named, OfType, OneResource } from './resources.js'

const tag = 'My resources'
const OfMyType = OfType.omit({ tenant: true })
const OneOfMine = OneResource.omit({ tenant: true })

const placed = {
  ...content,
  visibility: Resource.shape.visibility.optional(),
  tenantId: WireId.optional().describe('The tenant that sees it'),
}

const listMyResources = row({
  method: 'GET',
  path: '/me/resources/{type}',
  operationId: 'listMyResources',
  summary: 'List the resources of a type that the caller owns or may read, in all of the caller’s tenants',
  tag,
  params: OfMyType,
  query: z.strictObject({ ...pageQuery, keyword: z.string().max(800).optional() }),
  response: pageOf(Resource),
  responseHeaders: PAGE_HEADERS,
  run: async ({ as, params, query }) =>
    toPageReply(query, await as.resources.list({ type: params.type, ...query }), (one) => present(Resource, one)),
})

const createMyResource = row({
  method: 'POST',
  path: '/me/resources/{type}',
  operationId: 'createMyResource',
  summary: 'Create a resource in the caller’s personal tenant, and share it with a tenant if asked to',
  tag,
  params: OfMyType,
  status: 201,
  body: z.strictObject(placed),
  example: { name: 'Draft' },
  response: Resource,
  responseHeaders: CREATED_HEADERS,
  async run(call) {
    const { params, as, body } = call
    const resource = await as.resources.create({ type: params.type, ...body })
    return created(call, pathOf('me', 'resources', params.type, resource.id), present(Resource, resource))
  },
})

const getMyResource = row({
  method: 'GET',
  path: '/me/resources/{type}/{resourceId}',
  operationId: 'getMyResource',
  summary: 'Get a resource in whichever of the caller’s tenants it is',
  tag,
  params: OneOfMine,
  response: Resource,
  responseHeaders: ETAG_HEADERS,
  async run({ as, params }) {
    const resource = await as.resources.get(named(params))
    return withETag(present(Resource, resource), versionOf.resource(resource))
  },
})

const updateMyResource = row({
  method: 'PATCH',
  path: '/me/resources/{type}/{resourceId}',
  operationId: 'updateMyResource',
  summary: 'Change a resource in whichever of the caller’s tenants it is; what is left out stays',
  tag,
  params: OneOfMine,
  body: z.strictObject({ ...placed, name: placed.name.optional() }),
  example: { name: 'Final' },
  headers: ifMatch,
  response: Resource,
  responseHeaders: ETAG_HEADERS,
  async run({ as, params, headers, body }) {
    const change = { ...named(params), ...body, ifVersion: versionIn(headers) }
    const resource = await as.resources.update(change)
    return withETag(present(Resource, resource), versionOf.resource(resource))
  },
})

const deleteMyResource = row({
  method: 'DELETE',
  path: '/me/resources/{type}/{resourceId}',
  operationId: 'deleteMyResource',
  summary: 'Delete a resource for good, in whichever of the caller’s tenants it is',
  tag,
  params: OneOfMine,
  status: 204,
  response: z.undefined(),
  run: async ({ as, params }) => void (await as.resources.delete({ type: params.type, ids: [params.resourceId] })),
})

const deleteMyResources = row({
  method: 'POST',
  path: '/me/resources/{type}/delete',
  operationId: 'deleteMyResources',
  summary: 'Delete up to 100 resources for good: all of them, or none',
  tag,
  params: OfMyType,
  status: 204,
  body: z.strictObject({ ids: z.array(WireId).min(1).max(100) }),
  example: { ids: [SAMPLE.id] },
  response: z.undefined(),
  run: async ({ as, params, body }) => void (await as.resources.delete({ type: params.type, ...body })),
})

export const myResourceRoutes = [
  listMyResources,
  createMyResource,
  getMyResource,
  updateMyResource,
  deleteMyResource,
  deleteMyResources,
]
