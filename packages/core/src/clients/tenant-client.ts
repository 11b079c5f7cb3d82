import type { Takes } from '../bind-settings.js'
import type { MemberMetadata, Membership } from '../model/membership.js'
import type { Organization } from '../model/organization.js'
import type { Settings, Tenant } from '../model/tenant.js'
import type { Access } from '../policy/access.js'
import type { uploadImage } from '../services/use-cases/files/upload-image.js'
import type { updateTenant } from '../services/use-cases/tenants/update-tenant.js'
import type { CommentsClient } from './comments-client.js'
import type { EventsClient } from './events-client.js'
import type { InputOf } from './input-of.js'
import type { InvitationsClient } from './invitations-client.js'
import type { JoinRequestsClient } from './join-requests-client.js'
import type { MembersClient } from './members-client.js'
import type { OwnershipClient } from './ownership-client.js'
import type { ResourcesClient } from './resources-client.js'
import type { RolesClient } from './roles-client.js'

export interface UpdateTenantInput<Values = Settings> extends Takes<InputOf<typeof updateTenant>, Values> {}
export interface UploadImageInput extends InputOf<typeof uploadImage> {}

/** An uploaded image: the ID for its setting, and its content type. */
export interface UploadedImage extends Awaited<ReturnType<typeof uploadImage>> {}

/** A tenant, with the membership of the caller; `null` for an operator. */
export interface TenantWithMembership<Values = Settings, Own extends Membership | null = Membership> {
  readonly tenant: Tenant<Values>
  readonly membership: Own
}

/**
 * The calls in one tenant. `as(actor).in({ slug })` returns it. For anyone who is not an active member, every call is
 * `tenant_not_found`; without the permission for it, a call is `forbidden`.
 */
export interface TenantCalls<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
  Own extends Membership | null = Membership,
> {
  /** Loads the caller's permissions in the tenant, for synchronous checks. */
  access(): Promise<Access<Permission>>
  /** Returns the tenant, with the caller's membership in it. */
  get(): Promise<TenantWithMembership<Values, Own>>
  /**
   * Changes the given fields. Settings are merged; `null` resets one to its default.
   *
   * @throws {TenancyError} `slug_taken`; `setting_rejected`; `personal_tenant` if it would no longer be closed.
   */
  update(input: UpdateTenantInput<Values>): Promise<Tenant<Values>>
  /** Archives the tenant: nobody can work in it or join it until it is restored. */
  archive(): Promise<Tenant<Values>>
  /**
   * Deletes the tenant. Its owner can restore it during the retention period.
   *
   * @throws {TenancyError} `personal_tenant`, which is deleted with its account.
   */
  delete(): Promise<Tenant<Values>>
  /**
   * Restores the tenant: an archived one, or, for its owner and operators, a deleted one.
   *
   * @throws {TenancyError} `tenant_limit_exceeded` for its owner.
   */
  restore(): Promise<Tenant<Values>>
  /**
   * Stores an SVG or PNG image of at most 10 MiB, to which a setting can then refer by its ID.
   *
   * @throws {TenancyError} `file_too_large`; `unsupported_file_type`; `invalid_input` for a setting without an image.
   */
  uploadImage(input: UploadImageInput): Promise<UploadedImage>
  /** Records that the caller is active in the tenant, at most once a minute. It appends no event. */
  recordActivity(): Promise<void>
  /**
   * Returns the organization of the tenant.
   *
   * @throws {TenancyError} `organization_not_found` if it has none.
   */
  organization(): Promise<Organization>
  /** The members of the tenant, their roles and permissions. */
  readonly members: MembersClient<Permission, Role, Metadata>
  /** The invitations of the tenant. */
  readonly invitations: InvitationsClient
  /** The requests to join the tenant. */
  readonly joinRequests: JoinRequestsClient<Role, Metadata>
  /** The roles of the tenant, its custom roles among them. */
  readonly roles: RolesClient<Permission>
  /** The resources of the tenant. */
  readonly resources: ResourcesClient
  /** The comments on resources of the tenant. */
  readonly comments: CommentsClient
  /** The transfer of the tenant to another owner. */
  readonly ownership: OwnershipClient<Values>
  /** The audit log of the tenant. */
  readonly events: EventsClient
}

/** The calls in one tenant that was entered by its ID. `as(actor).in(tenantId)` returns it. */
export interface TenantClient<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> extends TenantCalls<Permission, Role, Metadata, Values> {
  /** The ID of the tenant. */
  readonly tenantId: string
}

/** The calls of an operator in one tenant. `as(actor).in(tenantId, { reason })` returns it. */
export interface OperatorClient<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> extends TenantCalls<Permission, Role, Metadata, Values, null> {}
