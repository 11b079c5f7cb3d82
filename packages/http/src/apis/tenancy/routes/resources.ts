import { versionOf } from '@tenantry/core'
import type { JsonObject } from '@tenantry/core'
import { z } from 'zod'
import { queryInteger, WireId, wireLine } from '../../../handler/fields.js'
import { TenantParams, tenantRoute } from '../current-tenant.js'
import { PAGE_HEADERS, pageOf, pageQuery, toPageReply } from '../pages.js'
import { ETAG_HEADERS, ifMatch, versionIn, withETag } from '../etags.js'
import { present } from '../responses.js'
import { created, CREATED_HEADERS, pathOf } from '../row.js'
import { Resource } from '../resource-schemas.js'

const tag = 'Resources'

/** The path parameters of a tenant's resources. */
export const OfType = TenantParams.extend({
  type: z.string().max(64).describe('A resource that the application declares'),
})
export const OneResource = OfType.extend({ resourceId: WireId.describe('The ID of a resource') })

/** The parameters that identify a resource. */
export function named({ type, resourceId: id }: { readonly type: string; readonly resourceId: string }) {
  return { type, id }
}

// The body was parsed from JSON.
const Attributes = z.record(z.string(), z.unknown()).transform((attributes) => attributes as JsonObject)

export const content = {
  name: wireLine(200),
  attributes: Attributes.optional(),
  sizeBytes: z.int().nonnegative().optional(),
}
const placed = {
  ...content,
  visibility: Resource.shape.visibility.optional(),
  labels: z
    .record(z.string(), z.array(z.string().max(400)).max(20))
    .optional()
    .describe('Labels by kind'),
}

const listResources = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/resources/{type}',
  operationId: 'listResources',
  summary: 'List the resources of a type that the caller may read',
  tag,
  params: OfType,
  query: z.strictObject({
    ...pageQuery,
    filter: z.enum(['all', 'own', 'shared']).default('all').describe('`shared` are those of others'),
    keyword: z.string().max(800).optional(),
    orderBy: z.enum(['name', 'created', 'updated', 'active', 'size']).default('created'),
    direction: z.enum(['asc', 'desc']).default('desc'),
  }),
  response: pageOf(Resource),
  responseHeaders: PAGE_HEADERS,
  run: async ({ tenant, params, query }) =>
    toPageReply(query, await tenant.resources.list({ type: params.type, ...query }), (one) => present(Resource, one)),
})

const createResource = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/resources/{type}',
  operationId: 'createResource',
  summary: 'Create a resource, which the caller owns',
  tag,
  params: OfType,
  status: 201,
  body: z.strictObject({ id: WireId.optional().describe('Your own ID. Default: a new one'), ...placed }),
  example: { name: 'Invoice 7', visibility: 'tenant' },
  response: Resource,
  responseHeaders: CREATED_HEADERS,
  async run(call) {
    const { params, tenant, body } = call
    const resource = await tenant.resources.create({ type: params.type, ...body })
    const path = pathOf('tenants', params.tenant, 'resources', params.type, resource.id)
    return created(call, path, present(Resource, resource))
  },
})

const getResource = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/resources/{type}/{resourceId}',
  operationId: 'getResource',
  summary: 'Get a resource',
  tag,
  params: OneResource,
  response: Resource,
  responseHeaders: ETAG_HEADERS,
  async run({ tenant, params }) {
    const resource = await tenant.resources.get(named(params))
    return withETag(present(Resource, resource), versionOf.resource(resource))
  },
})

const updateResource = tenantRoute({
  method: 'PATCH',
  path: '/tenants/{tenant}/resources/{type}/{resourceId}',
  operationId: 'updateResource',
  summary: 'Change a resource; what is left out stays, also within `attributes` and `labels`',
  tag,
  params: OneResource,
  body: z.strictObject({ ...placed, name: placed.name.optional() }),
  example: { name: 'Invoice 8' },
  headers: ifMatch,
  response: Resource,
  responseHeaders: ETAG_HEADERS,
  async run({ tenant, params, headers, body }) {
    const change = { ...named(params), ...body, merge: true, ifVersion: versionIn(headers) }
    const resource = await tenant.resources.update(change)
    return withETag(present(Resource, resource), versionOf.resource(resource))
  },
})

const deleteResource = tenantRoute({
  method: 'DELETE',
  path: '/tenants/{tenant}/resources/{type}/{resourceId}',
  operationId: 'deleteResource',
  summary: 'Delete a resource for good',
  tag,
  params: OneResource,
  status: 204,
  response: z.undefined(),
  run: async ({ tenant, params }) => void (await tenant.resources.delete(named(params))),
})

const countLabels = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/labels/{type}/{kind}',
  operationId: 'countLabels',
  summary: 'Count how many resources bear each label of a kind, the most frequent first',
  tag,
  params: OfType.extend({ kind: z.string().max(64).describe('A kind of label, such as `category`') }),
  query: z.strictObject({ limit: queryInteger({ maximum: 1000, fallback: 100 }) }),
  response: pageOf(z.object({ label: z.string(), count: z.int() })),
  async run({ tenant, params: { type, kind }, query }) {
    const items = await tenant.resources.countLabels({ type, kind, ...query })
    return toPageReply({}, { items }, (counted) => counted)
  },
})

export const resourceRoutes = [listResources, createResource, getResource, updateResource, deleteResource, countLabels]
