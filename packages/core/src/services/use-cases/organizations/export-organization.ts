import { z } from 'zod'
import type { CommentOfAuthor } from '../../../model/comment.js'
import type { EventScope } from '../../../model/event.js'
import type { Organization } from '../../../model/organization.js'
import type { Resource } from '../../../model/resource.js'
import type { CommentPlace } from '../../../storage/comment-port.js'
import { userIdOf } from '../../pipeline/actor.js'
import { asListed } from '../../steps/members/to-member-user.js'
import { withManifest } from '../../steps/organizations/export-record.js'
import type { ExportedThing, ExportRecord } from '../../steps/organizations/export-record.js'
import { organizationCommand } from '../../pipeline/organization-command.js'
import type { OrganizationScope } from '../../pipeline/organization-access.js'
import { askAsAdmin, readPages, readRows } from '../../steps/organizations/read-pages.js'

type Things = AsyncGenerator<ExportedThing, void, undefined>

/**
 * Everything of an organization, record by record: itself, its members, then each of its tenants that is not deleted with
 * its members, its resources with what was said about them, and its audit log, and at last a manifest. Nothing is read
 * before it is asked for. A page of rows is held, and of resources while what was said about them is read.
 *
 * Every page is one moment's state, the whole is not: what is changed meanwhile is in it as it was before or after. What
 * stays unchanged is there exactly once. Each audit log reaches to where it ended when its turn came, so that its chain of
 * hashes holds. Private resources are in it only where they are the caller's own. An export that ends without a manifest
 * is incomplete; it rejects, as every other call would, once the caller is no admin any more.
 */
export async function* exportOrganization(scope: OrganizationScope): AsyncGenerator<ExportRecord, void, undefined> {
  const organization = await beginExport(scope, undefined)
  yield* withManifest(organization.id, thingsOf(scope, organization))
}

/** Whoever takes data out leaves a trace, also when they stop half-way. */
const beginExport = organizationCommand({
  input: z.undefined(),
  async run({ organization }) {
    const target = { type: 'organization', id: organization.id } as const
    return { result: organization, events: [{ type: 'organization.exported', target, data: {} }] }
  },
})

async function* thingsOf(scope: OrganizationScope, organization: Organization): Things {
  const { organizationId } = scope
  yield { kind: 'organization', data: organization }
  const members = readRows(
    scope,
    async (read, page) => asListed(read, await read.organizationMembers.list({ organizationId, page })),
    ({ createdAt, userId }) => ({ at: createdAt, id: userId }),
  )
  for await (const member of members) yield { kind: 'organization_member', data: member }
  yield* eventsOf(scope, { organizationId })
  const tenants = readRows(
    scope,
    (read, page) => read.tenants.listByOrganization({ organizationId, page }),
    ({ createdAt, id }) => ({ at: createdAt, id }),
  )
  for await (const { id } of tenants) yield* thingsOfTenant(scope, id)
}

async function* thingsOfTenant(scope: OrganizationScope, tenantId: string): Things {
  // Its turn may come long after it was listed.
  const tenant = await askAsAdmin(scope, (read) => read.tenants.find(tenantId))
  if (tenant?.organizationId !== scope.organizationId || tenant.status === 'deleted') return
  yield { kind: 'tenant', data: tenant }
  const members = readRows(
    scope,
    async (read, page) => asListed(read, await read.memberships.list({ tenantId, page })),
    ({ createdAt, userId }) => ({ at: createdAt, id: userId }),
  )
  for await (const member of members) yield { kind: 'member', data: member }
  const types = await askAsAdmin(scope, (read) => read.resources.totals({ tenantId }))
  for (const { type } of types) yield* resourcesOf(scope, { tenantId, type })
  yield* eventsOf(scope, { tenantId })
}

async function* resourcesOf(
  scope: OrganizationScope,
  ofType: { readonly tenantId: string; readonly type: string },
): Things {
  // The host's own code owns nothing, and no id is empty.
  const matching = { ...ofType, userId: userIdOf(scope.actor) ?? '', show: 'both' } as const
  const pages = readPages<Resource>(
    scope,
    (read, page) => read.resources.list({ ...matching, orderBy: 'created', direction: 'asc', page }),
    ({ createdAt, id }) => ({ at: createdAt, id }),
  )
  for await (const resources of pages) {
    for (const resource of resources) yield { kind: 'resource', data: resource }
    yield* commentsOn(scope, { ...ofType, ids: resources.map(({ id }) => id) })
  }
}

async function* commentsOn(
  scope: OrganizationScope,
  { tenantId, type, ids }: { readonly tenantId: string; readonly type: string; readonly ids: readonly string[] },
): Things {
  const about = { tenantId, resourceType: type, resourceIds: ids }
  const comments = readRows<CommentOfAuthor, CommentPlace>(
    scope,
    (read, page) => read.comments.listOnMany({ ...about, ...page }),
    ({ resourceId, createdAt, id }) => ({ resourceId, at: createdAt, id }),
  )
  for await (const comment of comments) yield { kind: 'comment', data: comment }
}

async function* eventsOf(scope: OrganizationScope, chain: EventScope): Things {
  const end = await askAsAdmin(scope, (read) => read.events.head(chain))
  const events = readRows(
    scope,
    (read, { limit, after }: { limit: number; after: number | undefined }) =>
      read.events.list({ scope: chain, order: 'oldest', limit, after }),
    ({ seq }) => seq,
  )
  for await (const event of events) {
    if (event.seq > (end?.seq ?? 0)) return
    yield { kind: 'event', data: event }
  }
}
