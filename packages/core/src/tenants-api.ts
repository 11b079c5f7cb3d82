import { bindScope } from './bind-scope.js'
import { bindSettings } from './bind-settings.js'
import { acceptSlug } from './accept-slug.js'
import type { TenantsClient } from './clients/tenants-client.js'
import type { Scope } from './services/pipeline/command.js'
import { readImage } from './services/use-cases/files/read-image.js'
import { requestToJoin } from './services/use-cases/join-requests/request-to-join.js'
import { withdrawJoinRequest } from './services/use-cases/join-requests/withdraw-join-request.js'
import { transferOwnership } from './services/use-cases/ownership/transfer-ownership.js'
import { createTenant } from './services/use-cases/tenants/create-tenant.js'
import { currentTenant } from './services/use-cases/tenants/current-tenant.js'
import { findTenant } from './services/use-cases/tenants/find-tenant.js'
import { joinTenant } from './services/use-cases/tenants/join-tenant.js'
import { listAllTenants } from './services/use-cases/tenants/list-all-tenants.js'
import { listMyTenants } from './services/use-cases/tenants/list-my-tenants.js'
import { previewTenant } from './services/use-cases/tenants/preview-tenant.js'
import { reactivateTenant } from './services/use-cases/tenants/reactivate-tenant.js'
import { setPlan } from './services/use-cases/tenants/set-plan.js'
import { suspendTenant } from './services/use-cases/tenants/suspend-tenant.js'
import { switchTenant } from './services/use-cases/tenants/switch-tenant.js'

/** What one actor may ask for about tenants, outside of them. */
export function callsOnTenants<Values>(scope: Scope): TenantsClient<Values> {
  const withSettings = bindSettings<Values, Scope>(scope)
  return {
    create: withSettings(createTenant),
    list: withSettings(listMyTenants),
    listAll: withSettings(listAllTenants),
    find: withSettings(findTenant),
    setPlan: withSettings(acceptSlug(setPlan)),
    suspend: withSettings(acceptSlug(suspendTenant)),
    reactivate: withSettings(acceptSlug(reactivateTenant)),
    transferOwnership: withSettings(acceptSlug(transferOwnership)),
    current: withSettings(currentTenant),
    switch: withSettings(acceptSlug(switchTenant)),
    preview: bindScope(scope, acceptSlug(previewTenant)),
    join: withSettings(acceptSlug(joinTenant)),
    requestToJoin: bindScope(scope, acceptSlug(requestToJoin)),
    withdrawJoinRequest: bindScope(scope, acceptSlug(withdrawJoinRequest)),
    readImage: bindScope(scope, acceptSlug(readImage)),
  }
}
