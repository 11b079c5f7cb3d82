import { TenancyError } from '../../../errors.js'
import type { Email } from '../../../model/email.js'
import type { Scope, TenantStep } from '../../pipeline/command.js'

/** Refuses where the host wants nobody to become a member unasked. */
export function refuseDirectAdd({ context }: TenantStep): void {
  if (context.allowDirectAdd) return
  throw new TenancyError('forbidden', 'Direct adds are disabled; send an invitation instead', {})
}

/** The ids of the accounts that these addresses have. */
export async function accountsAt({ context }: Scope, emails: readonly (Email | null)[]): Promise<readonly string[]> {
  if (!context.allowDirectAdd) return []
  const ids: string[] = []
  for (const email of emails) {
    const user = email && (await context.storage.read.users.findByEmailKey(email.emailKey))
    if (user) ids.push(user.id)
  }
  return ids
}
