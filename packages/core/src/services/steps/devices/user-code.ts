import { z } from 'zod'
import { hashToken } from '../../pipeline/secrets.js'

/** A user's code as people type it: in any case, with or without the dash. */
export const UserCode = z.string().min(1).max(40)

/** What is kept of a user's code: the hash of its letters and digits. */
export function hashUserCode(userCode: string): string {
  return hashToken(userCode.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
}
