import { z } from 'zod'
import { ClientId, TokenLabel } from './access-token.js'
import { Id, Moment } from './id.js'

/** `pending` becomes `approved` or `denied` once; only an approved one is `redeemed`, once. */
export const DeviceAuthorizationStatus = z.enum(['pending', 'approved', 'denied', 'redeemed'])
export type DeviceAuthorizationStatus = z.infer<typeof DeviceAuthorizationStatus>

/**
 * A device that asks to be signed in (RFC 8628). Both codes are kept as hashes and are no part of it. `userId` is the
 * account that approved or denied, `network` where the device asked from: one IPv4 address, or a /64 of IPv6.
 */
export const DeviceAuthorization = z.object({
  id: Id,
  clientId: ClientId,
  label: TokenLabel,
  status: DeviceAuthorizationStatus,
  userId: Id.nullable(),
  network: z.string().nullable(),
  createdAt: Moment,
  expiresAt: Moment,
})
export interface DeviceAuthorization extends Readonly<z.infer<typeof DeviceAuthorization>> {}
