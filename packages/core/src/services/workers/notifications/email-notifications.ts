import type { Tenant } from '../../../model/tenant.js'
import type { User } from '../../../model/user.js'
import type { SharedNotification } from '../../../storage/notification-port.js'
import type { Transaction } from '../../../storage/port.js'
import { toMemberUser } from '../../steps/members/to-member-user.js'
import { consumeNotificationEmail } from '../../steps/rate-limits/notification-limits.js'
import type { NotifyingContext } from './notifying-context.js'

interface NotificationEmailBatch {
  readonly notification: SharedNotification
  readonly tenant: Tenant
  readonly recipients: readonly User[]
}

/**
 * Puts a mail into the outbox for each recipient who has proven their address and is within the limits; the others have
 * it in their list alone. Answers whether there is any.
 */
export async function emailNotifications(
  context: NotifyingContext,
  tx: Transaction,
  { notification, tenant, recipients }: NotificationEmailBatch,
): Promise<boolean> {
  const { outbox } = context
  const reachable = recipients.filter(({ emailVerifiedAt }) => emailVerifiedAt !== null)
  if (!outbox || reachable.length === 0) return false
  const now = context.clock()
  const data = {
    tenantName: tenant.name,
    kind: notification.kind,
    actorName: await nameOf(tx, notification.actorId),
    subjectName: await subjectOf(tx, notification),
  }
  let any = false
  for (const { email, emailKey, language } of reachable) {
    if (await consumeNotificationEmail({ context, tx, now }, { tenant, recipient: emailKey })) continue
    const mail = { kind: 'notification', to: email, language, data } as const
    await tx.emails.enqueue(outbox.seal({ id: context.newId(), tenantId: tenant.id, mail, now }))
    any = true
  }
  return any
}

/** The name of the resource, or of the member, that it is about. */
async function subjectOf(
  tx: Transaction,
  { tenantId, resource, memberId }: SharedNotification,
): Promise<string | null> {
  if (resource) return (await tx.resources.find({ tenantId, ...resource }))?.name ?? null
  const membership = memberId === null ? null : await tx.memberships.find({ tenantId, userId: memberId })
  if (!membership || membership.user.status === 'deleted') return nameOf(tx, memberId)
  const { name, email } = toMemberUser(membership).user
  return name ?? email
}

async function nameOf(tx: Transaction, userId: string | null): Promise<string | null> {
  const user = userId === null ? null : await tx.users.find(userId)
  if (!user || user.status === 'deleted') return null
  return user.name ?? user.email
}
