import type { Dialect } from '../dialect.js'

const inside = (tenant: string, values: object = {}) => ({ workspace_id: tenant, ...values })

// prettier-ignore
export const openapiDialect: Dialect = {
  name: 'openapi',
  acts: {
    readTenant:   ({ tenant }) => ({ operation: 'openapiGetWorkspacesWorkspaceId', values: inside(tenant) }),
    listMembers:  ({ tenant }) => ({ operation: 'openapiGetWorkspacesWorkspaceIdMembers', values: inside(tenant) }),
    invite:       ({ tenant, email, role }) => ({ operation: 'openapiPostWorkspacesWorkspaceIdMembers', values: inside(tenant), body: { email, role } }),
    setRole:      ({ tenant, user, role }) => ({ operation: 'openapiPatchWorkspacesWorkspaceIdMembersMemberId', values: inside(tenant, { member_id: user }), body: { role } }),
    removeMember: ({ tenant, user }) => ({ operation: 'openapiDeleteWorkspacesWorkspaceIdMembersMemberId', values: inside(tenant, { member_id: user }) }),
  },
}
