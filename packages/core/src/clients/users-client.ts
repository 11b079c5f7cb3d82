import type { Page } from '../model/page.js'
import type { User } from '../model/user.js'
import type { activateUser } from '../services/use-cases/users/activate-user.js'
import type { createUser } from '../services/use-cases/users/create-user.js'
import type { deleteUser } from '../services/use-cases/users/delete-user.js'
import type { ensureUser } from '../services/use-cases/users/ensure-user.js'
import type { ListedUser, listUsers } from '../services/use-cases/users/list-users.js'
import type { signIn } from '../services/use-cases/users/sign-in.js'
import type { signOut } from '../services/use-cases/users/sign-out.js'
import type { signUp } from '../services/use-cases/users/sign-up.js'
import type { updateUser } from '../services/use-cases/users/update-user.js'
import type { InputOf } from './input-of.js'

export interface CreateUserInput extends InputOf<typeof createUser> {}
export interface ActivateUserInput extends InputOf<typeof activateUser> {}
export interface EnsureUserInput extends InputOf<typeof ensureUser> {}
export interface UpdateUserInput extends InputOf<typeof updateUser> {}
export interface DeleteUserInput extends InputOf<typeof deleteUser> {}
export interface ListUsersInput extends InputOf<typeof listUsers> {}
export interface SignUpInput extends InputOf<typeof signUp> {}
export interface SignInInput extends InputOf<typeof signIn> {}
export interface SignOutInput extends InputOf<typeof signOut> {}

/** An account, by its ID. */
export interface UserReference {
  readonly userId: string
}

/** An account, by its email address. */
export interface EmailReference {
  readonly email: string
}

/** A new account that is signed in, and its access token, which is shown this once. */
export interface SignedUp extends Awaited<ReturnType<typeof signUp>> {}

/** A signed-in user, and their new access token, which is shown this once. */
export interface SignedIn extends Awaited<ReturnType<typeof signIn>> {}

/** The accounts of the installation. */
export interface UsersClient {
  /** Returns the caller's own account. */
  me(): Promise<User>
  /**
   * Creates an account for somebody else. Only operators create one that is verified, an operator, or has a given ID.
   *
   * @throws {TenancyError} `email_taken`; `forbidden`; `reauthentication_required`; `rate_limited`.
   */
  create(input: CreateUserInput): Promise<User>
  /**
   * Sets the password of an account that somebody else created, verifies its email address, and signs in.
   *
   * @throws {TenancyError} `invalid_token` for a token that is wrong or used; `rate_limited`.
   */
  activate(input: ActivateUserInput): Promise<SignedIn>
  /**
   * Creates or updates the account of a user whom the host has authenticated. For the host's own code.
   *
   * @throws {TenancyError} `unauthenticated` if the account was deleted; `forbidden`.
   */
  ensure(input: EnsureUserInput): Promise<User>
  /**
   * Changes the caller's account, or another one as an operator. A new password signs out all other sessions.
   *
   * @throws {TenancyError} `reauthentication_required` for a new address or password; `email_taken`; `forbidden`;
   * `user_not_found`.
   */
  update(input: UpdateUserInput): Promise<User>
  /**
   * Deletes the caller's account, or another one as an operator: its memberships, tokens and personal data.
   *
   * @throws {TenancyError} `user_owns_tenants` with other members; `last_admin`; `reauthentication_required`.
   */
  delete(input?: DeleteUserInput): Promise<void>
  /**
   * Returns an account by its ID or its email address: the caller's own, or any other for operators.
   *
   * @throws {TenancyError} `user_not_found`; `forbidden`.
   */
  get(input: UserReference | EmailReference): Promise<User>
  /** Lists accounts, oldest first: those that share a tenant with the caller, or all for operators. */
  list(input?: ListUsersInput): Promise<Page<ListedUser>>
  /**
   * Creates an account and signs it in, if the host allows it. The email address is not verified.
   *
   * @throws {TenancyError} `forbidden` unless `signUp` is `true`; `email_taken`; `rate_limited`.
   */
  signUp(input: SignUpInput): Promise<SignedUp>
  /**
   * Signs in by email address and password, and issues an access token.
   *
   * @throws {TenancyError} `invalid_credentials`; `rate_limited` after too many attempts.
   */
  signIn(input: SignInInput): Promise<SignedIn>
  /**
   * Revokes an access token, whoever calls.
   *
   * @throws {TenancyError} `unauthenticated` for an unknown token.
   */
  signOut(input: SignOutInput): Promise<void>
}
