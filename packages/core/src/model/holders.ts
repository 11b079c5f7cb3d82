/** What makes members have a permission, whoever they are. */
export interface Grants {
  readonly permission: string
  /** Keys of the host's roles that give it. */
  readonly roles: readonly string[]
  /** Those of them that give it whatever is denied to the member. */
  readonly fullRoles: readonly string[]
  /** Whether a role of the tenant's own that lists it gives it. */
  readonly ownRoles: boolean
  /** Whether it may be granted and denied to one member. */
  readonly overrides: boolean
}

/** Who among the active members of a tenant has a permission: one of them in any case, and whom the grants speak for. */
export interface Holders {
  readonly ownerId: string | null
  readonly grants: Grants | null
}
