import type { Access, Actor, MemberMetadata, Register, Settings, Tenancy, Tenant, TenantClient } from '@tenantry/core'

/** The scope of a guarded request: the actor, the tenant, and the actor's access there. */
export interface TenancyScope<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> {
  readonly actor: Actor & { readonly userId: string }
  readonly tenant: Tenant & { readonly settings: Values }
  /** The actor's access to the tenant, loaded when the guard ran. */
  readonly access: Access<Permission>
  /** Same as `tenancy.as(actor).in(tenant.id)`. */
  readonly client: TenantClient<Permission, Role, Metadata, Values>
}

/** The scope, typed by the tenancy that the host has registered, or untyped without one. */
export type RegisteredScope = Register extends { readonly tenancy: infer Registered }
  ? ScopeOf<Registered>
  : TenancyScope

/** The scope of a tenancy. */
export type ScopeOf<T> =
  T extends Tenancy<infer Permission, infer Role, infer Metadata, infer Values>
    ? TenancyScope<Permission, Role, Metadata, Values>
    : never
