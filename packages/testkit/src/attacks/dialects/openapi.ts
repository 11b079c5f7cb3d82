import type { Dialect } from '../dialect.js'

const PROGRAM = 'attacker-cli'
const inside = (tenant: string, values: object = {}) => ({ workspace_id: tenant, ...values })

// prettier-ignore
export const openapiDialect: Dialect = {
  name: 'openapi',
  acts: {
    readTenant:   ({ tenant }) => ({ operation: 'openapiGetWorkspacesWorkspaceId', values: inside(tenant) }),
    listMembers:  ({ tenant }) => ({ operation: 'openapiGetWorkspacesWorkspaceIdMembers', values: inside(tenant) }),
    invite:       ({ tenant, email, role }) => ({ operation: 'openapiPostWorkspacesWorkspaceIdMembers', values: inside(tenant), body: { email, role } }),
    setRole:      ({ tenant, user, role }) => ({ operation: 'openapiPatchWorkspacesWorkspaceIdMembersMemberId', values: inside(tenant, { member_id: user }), body: { role } }),
    signIn:       ({ email, password }) => ({ operation: 'openapiPostOauthDeviceSignIn', body: { email, password } }),
    startDevice:  ({ name }) => ({ operation: 'openapiPostOauthDeviceCode', body: { client_id: PROGRAM, device_label: name } }),
    approveDevice: ({ code, more }) => ({ operation: 'openapiPostOauthDeviceApprove', body: { user_code: code, ...more } }),
    exchangeDevice: ({ code }) => ({ operation: 'openapiPostOauthDeviceToken', body: { client_id: PROGRAM, device_code: code } }),
    removeMember: ({ tenant, user }) => ({ operation: 'openapiDeleteWorkspacesWorkspaceIdMembersMemberId', values: inside(tenant, { member_id: user }) }),
  },
}
