import type { ListedOrganizationMember, Organization, OrganizationMember } from '../model/organization.js'
import type { Page } from '../model/page.js'
import type { Settings, Tenant } from '../model/tenant.js'
import type { ExportRecord } from '../services/steps/organizations/export-record.js'
import type { addOrganizationMember } from '../services/use-cases/organizations/add-organization-member.js'
import type { createOrganization } from '../services/use-cases/organizations/create-organization.js'
import type { organizationStatistics } from '../services/use-cases/organizations/organization-statistics.js'
import type { updateOrganizationMember } from '../services/use-cases/organizations/update-organization-member.js'
import type { OrganizationOfUser } from '../storage/organization-member-port.js'
import type { InputOf } from './input-of.js'
import type { MemberReference, PageOptions, TenantIdReference } from './references.js'
import type { CreateTenantInput } from './tenants-client.js'

export interface CreateOrganizationInput extends InputOf<typeof createOrganization> {}
export interface AddOrganizationMemberInput extends InputOf<typeof addOrganizationMember> {}
export interface UpdateOrganizationMemberInput extends InputOf<typeof updateOrganizationMember> {}

/** The number of tenants, active people and resources of an organization, and the size of the resources. */
export interface OrganizationStatistics extends Awaited<ReturnType<typeof organizationStatistics>> {}

/** Organizations, from outside them. */
export interface OrganizationsClient {
  /**
   * Creates an organization with its first admin. For operators, or for all users if `organizationCreation` allows it.
   *
   * @throws {TenancyError} `short_name_taken`; `user_not_found`; `forbidden`.
   */
  create(input: CreateOrganizationInput): Promise<Organization>
  /** Lists the organizations in which the caller is an active member, with their memberships. */
  list(): Promise<readonly OrganizationOfUser[]>
}

/** The tenants of one organization. For its admins; `forbidden` for its other members. */
export interface OrganizationTenantsClient<Values = Settings> {
  /** Lists the tenants of the organization that are not deleted, oldest first. */
  list(input?: PageOptions): Promise<Page<Tenant<Values>>>
  /**
   * Creates a tenant in the organization. The caller owns it, unless an operator names another owner.
   *
   * @throws {TenancyError} `slug_taken`; `tenant_limit_exceeded`; `setting_rejected`; `user_not_found`.
   */
  create(input: CreateTenantInput<Values>): Promise<Tenant<Values>>
  /**
   * Archives a tenant of the organization, until its owner restores it.
   *
   * @throws {TenancyError} `tenant_not_found`; `tenant_not_active`.
   */
  archive(input: TenantIdReference): Promise<Tenant<Values>>
  /**
   * Deletes a tenant of the organization. Its owner can restore it during the retention period.
   *
   * @throws {TenancyError} `tenant_not_found`.
   */
  delete(input: TenantIdReference): Promise<Tenant<Values>>
}

/** The members of one organization. Its admins change them; `forbidden` for its other members. */
export interface OrganizationMembersClient {
  /** Lists the members of the organization, active or not, oldest first. */
  list(input?: PageOptions): Promise<Page<ListedOrganizationMember>>
  /**
   * Adds a member: somebody who belongs to one of its tenants, or anybody for operators.
   *
   * @throws {TenancyError} `member_not_found`; `already_member`.
   */
  add(input: AddOrganizationMemberInput): Promise<OrganizationMember>
  /**
   * Changes whether a member is active, and an admin.
   *
   * @throws {TenancyError} `member_not_found`; `last_admin` if no active admin would remain.
   */
  update(input: UpdateOrganizationMemberInput): Promise<OrganizationMember>
  /**
   * Adds a member, or changes one.
   *
   * @throws {TenancyError} `member_not_found`; `last_admin` if no active admin would remain.
   */
  set(input: UpdateOrganizationMemberInput): Promise<OrganizationMember>
  /**
   * Removes a member, or the caller. Their memberships of its tenants remain.
   *
   * @throws {TenancyError} `member_not_found`; `last_admin` if no active admin would remain.
   */
  remove(input: MemberReference): Promise<OrganizationMember>
}

/**
 * The calls in one organization. `as(actor).organization(organizationId)` returns it. For anyone who is not an active
 * member, every call is `organization_not_found`.
 */
export interface OrganizationClient<Values = Settings> {
  /** The ID of the organization. */
  readonly organizationId: string
  /** Returns the organization. */
  get(): Promise<Organization>
  /**
   * Exports everything in the organization, record by record as it is consumed. An export without a manifest at its end
   * is incomplete. For admins.
   */
  export(): AsyncGenerator<ExportRecord, void, undefined>
  /** Counts tenants, active people and resources, and sums the bytes. For admins. */
  statistics(): Promise<OrganizationStatistics>
  /** The tenants of the organization. */
  readonly tenants: OrganizationTenantsClient<Values>
  /** The members of the organization. */
  readonly members: OrganizationMembersClient
}
