import type { PageRequest } from '../model/page.js'
import type { User } from '../model/user.js'

export type UserChanges = Partial<Omit<User, 'id' | 'createdAt' | 'createdBy'>>

/**
 * What changes of a person while their account stays as it is: the tenant they switched to last, and when they signed in
 * last. It is kept apart from the account, and so is what locks a user: an account is written when it changes only.
 */
export interface UserState {
  readonly currentTenantId: string | null
  readonly lastLoginAt: number | null
}

/** What a list of users is narrowed to. `keyword` is a part of name or email, compared without the case of A to Z. */
export interface UserFilter {
  readonly keyword?: string | undefined
  /** The normal form of a whole address. */
  readonly emailKey?: string | undefined
  /**
   * Only whom a person knows: themselves, those they made, and the members of these tenants, without those who were added
   * and have not been active yet.
   */
  readonly knownTo?: { readonly userId: string; readonly tenantIds: readonly string[] } | undefined
}

export interface UserReads {
  /** MUST answer the user whatever the status, `null` when there is none [user-find]. */
  find(id: string): Promise<User | null>

  /** MUST find by the normal form of the address only, `null` when there is none [user-find-by-email]. */
  findByEmailKey(emailKey: string): Promise<User | null>

  /** MUST answer those there are of many ids or of many addresses, each once, in any order [user-find-many]. */
  findMany(
    query: { readonly ids: readonly string[] } | { readonly emailKeys: readonly string[] },
  ): Promise<readonly User[]>

  /** MUST answer the hash last set, `null` when there is none or no such user [user-password-find]. */
  findPasswordHash(id: string): Promise<string | null>

  /** MUST answer when each of these users signed in last, without those who never did [user-last-logins]. */
  listLastLogins(userIds: readonly string[]): Promise<ReadonlyMap<string, number>>

  /**
   * Users that are not deleted, oldest first, then by id (bytes). The position is `createdAt` and id.
   *
   * - MUST list by `keyword` as said; `%`, `_` and `\` in it stand for themselves [user-list].
   * - MUST list by `emailKey` whoever has that address, and nobody else [user-list-email].
   * - MUST list by `knownTo` as said, members active or not [user-list-known].
   * - MUST answer pages without gap or repetition, by position and by offset alike [user-list-pages].
   */
  list(query: UserFilter & { readonly page: PageRequest }): Promise<readonly User[]>

  /** MUST count what {@link list} lists [user-count]. */
  count(filter: UserFilter): Promise<number>
}

export interface UserRepository extends UserReads {
  /**
   * - MUST keep every field as given [user-insert].
   * - MUST refuse a second user with the same id (`user.id`) [user-insert-twice] or the same `emailKey`
   *   (`user.email`), leaving the first as it was [user-insert-email].
   */
  insert(user: User): Promise<void>

  /** MUST keep and refuse as {@link insert} does, all of them or none [user-insert-many]. */
  insertMany(users: readonly User[]): Promise<void>

  /**
   * Changes the named fields.
   *
   * - MUST answer whether the user exists, also when nothing is named, and change no other field [user-update].
   * - MUST refuse an `emailKey` that another user has (`user.email`) [user-update-email].
   */
  update(change: { readonly id: string; readonly set: UserChanges }): Promise<boolean>

  /**
   * Changes the named fields of a user's state; both are `null` until they are set.
   *
   * MUST answer whether the user exists, also when nothing is named, and change no other field [user-state].
   */
  setState(change: { readonly id: string; readonly set: Partial<UserState> }): Promise<boolean>

  /** MUST replace the password's hash, or remove it with `null`, and answer whether the user exists [user-password-set]. */
  setPasswordHash(id: string, passwordHash: string | null): Promise<boolean>
}
