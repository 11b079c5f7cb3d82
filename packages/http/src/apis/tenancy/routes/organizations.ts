import { z } from 'zod'
import { WireId, wireLine } from '../../../handler/fields.js'
import { Reply } from '../../../handler/route.js'
import { pageOf, toPageReply } from '../pages.js'
import { present } from '../responses.js'
import { created, CREATED_HEADERS, pathOf, row } from '../row.js'
import { Totals } from '../resource-schemas.js'
import { MyOrganization, Organization } from '../schemas.js'

const tag = 'Organizations'
const EXPORT_TYPE = 'application/x-ndjson'

export const OrganizationParams = z.strictObject({ organizationId: WireId.describe('The ID of an organization') })

const listOrganizations = row({
  method: 'GET',
  path: '/organizations',
  operationId: 'listOrganizations',
  summary: 'List the organizations that the caller is an active member of',
  tag,
  response: pageOf(MyOrganization),
  run: async ({ as }) =>
    toPageReply({}, { items: await as.organizations.list() }, (organization) => present(MyOrganization, organization)),
})

const createOrganization = row({
  method: 'POST',
  path: '/organizations',
  operationId: 'createOrganization',
  summary: 'Create an organization with its first admin',
  tag,
  status: 201,
  body: z.strictObject({
    shortName: z.string().max(63).describe('The name in URLs, unique among organizations'),
    displayName: wireLine(100).optional(),
    adminId: WireId.optional().describe('Default: the caller'),
  }),
  example: { shortName: 'initech', displayName: 'Initech' },
  response: Organization,
  responseHeaders: CREATED_HEADERS,
  async run(call) {
    const organization = await call.as.organizations.create(call.body)
    return created(call, pathOf('organizations', organization.id), present(Organization, organization))
  },
})

const getOrganization = row({
  method: 'GET',
  path: '/organizations/{organizationId}',
  operationId: 'getOrganization',
  summary: 'Get an organization',
  tag,
  params: OrganizationParams,
  response: Organization,
  run: async ({ as, params }) => present(Organization, await as.organization(params.organizationId).get()),
})

const getStatistics = row({
  method: 'GET',
  path: '/organizations/{organizationId}/statistics',
  operationId: 'getOrganizationStatistics',
  summary: 'Count an organization’s tenants, active members and resources by type',
  tag,
  params: OrganizationParams,
  response: z.object({ tenants: z.int(), activeMembers: z.int(), resources: Totals }),
  run: ({ as, params }) => as.organization(params.organizationId).statistics(),
})

const exportOrganization = row({
  method: 'GET',
  path: '/organizations/{organizationId}/export',
  operationId: 'exportOrganization',
  summary:
    'Export everything that an organization holds, one JSON record a line, with times in milliseconds as the hashes cover them. The last is a manifest; an export without it is incomplete',
  tag,
  params: OrganizationParams,
  response: [EXPORT_TYPE],
  run: async ({ as, params }) =>
    new Reply(linesOf(as.organization(params.organizationId).export()), {
      headers: {
        'Content-Type': EXPORT_TYPE,
        'Content-Disposition': 'attachment; filename="organization.ndjson"',
      },
    }),
})

/** The export, in the form that its manifest counts and hashes. */
async function* linesOf(records: AsyncIterable<object>): AsyncGenerator<string, void, undefined> {
  for await (const record of records) yield `${JSON.stringify(record)}\n`
}

export const organizationRoutes = [
  listOrganizations,
  createOrganization,
  getOrganization,
  getStatistics,
  exportOrganization,
]
