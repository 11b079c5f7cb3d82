import type { WithSlug } from '../accept-slug.js'
import type { Takes } from '../bind-settings.js'
import type { JoinRequest } from '../model/join-request.js'
import type { Page } from '../model/page.js'
import type { StoredFile } from '../model/stored-file.js'
import type { Settings, Tenant } from '../model/tenant.js'
import type { AboutTenant } from '../services/pipeline/operator-command.js'
import type { TenantReference, TenantSlug } from '../services/pipeline/resolve-tenant.js'
import type { readImage } from '../services/use-cases/files/read-image.js'
import type { requestToJoin } from '../services/use-cases/join-requests/request-to-join.js'
import type { transferOwnership } from '../services/use-cases/ownership/transfer-ownership.js'
import type { createTenant } from '../services/use-cases/tenants/create-tenant.js'
import type { listMyTenants } from '../services/use-cases/tenants/list-my-tenants.js'
import type { TenantPreview } from '../services/use-cases/tenants/preview-tenant.js'
import type { setPlan } from '../services/use-cases/tenants/set-plan.js'
import type { ListedTenant, TenantOfUser } from '../storage/tenant-port.js'
import type { InputOf } from './input-of.js'
import type { PageOptions } from './references.js'

export interface CreateTenantInput<Values = Settings> extends Takes<InputOf<typeof createTenant>, Values> {}
export interface ListMyTenantsInput extends InputOf<typeof listMyTenants> {}
export interface SetPlanInput extends InputOf<typeof setPlan> {}
export interface TransferOwnershipInput extends InputOf<typeof transferOwnership> {}
export interface RequestToJoinInput extends InputOf<typeof requestToJoin> {}
export interface ReadImageInput extends InputOf<typeof readImage> {}

/** A tenant, by its ID. */
export interface TenantById {
  readonly id: string
}

/** Tenants, from outside them. */
export interface TenantsClient<Values = Settings> {
  /**
   * Creates a tenant. The caller owns it, unless an operator names another owner.
   *
   * @throws {TenancyError} `slug_taken`; `tenant_limit_exceeded`; `setting_rejected`; `user_not_found`.
   */
  create(input: CreateTenantInput<Values>): Promise<Tenant<Values>>
  /** Lists the active tenants in which the caller is an active member, oldest membership first. */
  list(input?: ListMyTenantsInput): Promise<Page<ListedTenant<Values>>>
  /** Lists all tenants that are not deleted, newest first. For operators; else `forbidden`. */
  listAll(input?: PageOptions): Promise<Page<Tenant<Values>>>
  /** Returns a tenant in any status by its ID or slug, or `null`. For operators; else `forbidden`. */
  find(input: TenantById | TenantSlug): Promise<Tenant<Values> | null>
  /**
   * Changes the plan of a tenant, on which the host's limits depend. For operators.
   *
   * @throws {TenancyError} `tenant_not_found`; `forbidden`.
   */
  setPlan(input: SetPlanInput | WithSlug<SetPlanInput>): Promise<Tenant<Values>>
  /**
   * Suspends a tenant: only operators may act in it until it is reactivated. For operators.
   *
   * @throws {TenancyError} `tenant_not_found`; `forbidden`.
   */
  suspend(input: AboutTenant | WithSlug<AboutTenant>): Promise<Tenant<Values>>
  /**
   * Makes a suspended tenant active. For operators.
   *
   * @throws {TenancyError} `tenant_not_found`; `forbidden`.
   */
  reactivate(input: AboutTenant | WithSlug<AboutTenant>): Promise<Tenant<Values>>
  /**
   * Makes somebody the owner of a tenant, without the consent of its owner. For operators.
   *
   * @throws {TenancyError} `tenant_not_found`; `user_not_found`; `personal_tenant`; `member_limit_exceeded`; `forbidden`.
   */
  transferOwnership(input: TransferOwnershipInput | WithSlug<TransferOwnershipInput>): Promise<Tenant<Values>>
  /** Returns the tenant that the caller last switched to, else their oldest one, or `null` without any. */
  current(): Promise<TenantOfUser<Values> | null>
  /**
   * Makes a tenant the caller's current one.
   *
   * @throws {TenancyError} `tenant_not_found`; `tenant_not_active`.
   */
  switch(input: TenantReference): Promise<TenantOfUser<Values>>
  /**
   * Returns the public part of a tenant that is open or accepts requests to join.
   *
   * @throws {TenancyError} `tenant_not_found`, also for a closed one.
   */
  preview(input: TenantReference): Promise<TenantPreview>
  /**
   * Makes the caller a member of an open tenant.
   *
   * @throws {TenancyError} `tenant_not_found`; `already_member`; `join_not_allowed`; `member_limit_exceeded`.
   */
  join(input: TenantReference): Promise<TenantOfUser<Values>>
  /**
   * Requests to join a tenant.
   *
   * @throws {TenancyError} `tenant_not_found`; `already_member`; `already_requested`; `recently_rejected`;
   * `join_not_allowed` for an open one; `join_request_limit_exceeded`.
   */
  requestToJoin(input: RequestToJoinInput | WithSlug<RequestToJoinInput>): Promise<JoinRequest>
  /**
   * Withdraws the caller's pending request to join.
   *
   * @throws {TenancyError} `join_request_not_found`.
   */
  withdrawJoinRequest(input: TenantReference): Promise<void>
  /**
   * Returns the image to which a setting of an active tenant refers. Everybody may.
   *
   * @throws {TenancyError} `file_not_found`.
   */
  readImage(input: ReadImageInput | WithSlug<ReadImageInput>): Promise<StoredFile>
}
