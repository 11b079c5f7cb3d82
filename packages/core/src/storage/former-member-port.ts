import type { FormerMember } from '../model/former-member.js'

export interface FormerMemberReads {
  /** MUST answer what this user was in this tenant when they last went, else `null` [former-member-find]. */
  find(key: { readonly tenantId: string; readonly userId: string }): Promise<FormerMember | null>

  /**
   * What one user was in each tenant when they last went, by tenant id (bytes). MUST list all of them, and nothing of
   * another's [former-member-list-by-user].
   */
  listByUser(userId: string): Promise<readonly FormerMember[]>
}

export interface FormerMemberRepository extends FormerMemberReads {
  /**
   * - MUST keep every field as given [former-member-put].
   * - MUST take the place of an earlier departure from the same tenant, and of no other [former-member-put-again].
   */
  put(former: FormerMember): Promise<void>

  /** MUST remove what one user was in all tenants, and nothing of another's, and answer how many [former-member-delete-by-user]. */
  deleteByUser(userId: string): Promise<number>
}
