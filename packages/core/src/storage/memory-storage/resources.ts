import type { Resource } from '../../model/resource.js'
import { forgetComments } from './comments.js'
import type {
  Share,
  ResourceFilter,
  ResourceOfUserFilter,
  ResourceOrder,
  ResourceReads,
  ResourceRepository,
  ResourceTotal,
} from '../resource-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'
import { compareIds, takePage } from './take-page.js'

// No type has a space.
const keyOf = ({ type, id }: { readonly type: string; readonly id: string }) => `${type} ${id}`

const sortKeys: Readonly<Record<ResourceOrder, (resource: Resource) => number | string>> = {
  name: ({ name }) => name.toLowerCase(),
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
  active: ({ activeAt }) => activeAt,
  size: ({ sizeBytes }) => sizeBytes,
}

const shareOf = ({ type, id, ownerTenantId, tenantId, ownerId }: Resource): Share => ({
  type,
  id,
  ownerTenantId,
  tenantId,
  ownerId,
})

function sumUp(rows: readonly Resource[]): readonly ResourceTotal[] {
  const types = [...new Set(rows.map(({ type }) => type))].sort(compareIds)
  return types.map((type) => {
    const ofType = rows.filter((resource) => resource.type === type)
    return { type, count: ofType.length, sizeBytes: ofType.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) }
  })
}

export function resourceReads({ resources, shares, membershipByUser, tenants }: Tables): ResourceReads {
  const matching = ({ tenantId, type, userId, show, keyword = '' }: ResourceFilter) =>
    resources
      .rows(tenantId)
      .filter((resource) => resource.type === type && resource.name.toLowerCase().includes(keyword.toLowerCase()))
      .filter(({ ownerId, visibility }) =>
        ownerId === userId ? show !== 'others' : show !== 'own' && visibility === 'tenant',
      )

  const ofUser = (userId: string, type: string) =>
    membershipByUser
      .rows(userId)
      .flatMap(({ tenantId }) => resources.rows(tenantId))
      .filter((resource) => resource.type === type)
  const matchingOfUser = ({ userId, type, ownIn, tenantIds, keyword = '' }: ResourceOfUserFilter) =>
    ofUser(userId, type)
      .filter(({ name }) => name.toLowerCase().includes(keyword.toLowerCase()))
      .filter(
        ({ tenantId, ownerTenantId, ownerId, visibility }) =>
          (ownerId === userId && (ownIn.includes(tenantId) || ownIn.includes(ownerTenantId))) ||
          (visibility === 'tenant' && tenantIds.includes(tenantId)),
      )

  return {
    find: async ({ tenantId, ...key }) => resources.get(tenantId, keyOf(key)) ?? null,
    async list({ orderBy, direction, page, ...filter }) {
      const position = (resource: Resource) => ({ at: sortKeys[orderBy](resource), id: resource.id })
      const sign = direction === 'asc' ? 1 : -1
      const { after, offset = 0, limit } = page
      return matching(filter)
        .filter((resource) => !after || sign * comparePlaces(position(resource), after) > 0)
        .sort((a, b) => sign * comparePlaces(position(a), position(b)))
        .slice(offset, offset + limit)
    },
    count: async (filter) => matching(filter).length,
    findForUser: async ({ userId, type, id }) =>
      ofUser(userId, type)
        .filter((resource) => resource.id === id)
        .sort((a, b) => compareIds(a.tenantId, b.tenantId)),
    listForUser: async ({ page, ...filter }) =>
      takePage(matchingOfUser(filter), page, 'newest', ({ createdAt, id }) => ({ at: createdAt, id })),
    countForUser: async (filter) => matchingOfUser(filter).length,
    async countLabels({ kind, limit, ...filter }) {
      const counts = new Map<string, number>()
      for (const { labels } of matching(filter))
        for (const label of labels[kind] ?? []) counts.set(label, (counts.get(label) ?? 0) + 1)
      const rows = [...counts].map(([label, count]) => ({ label, count }))
      return rows.sort((a, b) => b.count - a.count || compareTexts(a.label, b.label)).slice(0, limit)
    },
    totals: async ({ tenantId }) => sumUp(resources.rows(tenantId)),
    totalsByOrganization: async ({ organizationId }) =>
      sumUp(
        tenants
          .rows(everywhere)
          .filter((tenant) => tenant.organizationId === organizationId && tenant.status !== 'deleted')
          .flatMap(({ id }) => resources.rows(id)),
      ),
    findShare: async ({ ownerTenantId, ...key }) => shares.get(ownerTenantId, keyOf(key)) ?? null,
    async listShares({ tenantId, ownerId }) {
      const into = resources.rows(tenantId).filter(({ ownerTenantId }) => ownerTenantId !== tenantId)
      return [...shares.rows(tenantId), ...into.map(shareOf)]
        .filter((share) => ownerId === undefined || share.ownerId === ownerId)
        .sort((a, b) => compareIds(a.type, b.type) || compareIds(a.id, b.id))
    },
  }
}

