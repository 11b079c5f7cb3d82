import type { Tenant } from '../../../model/tenant.js'
import type { User } from '../../../model/user.js'
import type { EmailMessage } from '../../pipeline/email-message.js'

/** Tells the old owner and the new one that the tenant was handed over. */
export function transferEmails(
  tenant: Pick<Tenant, 'name'>,
  {
    from,
    to,
    shown = to,
  }: {
    readonly from: User
    readonly to: Pick<User, 'email' | 'name' | 'language'>
    /** The new owner as members of the same tenant see them. */
    readonly shown?: Pick<User, 'email' | 'name'>
  },
): readonly EmailMessage<'transfer_done'>[] {
  const data = {
    tenantName: tenant.name,
    oldOwnerName: from.name ?? from.email,
    newOwnerName: shown.name ?? shown.email,
  }
  return [from, to].map(({ email, language }) => ({ kind: 'transfer_done', to: email, language, data }))
}
