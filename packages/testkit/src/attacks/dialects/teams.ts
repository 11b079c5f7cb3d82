import type { Dialect } from '../dialect.js'

const inside = (tenant: string, user?: string) => ({
  tenant_id: tenant,
  ...(user === undefined ? {} : { user_id: user }),
})

// prettier-ignore
export const teamsDialect: Dialect = {
  name: 'teams',
  acts: {
    createTenant:   ({ name }) => ({ operation: 'teamsPostTenantCreate', body: { name } }),
    renameTenant:   ({ tenant, name }) => ({ operation: 'teamsPutTenantTenantId', values: inside(tenant), body: { name } }),
    addMember:      ({ tenant, email, role }) => ({ operation: 'teamsPostTenantTenantIdUsersAdd', values: inside(tenant), body: { users: [{ email, role: role === 'member' ? 'normal' : role }] } }),
    setRole({ tenant, user, role }) {
      // Two routes without a body; any other role can only be sent where it does not belong.
      const change = role === 'member' ? 'Demote' : 'Promote'
      const body = role === 'member' || role === 'admin' ? {} : { body: { role } }
      return { operation: `teamsPostTenantTenantIdAdminUserId${change}`, values: inside(tenant, user), ...body }
    },
    acceptMine:      ({ tenant }) => ({ operation: 'teamsPutTenantUpdateRequestTenantId', values: inside(tenant), body: { accept: true, role: 'admin' } }),
    setPermissions: ({ tenant, user, permissions }) => ({ operation: 'teamsPutTenantTenantIdUsersUserIdPermissions', values: inside(tenant, user), body: { permissions } }),
    readPermissions: ({ tenant, user }) => ({ operation: 'teamsGetTenantTenantIdUsersUserIdPermissions', values: inside(tenant, user) }),
    removeMember:   ({ tenant, user }) => ({ operation: 'teamsPostTenantTenantIdUserRemove', values: inside(tenant), body: { user_id: user } }),
    signIn:         ({ email, password }) => ({ operation: 'teamsPostUserLogin', body: { email, password } }),
    signUp:         ({ email, password }) => ({ operation: 'teamsPostUserRegister', body: { nickname: 'Mallory', email, password } }),
    createAccount:  ({ email, password }) => ({ operation: 'teamsPostUserCreate', body: { nickname: 'Mallory', email, password } }),
    updateAccount:  ({ email, more }) => ({ operation: 'teamsPutUserUpdate', body: { email, ...more } }),
    deleteAccount:  ({ email, more }) => ({ operation: 'teamsDeleteUserDelete', body: { email, ...more } }),
    createResource: ({ tenant, name, visible }) => ({ operation: 'teamsPostCanvasSet', body: { title: name, ...sharedWith(visible ? tenant : null) } }),
    readResource:   ({ id }) => ({ operation: 'teamsGetCanvasGetCanvasId', values: { canvas_id: id } }),
    shareResource:  ({ id, with: tenant }) => ({ operation: 'teamsPostCanvasSetting', body: { id, ...sharedWith(tenant) } }),
    deleteResource: ({ id }) => ({ operation: 'teamsPostCanvasRm', body: { canvas_ids: [id] } }),
  },
}

function sharedWith(tenant: string | null): object {
  return tenant === null ? { permission: 'me' } : { permission: 'team', shared_tenant_id: tenant }
}
