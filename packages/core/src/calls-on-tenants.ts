import { bindScope } from './bind-scope.js'
import type { Scope } from './services/command.js'
import { readLogo } from './services/files/read-logo.js'
import { requestToJoin } from './services/join-requests/request-to-join.js'
import { withdrawJoinRequest } from './services/join-requests/withdraw-join-request.js'
import { transferOwnership } from './services/ownership/transfer-ownership.js'
import { createTenant } from './services/tenants/create-tenant.js'
import { currentTenant } from './services/tenants/current-tenant.js'
import { findTenant } from './services/tenants/find-tenant.js'
import { joinTenant } from './services/tenants/join-tenant.js'
import { listAllTenants } from './services/tenants/list-all-tenants.js'
import { listMyTenants } from './services/tenants/list-my-tenants.js'
import { previewTenant } from './services/tenants/preview-tenant.js'
import { reactivateTenant } from './services/tenants/reactivate-tenant.js'
import { setPlan } from './services/tenants/set-plan.js'
import { suspendTenant } from './services/tenants/suspend-tenant.js'
import { switchTenant } from './services/tenants/switch-tenant.js'

/** What one actor may ask for about tenants, outside of them. */
export function callsOnTenants(scope: Scope) {
  return {
    create: bindScope(scope, createTenant),
    list: bindScope(scope, listMyTenants),
    listAll: bindScope(scope, listAllTenants),
    find: bindScope(scope, findTenant),
    setPlan: bindScope(scope, setPlan),
    suspend: bindScope(scope, suspendTenant),
    reactivate: bindScope(scope, reactivateTenant),
    transferOwnership: bindScope(scope, transferOwnership),
    current: bindScope(scope, currentTenant),
    switch: bindScope(scope, switchTenant),
    preview: bindScope(scope, previewTenant),
    join: bindScope(scope, joinTenant),
    requestToJoin: bindScope(scope, requestToJoin),
    withdrawJoinRequest: bindScope(scope, withdrawJoinRequest),
    readLogo: bindScope(scope, readLogo),
  }
}
