import type { User } from '../../../model/user.js'
import { mailboxOf } from '../../../model/email.js'
import type { GlobalStep } from '../../pipeline/command.js'
import type { EmailMessage } from '../../pipeline/email-message.js'
import { consume } from '../rate-limits/consume.js'

type Changed = EmailMessage<'account_changed'>['data']['changed'][number]

/**
 * The mail that notifies the address an account had before the change. An address that nobody has proven may be a
 * stranger's: it gets few of them.
 */
export async function accountChangedEmail(
  { tx, now }: Pick<GlobalStep, 'tx' | 'now'>,
  { email: to, emailKey, emailVerifiedAt, name, language }: User,
  changed: readonly Changed[],
): Promise<readonly EmailMessage<'account_changed'>[]> {
  if (changed.length === 0) return []
  const refusal =
    emailVerifiedAt === null
      ? await consume(tx.counters, { rule: 'noticePerUnprovenMailbox', key: mailboxOf(emailKey), now })
      : null
  return refusal ? [] : [{ kind: 'account_changed', to, language, data: { accountName: name ?? to, changed } }]
}
