import { bindScope } from './bind-scope.js'
import { bindSettings } from './bind-settings.js'
import type { OrganizationClient } from './clients/organization-client.js'
import type { Settings } from './model/tenant.js'
import { addOrganizationMember } from './services/use-cases/organizations/add-organization-member.js'
import { archiveOrganizationTenant } from './services/use-cases/organizations/archive-organization-tenant.js'
import { createOrganizationTenant } from './services/use-cases/organizations/create-organization-tenant.js'
import { deleteOrganizationTenant } from './services/use-cases/organizations/delete-organization-tenant.js'
import { exportOrganization } from './services/use-cases/organizations/export-organization.js'
import { getOrganization } from './services/use-cases/organizations/get-organization.js'
import { listOrganizationMembers } from './services/use-cases/organizations/list-organization-members.js'
import { listOrganizationTenants } from './services/use-cases/organizations/list-organization-tenants.js'
import type { OrganizationScope } from './services/pipeline/organization-access.js'
import { organizationStatistics } from './services/use-cases/organizations/organization-statistics.js'
import { removeOrganizationMember } from './services/use-cases/organizations/remove-organization-member.js'
import { setOrganizationMember } from './services/use-cases/organizations/set-organization-member.js'
import { updateOrganizationMember } from './services/use-cases/organizations/update-organization-member.js'

/** Everything one actor may ask of one organization. */
export function organizationApi<Values = Settings>(scope: OrganizationScope): OrganizationClient<Values> {
  const withSettings = bindSettings<Values, OrganizationScope>(scope)
  if (typeof scope.organizationId !== 'string' || scope.organizationId === '') {
    throw new TypeError('inOrganization(organizationId) needs the id of an organization')
  }
  return Object.freeze({
    organizationId: scope.organizationId,
    get: bindScope(scope, getOrganization),
    export: () => exportOrganization(scope),
    statistics: bindScope(scope, organizationStatistics),
    get tenants() {
      return {
        list: withSettings(listOrganizationTenants),
        create: withSettings(createOrganizationTenant),
        archive: withSettings(archiveOrganizationTenant),
        delete: withSettings(deleteOrganizationTenant),
      }
    },
    get members() {
      return {
        list: bindScope(scope, listOrganizationMembers),
        add: bindScope(scope, addOrganizationMember),
        update: bindScope(scope, updateOrganizationMember),
        set: bindScope(scope, setOrganizationMember),
        remove: bindScope(scope, removeOrganizationMember),
      }
    },
  })
}
