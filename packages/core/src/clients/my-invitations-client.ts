import type { InvitationPreview } from '../services/steps/invitations/invitation-preview.js'
import type { acceptMyInvitation } from '../services/use-cases/invitations/accept-my-invitation.js'
import type { signUpByInvitation } from '../services/use-cases/invitations/sign-up-by-invitation.js'
import type { TenantOfUser } from '../storage/tenant-port.js'
import type { InputOf } from './input-of.js'
import type { InvitationToken, TenantIdReference } from './references.js'

export interface AcceptMyInvitationInput extends InputOf<typeof acceptMyInvitation> {}
export interface SignUpByInvitationInput extends InputOf<typeof signUpByInvitation> {}

/** A new account that is a member of the tenant, and its access token, which is shown this once. */
export interface SignedUpByInvitation extends Awaited<ReturnType<typeof signUpByInvitation>> {}

/** The invitations that the caller has received: by the token from the link, or by their verified email address. */
export interface MyInvitationsClient {
  /** Returns the tenant, role and email address of an invitation, or `null` if the token is invalid. */
  preview(input: InvitationToken): Promise<InvitationPreview | null>
  /**
   * Accepts an invitation as the account with the invited email address.
   *
   * @throws {TenancyError} `invalid_token`; `forbidden` for another account; `already_member`; `member_limit_exceeded`;
   * `tenant_limit_exceeded`.
   */
  accept(input: InvitationToken): Promise<TenantOfUser>
  /**
   * Creates an account for the invited address, makes it a member of the tenant, and signs it in.
   *
   * @throws {TenancyError} `invalid_token`; `unauthenticated` if the address has an account; `member_limit_exceeded`.
   */
  signUp(input: SignUpByInvitationInput): Promise<SignedUpByInvitation>
  /**
   * Declines an invitation. Anyone who has the token may.
   *
   * @throws {TenancyError} `invalid_token`.
   */
  decline(input: InvitationToken): Promise<void>
  /** Lists up to 100 pending invitations to the caller's verified email address, newest first. */
  listMine(): Promise<readonly InvitationPreview[]>
  /**
   * Accepts the invitation of a tenant to the caller's verified email address, with the offered role or a lower one.
   *
   * @throws {TenancyError} `invitation_not_found`; `invalid_role`; `forbidden` for a higher role; `already_member`.
   */
  acceptMine(input: AcceptMyInvitationInput): Promise<TenantOfUser>
  /**
   * Declines the invitation of a tenant to the caller's verified email address.
   *
   * @throws {TenancyError} `invitation_not_found`.
   */
  declineMine(input: TenantIdReference): Promise<void>
}
