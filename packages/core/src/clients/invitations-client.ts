import type { Invitation } from '../model/invitation.js'
import type { Page } from '../model/page.js'
import type { IssuedInvitation } from '../services/steps/invitations/issue-invitation.js'
import type { listInvitations } from '../services/use-cases/invitations/list-invitations.js'
import type { revokeInvitation } from '../services/use-cases/invitations/revoke-invitation.js'
import type { InputOf } from './input-of.js'
import type { InvitationReference, MemberReference } from './references.js'

export interface ListInvitationsInput extends InputOf<typeof listInvitations> {}

/** The address whose invitation was revoked. */
export interface RevokedInvitation extends Awaited<ReturnType<typeof revokeInvitation>> {}

/** The invitations of one tenant. {@link MembersClient.invite} creates one. */
export interface InvitationsClient {
  /**
   * Lists the invitations of the tenant, newest first, without their tokens.
   *
   * @throws {TenancyError} `forbidden` without `invitation:read`.
   */
  list(input?: ListInvitationsInput): Promise<Page<Invitation>>
  /**
   * Sends a pending invitation again, with a new token and a new expiry. The previous token becomes invalid.
   *
   * @throws {TenancyError} `forbidden`; `invitation_not_found`; `conflict` if it is resolved; `email_limit_exceeded`.
   */
  resend(input: InvitationReference): Promise<IssuedInvitation>
  /**
   * Revokes a pending invitation, by its ID or by the invited user. Its token becomes invalid.
   *
   * @throws {TenancyError} `forbidden`; `invitation_not_found`; `conflict` if it is resolved.
   */
  revoke(input: InvitationReference | MemberReference): Promise<RevokedInvitation>
}
