/** What makes members have a permission, whoever they are. */
export interface Grants {
  readonly permission: string
  /** Keys of the host's roles that give it. */
  readonly roles: readonly string[]
  /** Those of them that give it whatever is denied to the member. */
  readonly unrestrictedRoles: readonly string[]
  /** Whether a role of the tenant's own that lists it gives it. */
  readonly customRoles: boolean
  /** Whether it may be granted and denied to one member. */
  readonly overrides: boolean
  /** The organization whose active admins have it whatever their roles say; `null` when none. */
  readonly organizationId: string | null
  /** The one person whom all this speaks of: nobody else may do it, whatever they hold; `null` when it speaks of everybody. */
  readonly userId: string | null
}

/** Who has a permission without being a member: the active admins of an organization, or one of them. */
export interface InheritedHolders {
  readonly organizationId: string
  /** What they act as. */
  readonly role: string
  readonly userId?: string
}

/**
 * Who has a permission in a tenant: among its active members, one of them in any case, and whom the grants speak for;
 * and from outside.
 */
export interface PermissionHolders {
  readonly ownerId: string | null
  readonly grants: Grants | null
  readonly outside: InheritedHolders | null
}
