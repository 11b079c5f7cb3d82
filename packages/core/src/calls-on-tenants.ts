import { bindScope } from './bind-scope.js'
import { bindSettings } from './bind-settings.js'
import type { Scope } from './services/command.js'
import { readImage } from './services/files/read-image.js'
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
export function callsOnTenants<Values>(scope: Scope) {
  const withSettings = bindSettings<Values, Scope>(scope)
  return {
    create: withSettings(createTenant),
    list: withSettings(listMyTenants),
    listAll: withSettings(listAllTenants),
    find: withSettings(findTenant),
    setPlan: withSettings(setPlan),
    suspend: withSettings(suspendTenant),
    reactivate: withSettings(reactivateTenant),
    transferOwnership: withSettings(transferOwnership),
    current: withSettings(currentTenant),
    switch: withSettings(switchTenant),
    preview: bindScope(scope, previewTenant),
    join: withSettings(joinTenant),
    requestToJoin: bindScope(scope, requestToJoin),
    withdrawJoinRequest: bindScope(scope, withdrawJoinRequest),
    readImage: bindScope(scope, readImage),
  }
}
