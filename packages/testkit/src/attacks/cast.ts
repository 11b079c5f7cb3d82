/** Somebody whom the attacks are made as, or against. `token` is what they bear: `Authorization: Bearer <token>`. */
export interface Attacker {
  readonly id: string
  readonly email: string
  readonly token: string
}

/**
 * Who takes part. Four members of one tenant, each with the role of their name; the owner of another tenant; and somebody
 * who is a member of neither. All have proven their address.
 */
export interface AttackCast {
  readonly owner: Attacker
  readonly admin: Attacker
  readonly member: Attacker
  readonly viewer: Attacker
  readonly outsider: Attacker
  readonly stranger: Attacker
  /** The id of the tenant of the first four. */
  readonly tenant: string
  /** The id of the tenant that `outsider` owns. */
  readonly otherTenant: string
}
