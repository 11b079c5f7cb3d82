import type { Email } from './email.js'
import type { User } from './user.js'

// A name that is reserved never to exist (RFC 2606, `.invalid`).
const NO_ADDRESS = '@no-address.invalid'
const DELETED = '@deleted.invalid'

/**
 * Stands for the address of an account whose address was proven to be somebody else's. It reaches nobody, and its key is
 * that of no address: an address has no space.
 */
export function noAddress(userId: string): Email {
  return { email: `${userId}${NO_ADDRESS}`, emailKey: `no address ${userId}` }
}

/** Stands for the address of a deleted account, in the same way. */
export function deletedAddress(userId: string): Email {
  return { email: `${userId}${DELETED}`, emailKey: `deleted ${userId}` }
}

/** Whether an account has an address, and not what stands for one. */
export function hasAddress({ id, emailKey }: Pick<User, 'id' | 'emailKey'>): boolean {
  return emailKey !== noAddress(id).emailKey && emailKey !== deletedAddress(id).emailKey
}

/** Whether mail to this address would reach anybody. */
export function isReachable(email: string): boolean {
  return !email.endsWith(NO_ADDRESS) && !email.endsWith(DELETED)
}
