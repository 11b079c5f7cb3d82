import type { Dialect } from '../dialect.js'

const inside = (tenant: string, values: object = {}) => ({ workspace_id: tenant, ...values })
const visibility = (isVisible: boolean) => ({ visibility: isVisible ? 'workspace' : 'private' })

// prettier-ignore
export const workspacesDialect: Dialect = {
  name: 'workspaces',
  acts: {
    createTenant:   ({ name }) => ({ operation: 'workspacesPostWorkspaces', body: { name } }),
    readTenant:     ({ tenant }) => ({ operation: 'workspacesGetWorkspacesWorkspaceId', values: inside(tenant) }),
    renameTenant:   ({ tenant, name }) => ({ operation: 'workspacesPutWorkspacesWorkspaceId', values: inside(tenant), body: { name } }),
    endTenant:      ({ tenant }) => ({ operation: 'workspacesDeleteWorkspacesWorkspaceId', values: inside(tenant) }),
    listMembers:    ({ tenant }) => ({ operation: 'workspacesGetWorkspacesWorkspaceIdMembers', values: inside(tenant) }),
    openTenant:     ({ tenant }) => ({ operation: 'workspacesPutWorkspacesWorkspaceId', values: inside(tenant), body: { join_policy: 'open' } }),
    join:           ({ tenant }) => ({ operation: 'workspacesPostWorkspacesWorkspaceIdJoin', values: inside(tenant) }),
    leave:          ({ tenant }) => ({ operation: 'workspacesPostWorkspacesWorkspaceIdLeave', values: inside(tenant) }),
    createResource: ({ tenant, name, visible }) => ({ operation: 'workspacesPostWorkspacesWorkspaceIdProtocols', values: inside(tenant), body: { title: name, ...visibility(visible) } }),
    readResource:   ({ tenant, id }) => ({ operation: 'workspacesGetWorkspacesWorkspaceIdProtocolsProtocolId', values: inside(tenant, { protocol_id: id }) }),
    shareResource:  ({ tenant, id, with: other }) => ({ operation: 'workspacesPutWorkspacesWorkspaceIdProtocolsProtocolId', values: inside(tenant, { protocol_id: id }), body: visibility(other !== null) }),
    deleteResource: ({ tenant, id }) => ({ operation: 'workspacesDeleteWorkspacesWorkspaceIdProtocolsProtocolId', values: inside(tenant, { protocol_id: id }) }),
    commentOnResource: ({ tenant, id, text }) => ({ operation: 'workspacesPostWorkspacesWorkspaceIdProtocolsProtocolIdComments', values: inside(tenant, { protocol_id: id }), body: { text } }),
  },
}
