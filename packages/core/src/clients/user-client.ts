import type { MemberMetadata } from '../model/membership.js'
import type { Settings } from '../model/tenant.js'
import type { Actor } from '../services/pipeline/actor.js'
import type { TenantSlug } from '../services/pipeline/resolve-tenant.js'
import type { AccessTokensClient } from './access-tokens-client.js'
import type { EmailsClient, EventDeliveryClient } from './deliveries-client.js'
import type { DevicesClient } from './devices-client.js'
import type { MyInvitationsClient } from './my-invitations-client.js'
import type { NotificationsClient } from './notifications-client.js'
import type { OrganizationClient, OrganizationsClient } from './organization-client.js'
import type { OwnResourcesClient } from './own-resources-client.js'
import type { OperatorClient, TenantCalls, TenantClient } from './tenant-client.js'
import type { TenantsClient } from './tenants-client.js'
import type { UsersClient } from './users-client.js'

/** Why an operator acts in a tenant: a line of 1 to 500 characters, kept with every event. */
export interface OperatorOptions {
  readonly reason: string
}

/** Returns the calls in one tenant. It reads nothing; each call checks the caller again. */
export interface TenantEntry<Permission extends string, Role extends string, Metadata, Values> {
  /** Returns the calls in one tenant, as one of its members. */
  (tenantId: string): TenantClient<Permission, Role, Metadata, Values>
  /**
   * Returns the calls in one tenant, by its slug, which each call resolves with one more query.
   *
   * @example
   * const access = await tenancy.as({ userId }).in({ slug: 'acme' }).access()
   */
  (tenant: string | TenantSlug): TenantCalls<Permission, Role, Metadata, Values>
  /**
   * Returns the calls in any tenant, as an operator: a superuser, or the host's own code. Every event keeps the reason.
   *
   * @example
   * await tenancy.as(SYSTEM).in(tenantId, { reason: 'Ticket 4711' }).members.remove({ userId })
   */
  (tenant: string | TenantSlug, operator: OperatorOptions): OperatorClient<Permission, Role, Metadata, Values>
}

/**
 * The calls of one actor. {@link Tenancy.as} returns it. Every call may reject with `invalid_input`,
 * `unauthenticated` and `storage_unavailable`.
 */
export interface UserClient<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> {
  /** The caller. */
  readonly actor: Actor
  /** Tenants, from outside them: creating, listing and joining. */
  readonly tenants: TenantsClient<Values>
  /** Resources that are named without a tenant. */
  readonly resources: OwnResourcesClient
  /** Organizations, from outside them: creating and listing. */
  readonly organizations: OrganizationsClient
  /** The invitations that the caller has received. */
  readonly invitations: MyInvitationsClient
  /** Accounts, and signing in. */
  readonly users: UsersClient
  /** The access tokens of the caller. */
  readonly accessTokens: AccessTokensClient
  /** Sign-in on devices without a keyboard. */
  readonly devices: DevicesClient
  /** The notifications of the caller. */
  readonly notifications: NotificationsClient
  /** The email outbox, for operators. */
  readonly emails: EmailsClient
  /** The delivery of events to the host, for operators. */
  readonly eventDelivery: EventDeliveryClient
  /** Returns the calls in one tenant. It reads nothing; each call checks the caller again. */
  readonly in: TenantEntry<Permission, Role, Metadata, Values>
  /** Returns the calls in one organization. It reads nothing; each call checks the caller again. */
  organization(organizationId: string): OrganizationClient<Values>
}
