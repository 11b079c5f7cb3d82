import { z } from 'zod'
import { Id, Moment } from './id.js'
import { RoleKey } from './membership.js'
import { Language } from './user.js'

/** `pending` ends in one of the others. A pending invitation past `expiresAt` counts for nothing. */
export const InvitationStatus = z.enum(['pending', 'accepted', 'declined', 'revoked'])
export type InvitationStatus = z.infer<typeof InvitationStatus>

/** An offer of a membership to an email address. Its token is kept as a hash and is no part of it. */
export const Invitation = z.object({
  id: Id,
  tenantId: Id,
  email: z.string(),
  emailKey: z.string(),
  role: RoleKey,
  status: InvitationStatus,
  inviterId: Id,
  language: Language.nullable(),
  createdAt: Moment,
  expiresAt: Moment,
  resolvedAt: Moment.nullable(),
})
export interface Invitation extends Readonly<z.infer<typeof Invitation>> {}
