import type { OrganizationReads, OrganizationRepository } from '../organization-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'

export function organizationReads({ organizations }: Tables): OrganizationReads {
  return { find: async (id) => organizations.get(everywhere, id) ?? null }
}

export function organizationRepository(draft: Draft): OrganizationRepository {
  const { organizations, organizationByShortName } = draft.tables
  return {
    ...organizationReads(draft.tables),
    async insert(organization) {
      const { id, shortName } = organization
      if (organizations.get(everywhere, id)) draft.refuse('organization.id')
      if (organizationByShortName.get(everywhere, shortName)) draft.refuse('organization.short_name')
      organizations.set(everywhere, id, keep(organization))
      organizationByShortName.set(everywhere, shortName, id)
    },
  }
}
