import type { resendInvitation } from '../services/use-cases/invitations/resend-invitation.js'
import type { rejectJoinRequest } from '../services/use-cases/join-requests/reject-join-request.js'
import type { getMember } from '../services/use-cases/members/get-member.js'
import type { getResource } from '../services/use-cases/resources/get-resource.js'
import type { joinTenant } from '../services/use-cases/tenants/join-tenant.js'
import type { PageInput } from '../model/page.js'
import type { InputOf } from './input-of.js'
import type { z } from 'zod'

/** A page of a list: `limit` from 1 to 100, and the `cursor` of the previous page or a `page` number. */
export interface PageOptions extends z.input<typeof PageInput> {}

/** A tenant, by its ID. */
export interface TenantIdReference extends InputOf<typeof joinTenant> {}

/** A member of a tenant or an organization, by the ID of the account. */
export interface MemberReference extends InputOf<typeof getMember> {}

/** An invitation, by its ID. */
export interface InvitationReference extends InputOf<typeof resendInvitation> {}

/** A request to join, by its ID. */
export interface JoinRequestReference extends InputOf<typeof rejectJoinRequest> {}

/** A resource, by its type and its ID. */
export interface ResourceReference extends InputOf<typeof getResource> {}

/** A token of an invitation, from its link. */
export interface InvitationToken {
  readonly token: string
}
