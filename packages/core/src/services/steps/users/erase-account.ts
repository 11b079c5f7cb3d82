import { deletedAddress } from '../../../model/no-address.js'
import type { Transaction } from '../../../storage/port.js'
import { signOutEverywhere } from './sign-out-everywhere.js'

/** Ends an account for good: its tokens and personal data go, its id stays for the audit log. */
export async function eraseAccount(tx: Transaction, userId: string): Promise<void> {
  await signOutEverywhere(tx, userId)
  await tx.joinRequests.deleteByUser(userId)
  await tx.formerMembers.deleteByUser(userId)
  await tx.notifications.deleteByUser(userId)
  await tx.users.setPasswordHash(userId, null)
  await tx.users.setState({ id: userId, set: { currentTenantId: null, lastLoginAt: null } })
  await tx.users.update({
    id: userId,
    set: {
      ...deletedAddress(userId),
      emailVerifiedAt: null,
      name: null,
      avatarUrl: null,
      language: null,
      timeZone: null,
      superuser: false,
      status: 'deleted',
      waitingSince: null,
    },
  })
}
