import type { OpenInvitation } from './open-invitation.js'

/** What an invitation says to whom it was sent. `expiresAt` in milliseconds since 1970. */
export interface InvitationPreview {
  readonly tenantId: string
  readonly tenantName: string
  readonly email: string
  readonly role: string
  readonly expiresAt: number
}

export function previewOf({ invitation, tenant }: OpenInvitation): InvitationPreview {
  const { email, role, expiresAt } = invitation
  return { tenantId: tenant.id, tenantName: tenant.name, email, role, expiresAt }
}
