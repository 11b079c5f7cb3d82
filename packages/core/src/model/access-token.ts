import { z } from 'zod'
import { Id, line, Moment } from './id.js'

export const TokenLabel = line(100)

/** A bearer token of a user, found by its hash only. It carries no tenant and no right of its own. */
export const AccessToken = z.object({
  id: Id,
  userId: Id,
  label: TokenLabel.nullable(),
  createdAt: Moment,
  expiresAt: Moment,
  lastUsedAt: Moment.nullable(),
})
export type AccessToken = Readonly<z.infer<typeof AccessToken>>
