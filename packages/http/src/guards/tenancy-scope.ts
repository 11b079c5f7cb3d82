import type { Access, Actor, MemberMetadata, Register, Settings, Tenancy, Tenant, TenantClient } from '@tenantry/core'

/** What a guarded request works with: who asks, in which tenant, and what they may do there. */
export interface TenancyScope<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> {
  readonly actor: Actor & { readonly userId: string }
  readonly tenant: Tenant & { readonly settings: Values }
  /** The actor's access to the tenant, as it was when the request was let in. */
  readonly access: Access<Permission>
  /** The calls of `tenancy.as(actor).in(tenant.id)`. */
  readonly client: TenantClient<Permission, Role, Metadata, Values>
}

/** The scope of the tenancy that the host has registered; of any names where it has registered none. */
export type RegisteredScope = Register extends { readonly tenancy: infer Registered }
  ? ScopeOf<Registered>
  : TenancyScope

/** The scope of a tenancy. */
export type ScopeOf<T> =
  T extends Tenancy<infer Permission, infer Role, infer Metadata, infer Values>
    ? TenancyScope<Permission, Role, Metadata, Values>
    : never
