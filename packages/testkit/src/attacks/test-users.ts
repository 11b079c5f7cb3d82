/** Somebody whom the attacks are made as, or against. `token` is what they bear: `Authorization: Bearer <token>`. */
export interface Attacker {
  readonly id: string
  readonly email: string
  readonly token: string
}

/**
 * Who takes part. Four members of one tenant, each with the role of their name; the owner of another tenant; and two who
 * are members of neither. All have proven their address, but `unproven`.
 */
export interface TestUsers {
  readonly owner: Attacker
  readonly admin: Attacker
  readonly member: Attacker
  readonly viewer: Attacker
  readonly outsider: Attacker
  readonly stranger: Attacker
  readonly unproven: Attacker
  /** Who runs the organization of that tenant, and is no member of it. Without them, nobody is locked out from below. */
  readonly above?: Attacker
  /**
   * What the owner's browser sends in `Cookie`, where the host has sessions of its own. Without it, no page of another
   * origin is tried.
   */
  readonly session?: string
  /** The id of the tenant of the first four. */
  readonly tenant: string
  /** The id of the tenant that `outsider` owns. */
  readonly otherTenant: string
}
