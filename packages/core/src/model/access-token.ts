import { z } from 'zod'
import { Id, line, Moment } from './id.js'

export const TokenLabel = line(100)

/** The name a program signs in under, such as `tenantry-cli`: 1 to 100 printable ASCII characters. */
export const ClientId = z.string().regex(/^[\x21-\x7e]{1,100}$/, 'must be 1 to 100 printable ASCII characters')

/**
 * A bearer token of a user, found by its hash only. It carries no tenant and no right of its own. `clientId` is the
 * program it was issued to by a device sign-in, `label` then the device: of these two a user has one token at most.
 * `prefix` is how the token begins, to recognize it by; it opens nothing.
 */
export const AccessToken = z.object({
  id: Id,
  userId: Id,
  label: TokenLabel.nullable(),
  clientId: ClientId.nullable(),
  prefix: z.string(),
  createdAt: Moment,
  /** When its bearer signed in to get it; `null` for one that was made with another token, or by a device. */
  signedInAt: Moment.nullable(),
  expiresAt: Moment,
  lastUsedAt: Moment.nullable(),
})
export interface AccessToken extends Readonly<z.infer<typeof AccessToken>> {}
