import { appendFileSync } from 'node:fs'
import { createTenancy } from '@tenantry/core'
import type { Storage, Tenancy } from '@tenantry/core'

const HOUR_MS = 60 * 60_000

/** The code of every transfer of ownership in a crash run. */
export const RIGHT_CODE = '246810'

/** A tenancy that notes every mail it sends in a file, a line each, before it says that the mail was taken. */
export function crashTenancy(
  storage: Storage,
  { mailFile, clock = Date.now }: { readonly mailFile: string; readonly clock?: () => number },
): Tenancy {
  return createTenancy({
    storage,
    clock,
    newCode: () => RIGHT_CODE,
    // A code that waited for the next start is still worth sending.
    lifetimes: { ownershipTransfer: HOUR_MS },
    mailer: { send: async ({ id, to }) => appendFileSync(mailFile, `${JSON.stringify({ id, to })}\n`) },
    invitationLink: (token) => `https://app.example.com/activate?token=${token}`,
    emailEncryptionKey: 'known to everybody: no secret at all',
  })
}
