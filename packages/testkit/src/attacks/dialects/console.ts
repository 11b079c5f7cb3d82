import type { Dialect } from '../dialect.js'

const inside = (tenant: string, values: object = {}) => ({ 'x-workspace-id': tenant, ...values })
const ROLES: Readonly<Record<string, string>> = { member: 'normal', viewer: 'read_only' }
const wireRole = (role: unknown) => (typeof role === 'string' ? (ROLES[role] ?? role) : role)
const clerk = { name: 'Attacker’s role', rank: 15 }

// prettier-ignore
export const consoleDialect: Dialect = {
  name: 'console',
  acts: {
    createTenant:     ({ name }) => ({ operation: 'consolePostWorkspaces', body: { name } }),
    readTenant:       ({ tenant }) => ({ operation: 'consoleGetWorkspacesCurrent', values: inside(tenant) }),
    renameTenant:     ({ tenant, name }) => ({ operation: 'consolePostWorkspacesInfo', values: inside(tenant), body: { name } }),
    endTenant:        ({ tenant }) => ({ operation: 'consolePostWorkspacesArchive', values: inside(tenant) }),
    listMembers:      ({ tenant }) => ({ operation: 'consoleGetWorkspacesCurrentMembers', values: inside(tenant) }),
    setRole:          ({ tenant, user, role }) => ({ operation: 'consolePutWorkspacesCurrentMembersMemberIdUpdateRole', values: inside(tenant, { member_id: user }), body: { role: wireRole(role) } }),
    removeMember:     ({ tenant, user }) => ({ operation: 'consoleDeleteWorkspacesCurrentMembersMemberId', values: inside(tenant, { member_id: user }) }),
    leave:            ({ tenant }) => ({ operation: 'consolePostWorkspacesCurrentLeave', values: inside(tenant) }),
    invite:           ({ tenant, email, role }) => ({ operation: 'consolePostWorkspacesCurrentMembersInviteEmail', values: inside(tenant), body: { emails: [email], role: wireRole(role) } }),
    listInvitations:  ({ tenant }) => ({ operation: 'consoleGetWorkspacesCurrentInvitations', values: inside(tenant) }),
    resendInvitation: ({ tenant, invitation }) => ({ operation: 'consolePostWorkspacesCurrentInvitationsInvitationIdResend', values: inside(tenant, { invitation_id: invitation }) }),
    revokeInvitation: ({ tenant, invitation }) => ({ operation: 'consoleDeleteWorkspacesCurrentInvitationsInvitationId', values: inside(tenant, { invitation_id: invitation }) }),
    checkInvitation:  ({ token }) => ({ operation: 'consoleGetActivateCheck', values: { token } }),
    accept:           ({ token, more }) => ({ operation: 'consolePostActivate', body: { token, ...more } }),
    decline:          ({ token }) => ({ operation: 'consolePostInvitationsDecline', body: { token } }),
    signIn:           ({ email, password }) => ({ operation: 'consolePostLogin', body: { email, password } }),
    createRole:       ({ tenant, key, permissions }) => ({ operation: 'consolePostWorkspacesCurrentRoles', values: inside(tenant), body: { key, ...clerk, permissions } }),
    updateRole:       ({ tenant, key, permissions }) => ({ operation: 'consolePutWorkspacesCurrentRolesRoleKey', values: inside(tenant, { role_key: key }), body: { ...clerk, permissions } }),
    deleteRole:       ({ tenant, key }) => ({ operation: 'consoleDeleteWorkspacesCurrentRolesRoleKey', values: inside(tenant, { role_key: key }) }),
    startTransfer:    ({ tenant }) => ({ operation: 'consolePostWorkspacesCurrentMembersSendOwnerTransferConfirmEmail', values: inside(tenant), body: {} }),
    verifyTransfer:   ({ tenant, token, code }) => ({ operation: 'consolePostWorkspacesCurrentMembersOwnerTransferCheck', values: inside(tenant), body: { token, code } }),
    completeTransfer: ({ tenant, user, token }) => ({ operation: 'consolePostWorkspacesCurrentMembersMemberIdOwnerTransfer', values: inside(tenant, { member_id: user }), body: { token } }),
  },
}
