import type { Dialect } from '../dialect.js'

const PROGRAM = 'attacker-cli'
const TYPE = 'protocol'
const inside = (tenant: string, values: object = {}) => ({ tenant, ...values })
const ofType = (tenant: string, id?: string) =>
  inside(tenant, { type: TYPE, ...(id !== undefined && { resourceId: id }) })
const clerk = { name: 'Attacker’s role', rank: 5 }

/** Permissions by resource and verb, under their names; what is none of that is sent as it is. */
function named(permissions: unknown): unknown {
  if (typeof permissions !== 'object' || permissions === null || Array.isArray(permissions)) return permissions
  const verbs = Object.entries(permissions).flatMap(([resource, row]: [string, unknown]): [string, unknown][] =>
    typeof row === 'object' && row !== null && !Array.isArray(row)
      ? Object.entries(row).map(([verb, value]) => [`${resource}:${verb}`, value])
      : [[resource, row]],
  )
  return Object.fromEntries(verbs)
}

/** The password that somebody shows as their own. */
function shown(more: object = {}): object {
  const { password, current_password: own, ...others } = Object.fromEntries(Object.entries(more))
  const currentPassword: unknown = own ?? password
  return { ...others, ...(currentPassword !== undefined && { currentPassword }) }
}

function changed(more: object): object {
  const { current_password: currentPassword, new_email: email, ...others } = Object.fromEntries(Object.entries(more))
  return { ...others, ...(email !== undefined && { email }), ...(currentPassword !== undefined && { currentPassword }) }
}

// prettier-ignore
export const tenancyDialect: Dialect = {
  name: 'tenancy',
  acts: {
    createTenant:      ({ name }) => ({ operation: 'createTenant', body: { name } }),
    readTenant:        ({ tenant }) => ({ operation: 'getTenant', values: inside(tenant) }),
    renameTenant:      ({ tenant, name }) => ({ operation: 'updateTenant', values: inside(tenant), body: { name } }),
    endTenant:         ({ tenant }) => ({ operation: 'archiveTenant', values: inside(tenant) }),
    listMembers:       ({ tenant }) => ({ operation: 'listMembers', values: inside(tenant) }),
    addMember:         ({ tenant, email, role }) => ({ operation: 'addMember', values: inside(tenant), body: { email, role } }),
    setRole:           ({ tenant, user, role }) => ({ operation: 'setRoles', values: inside(tenant, { userId: user }), body: { roles: [role] } }),
    setPermissions:    ({ tenant, user, permissions }) => ({ operation: 'setOverrides', values: inside(tenant, { userId: user }), body: { overrides: named(permissions) } }),
    readPermissions:   ({ tenant, user }) => ({ operation: 'getOverrides', values: inside(tenant, { userId: user }) }),
    deactivate:        ({ tenant, user }) => ({ operation: 'deactivateMember', values: inside(tenant, { userId: user }) }),
    removeMember:      ({ tenant, user }) => ({ operation: 'removeMember', values: inside(tenant, { userId: user }) }),
    leave:             ({ tenant }) => ({ operation: 'leaveTenant', values: inside(tenant) }),
    openTenant:        ({ tenant }) => ({ operation: 'updateTenant', values: inside(tenant), body: { joinPolicy: 'open' } }),
    join:              ({ tenant }) => ({ operation: 'joinTenant', values: inside(tenant) }),
    invite:            ({ tenant, email, role }) => ({ operation: 'inviteMember', values: inside(tenant), body: { email, role } }),
    listInvitations:   ({ tenant }) => ({ operation: 'listInvitations', values: inside(tenant) }),
    resendInvitation:  ({ tenant, invitation }) => ({ operation: 'resendInvitation', values: inside(tenant, { invitationId: invitation }) }),
    revokeInvitation:  ({ tenant, invitation }) => ({ operation: 'revokeInvitation', values: inside(tenant, { invitationId: invitation }) }),
    checkInvitation:   ({ token }) => ({ operation: 'previewInvitation', body: { token } }),
    accept:            ({ token, more }) => ({ operation: more && 'name' in more ? 'signUpByInvitation' : 'acceptInvitation', body: { token, ...more } }),
    acceptMine:        ({ tenant }) => ({ operation: 'acceptMyInvitation', values: { tenantId: tenant }, body: { role: 'admin' } }),
    decline:           ({ token }) => ({ operation: 'declineInvitation', body: { token } }),
    createRole:        ({ tenant, key, permissions }) => ({ operation: 'createRole', values: inside(tenant), body: { key, ...clerk, permissions } }),
    updateRole:        ({ tenant, key, permissions }) => ({ operation: 'updateRole', values: inside(tenant, { role: key }), body: { ...clerk, permissions } }),
    deleteRole:        ({ tenant, key }) => ({ operation: 'deleteRole', values: inside(tenant, { role: key }) }),
    startTransfer:     ({ tenant }) => ({ operation: 'startOwnershipTransfer', values: inside(tenant), body: {} }),
    verifyTransfer:    ({ tenant, token, code }) => ({ operation: 'verifyOwnershipTransfer', values: inside(tenant), body: { token, code } }),
    completeTransfer:  ({ tenant, user, token }) => ({ operation: 'completeOwnershipTransfer', values: inside(tenant), body: { userId: user, token } }),
    createResource:    ({ tenant, name, visible }) => ({ operation: 'createResource', values: ofType(tenant), body: { name, visibility: visible ? 'tenant' : 'private' } }),
    readResource:      ({ tenant, id }) => ({ operation: 'getResource', values: ofType(tenant, id) }),
    shareResource:     ({ tenant, id, with: other }) => (other === null
      ? { operation: 'unshareResource', values: ofType(tenant, id) }
      : { operation: 'shareResource', values: ofType(tenant, id), body: { targetTenantId: other } }),
    deleteResource:    ({ tenant, id }) => ({ operation: 'deleteResource', values: ofType(tenant, id) }),
    commentOnResource: ({ tenant, id, text }) => ({ operation: 'createComment', values: ofType(tenant, id), body: { text } }),
    signIn:            ({ email, password }) => ({ operation: 'signIn', body: { email, password } }),
    signUp:            ({ email, password }) => ({ operation: 'signUp', body: { email, password } }),
    createAccount:     ({ email, password }) => ({ operation: 'createUser', body: { email, password } }),
    updateAccount:     ({ more }) => ({ operation: 'updateMe', body: changed(more) }),
    deleteAccount:     ({ more }) => ({ operation: 'deleteMe', body: shown(more) }),
    startDevice:       ({ name }) => ({ operation: 'startDevice', body: { clientId: PROGRAM, deviceLabel: name } }),
    approveDevice:     ({ code, more }) => ({ operation: 'approveDevice', body: { userCode: code, ...shown(more) } }),
    exchangeDevice:    ({ code }) => ({ operation: 'exchangeDeviceCode', body: { clientId: PROGRAM, deviceCode: code } }),
  },
}
