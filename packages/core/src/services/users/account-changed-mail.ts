import type { User } from '../../model/user.js'
import { mailboxOf } from '../../model/email.js'
import type { DirectoryStep } from '../command.js'
import type { Mail } from '../mails/mail.js'
import { spend } from '../rate-limits/spend.js'

type Changed = Mail<'account_changed'>['data']['changed'][number]

/**
 * The mail that notifies the address an account had before the change. An address that nobody has proven may be a
 * stranger's: it gets few of them.
 */
export async function accountChangedMail(
  { tx, now }: Pick<DirectoryStep, 'tx' | 'now'>,
  { email: to, emailKey, emailVerifiedAt, name, language }: User,
  changed: readonly Changed[],
): Promise<readonly Mail<'account_changed'>[]> {
  if (changed.length === 0) return []
  const refusal =
    emailVerifiedAt === null
      ? await spend(tx.counters, { rule: 'noticePerUnprovenMailbox', key: mailboxOf(emailKey), now })
      : null
  return refusal ? [] : [{ kind: 'account_changed', to, language, data: { accountName: name ?? to, changed } }]
}
