import type { Organization } from '../model/organization.js'

export interface OrganizationReads {
  /** MUST answer the organization, `null` when there is none [organization-find]. */
  find(id: string): Promise<Organization | null>
}

export interface OrganizationRepository extends OrganizationReads {
  /**
   * - MUST keep every field as given [organization-insert].
   * - MUST refuse a second organization with the same id (`organization.id`) or the same `shortName`
   *   (`organization.short_name`), leaving the first as it was [organization-insert-twice].
   */
  insert(organization: Organization): Promise<void>
}
