import type { Dialect } from '../dialect.js'

const inside = (tenant: string) => ({ tenantId: tenant })
/** A flag says one role only; what is no role of the two is sent as it is. */
const isAdmin = (role: unknown) => (role === 'admin' ? true : role === 'member' || role === 'viewer' ? false : role)

// prettier-ignore
export const tenantDialect: Dialect = {
  name: 'tenant',
  acts: {
    readTenant:   ({ tenant }) => ({ operation: 'tenantGetTenantTenantId', values: inside(tenant) }),
    renameTenant: ({ tenant, name }) => ({ operation: 'tenantPutTenantTenantId', values: inside(tenant), body: { displayName: name } }),
    listMembers:  ({ tenant }) => ({ operation: 'tenantGetTenantTenantIdUsers', values: inside(tenant) }),
    addMember:    ({ tenant, email, role }) => ({ operation: 'tenantPostTenantTenantIdUsers', values: inside(tenant), body: { email, isAdminInTenant: isAdmin(role) } }),
    setRole:      ({ tenant, user, role }) => ({ operation: 'tenantPutTenantTenantIdUsers', values: inside(tenant), body: { userId: user, tenantId: tenant, isAdminInTenant: isAdmin(role) } }),
    deactivate:   ({ tenant, user }) => ({ operation: 'tenantPutTenantTenantIdUsers', values: inside(tenant), body: { userId: user, tenantId: tenant, isActiveInTenant: false } }),
    removeMember: ({ tenant, user }) => ({ operation: 'tenantDeleteTenantTenantIdUsers', values: inside(tenant), body: { userId: user, tenantId: tenant } }),
  },
}
