import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { SAMPLE } from '../../../handler/sample.js'
import { PAGE_HEADERS, pageOf, pageQuery, toPageReply } from '../pages.js'
import { present } from '../responses.js'
import { created, CREATED_HEADERS, pathOf, row } from '../row.js'
import { ListedOrganizationMember, OrganizationMember } from '../schemas.js'
import { OrganizationParams } from './organizations.js'

const tag = 'Organizations'
const path = '/organizations/{organizationId}/members'
const OneMember = OrganizationParams.extend({ userId: WireId.describe('The ID of a user') })
const place = { active: z.boolean().optional(), admin: z.boolean().optional() }

const listMembers = row({
  method: 'GET',
  path,
  operationId: 'listOrganizationMembers',
  summary: 'List an organization’s members, active or not, oldest first',
  tag,
  params: OrganizationParams,
  query: z.strictObject(pageQuery),
  response: pageOf(ListedOrganizationMember),
  responseHeaders: PAGE_HEADERS,
  run: async ({ as, params, query }) =>
    toPageReply(query, await as.organization(params.organizationId).members.list(query), (member) =>
      present(ListedOrganizationMember, member),
    ),
})

const addMember = row({
  method: 'POST',
  path,
  operationId: 'addOrganizationMember',
  summary: 'Make a member of one of its tenants a member of an organization',
  tag,
  params: OrganizationParams,
  status: 201,
  body: z.strictObject({ userId: WireId, ...place }),
  example: { userId: SAMPLE.id },
  response: OrganizationMember,
  responseHeaders: CREATED_HEADERS,
  async run(call) {
    const { organizationId } = call.params
    const member = await call.as.organization(organizationId).members.add(call.body)
    const path = pathOf('organizations', organizationId, 'members', member.userId)
    return created(call, path, present(OrganizationMember, member))
  },
})

const setMember = row({
  method: 'PUT',
  path: `${path}/{userId}`,
  operationId: 'setOrganizationMember',
  summary: 'Make somebody a member of an organization, or change what a member is',
  tag,
  params: OneMember,
  body: z.strictObject(place),
  example: { admin: true },
  response: OrganizationMember,
  run: async ({ as, params: { organizationId, userId }, body }) =>
    present(OrganizationMember, await as.organization(organizationId).members.set({ userId, ...body })),
})

const updateMember = row({
  method: 'PATCH',
  path: `${path}/{userId}`,
  operationId: 'updateOrganizationMember',
  summary: 'Change whether a member of an organization is active and an admin; the last active admin stays both',
  tag,
  params: OneMember,
  body: z
    .strictObject(place)
    .refine(({ active, admin }) => active !== undefined || admin !== undefined, 'names nothing to change'),
  example: { admin: true },
  response: OrganizationMember,
  run: async ({ as, params: { organizationId, userId }, body }) =>
    present(OrganizationMember, await as.organization(organizationId).members.update({ userId, ...body })),
})

const removeMember = row({
  method: 'DELETE',
  path: `${path}/{userId}`,
  operationId: 'removeOrganizationMember',
  summary: 'End a membership of an organization; those of its tenants stay',
  tag,
  params: OneMember,
  status: 204,
  response: z.undefined(),
  run: async ({ as, params: { organizationId, userId } }) =>
    void (await as.organization(organizationId).members.remove({ userId })),
})

export const organizationMemberRoutes = [listMembers, addMember, setMember, updateMember, removeMember]
