import { mailboxOf } from '../../../model/email.js'
import type { Tenant } from '../../../model/tenant.js'

/** A mailbox as one tenant writes to it. */
export function recipientOf({ id }: Tenant, emailKey: string): string {
  return JSON.stringify([id, mailboxOf(emailKey)])
}

/** What all tenants together may send to one mailbox: as the host says, else five times what one may. */
export function overall(total: number | undefined, perTenant: number | undefined): number | undefined {
  return total ?? (perTenant === undefined ? undefined : 5 * perTenant)
}
