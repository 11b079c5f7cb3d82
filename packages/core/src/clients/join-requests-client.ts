import type { JoinRequestOfApplicant } from '../model/join-request.js'
import type { Member, MemberMetadata } from '../model/membership.js'
import type { Page } from '../model/page.js'
import type { approveJoinRequest } from '../services/use-cases/join-requests/approve-join-request.js'
import type { listJoinRequests } from '../services/use-cases/join-requests/list-join-requests.js'
import type { Named } from '../bind-named.js'
import type { InputOf } from './input-of.js'
import type { JoinRequestReference } from './references.js'

export interface ListJoinRequestsInput extends InputOf<typeof listJoinRequests> {}
export interface ApproveJoinRequestInput<Role extends string = string> extends Named<
  InputOf<typeof approveJoinRequest>,
  Role,
  MemberMetadata
> {}

/** The requests to join one tenant. */
export interface JoinRequestsClient<Role extends string = string, Metadata = MemberMetadata> {
  /**
   * Lists the requests to join the tenant, newest first, with the applicants.
   *
   * @throws {TenancyError} `forbidden` without `join_request:read`.
   */
  list(input?: ListJoinRequestsInput): Promise<Page<JoinRequestOfApplicant>>
  /**
   * Makes the applicant a member, as `member` or with a role that the caller may invite to. They are notified.
   *
   * @throws {TenancyError} `forbidden`; `join_request_not_found`; `conflict` if it is resolved; `invalid_role`;
   * `member_limit_exceeded`.
   */
  approve(input: ApproveJoinRequestInput<Role>): Promise<Member<Role, Metadata>>
  /**
   * Rejects a request. The applicant is notified and cannot request again for a while.
   *
   * @throws {TenancyError} `forbidden`; `join_request_not_found`; `conflict` if it is resolved.
   */
  reject(input: JoinRequestReference): Promise<void>
}