function comparePlaces(a: { at: number | string; id: string }, b: { at: number | string; id: string }) {
  const first =
    typeof a.at === 'number' && typeof b.at === 'number' ? a.at - b.at : compareTexts(String(a.at), String(b.at))
  return first || compareIds(a.id, b.id)
}

function compareTexts(a: string, b: string) {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

export function resourceRepository(draft: Draft): ResourceRepository {
  const { resources, shares, tenants, users } = draft.tables

  const put = (resource: Resource) => resources.set(resource.tenantId, keyOf(resource), keep(resource))
  const place = (resource: Resource) => {
    const { tenantId } = resource
    if (resources.get(tenantId, keyOf(resource)) ?? shares.get(tenantId, keyOf(resource))) draft.refuse('resource')
    put(resource)
  }

  return {
    ...resourceReads(draft.tables),
    async insert(resource) {
      const { tenantId, ownerId } = resource
      place(resource)
      draft.atCommit(() => [tenants.get(everywhere, tenantId), users.get(everywhere, ownerId)].every(Boolean))
    },
    async update({ tenantId, type, id, set }) {
      const resource = resources.get(tenantId, keyOf({ type, id }))
      if (resource) put({ ...resource, ...set })
      return resource !== undefined
    },
    async delete({ tenantId, ...key }) {
      const resource = resources.get(tenantId, keyOf(key))
      if (!resource) return false
      shares.remove(resource.ownerTenantId, keyOf(key))
      for (const place of [tenantId, resource.ownerTenantId]) forgetComments(draft.tables, { ...key, tenantId: place })
      return resources.remove(tenantId, keyOf(key))
    },
    async share({ tenantId, type, id, to, at }) {
      const resource = resources.get(tenantId, keyOf({ type, id }))
      if (resource?.ownerTenantId !== tenantId) return false
      const shared: Resource = { ...resource, tenantId: to, visibility: 'tenant', updatedAt: at, activeAt: at }
      place(shared)
      resources.remove(tenantId, keyOf(resource))
      shares.set(tenantId, keyOf(resource), keep(shareOf(shared)))
      draft.atCommit(() => tenants.get(everywhere, to) !== undefined)
      return true
    },
    async unshare({ tenantId, type, id, at }) {
      const resource = resources.get(tenantId, keyOf({ type, id }))
      if (!resource || resource.ownerTenantId === tenantId) return false
      const { ownerTenantId } = resource
      resources.remove(tenantId, keyOf(resource))
      shares.remove(ownerTenantId, keyOf(resource))
      forgetComments(draft.tables, { tenantId, type, id })
      put({ ...resource, tenantId: ownerTenantId, visibility: 'private', updatedAt: at, activeAt: at })
      return true
    },
    async reassign({ tenantId, from, to, only }) {
      const passed = resources
        .rows(tenantId)
        .filter(({ ownerTenantId, ownerId }) => ownerTenantId === tenantId && ownerId === from)
        .filter((resource) => !only || keyOf(resource) === keyOf(only))
      for (const resource of passed) put({ ...resource, ownerId: to })
      return passed.length
    },
  }
}
