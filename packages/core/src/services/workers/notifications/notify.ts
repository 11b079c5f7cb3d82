import type { TenancyEvent } from '../../../events.js'
import type { Position } from '../../../model/page.js'
import type { Tenant } from '../../../model/tenant.js'
import type { User } from '../../../model/user.js'
import type { Transaction } from '../../../storage/port.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { listRecipients } from './list-recipients.js'
import { emailNotifications } from './email-notifications.js'
import { notificationFor } from '../../pipeline/notification-template.js'
import type { NotificationTemplate } from '../../pipeline/notification-template.js'
import { DEFAULT_CHANNEL } from '../../steps/notifications/notification-preferences.js'
import type { NotifyingContext } from './notifying-context.js'

const RECIPIENTS_PER_PAGE = 100
const PURGE_BATCH_SIZE = 500

type TenantEvent = TenancyEvent & { readonly scope: { readonly tenantId: string } }

function isOfTenant(event: TenancyEvent): event is TenantEvent {
  return 'tenantId' in event.scope
}

/**
 * Notifies all recipients of an event in pages of 100. Idempotent. It may be called again with the same event, also after it
 * ended half-way: who was told is not told again.
 */
export async function notify(context: NotifyingContext, event: TenancyEvent): Promise<void> {
  const template = notificationFor(event)
  if (!template || !isOfTenant(event)) return
  const { tenantId } = event.scope
  const locks = { tenants: [tenantId] }
  for (let after: Position | undefined; ;) {
    const from = after
    const page = await retryWhenBusy(() =>
      context.storage.transaction(locks, (tx) => notifyPage(context, tx, { event, template, after: from })),
    )
    if (page.mailed) context.outbox?.wake()
    if (!page.last) break
    after = page.last
  }
  const before = context.clock() - context.lifetimes.notification
  await retryWhenBusy(() =>
    context.storage.transaction({}, (tx) => tx.notifications.removeOld({ tenantId, before, limit: PURGE_BATCH_SIZE })),
  )
}

interface Page {
  readonly event: TenantEvent
  readonly template: NotificationTemplate
  readonly after: Position | undefined
}

/**
 * While the tenant is locked, nobody loses the membership or the right that they are told by. `last` is where the page
 * ended, when there may be more.
 */
async function notifyPage(
  context: NotifyingContext,
  tx: Transaction,
  { event, template, after }: Page,
): Promise<{ readonly last: Position | null; readonly mailed: boolean }> {
  const { tenantId } = event.scope
  const tenant = await tx.tenants.find(tenantId)
  if (tenant?.status !== 'active') return { last: null, mailed: false }
  const page = { limit: RECIPIENTS_PER_PAGE, after }
  const rows = await listRecipients(context, tx, template.audience, { tenant, page })
  const people = rows
    .filter(({ active, user }) => active && user.status === 'active' && user.id !== event.actorId)
    .map(({ user }) => user)
  const mailed = await insertForUsers(context, tx, { event, template, tenant, people })
  const last = rows.at(-1)
  const isFull = last !== undefined && rows.length === RECIPIENTS_PER_PAGE
  return { last: isFull ? { at: last.createdAt, id: last.userId } : null, mailed }
}

/** Writes what people have not turned off, and the mails of those who were not told before. */
async function insertForUsers(
  context: NotifyingContext,
  tx: Transaction,
  notified: {
    readonly event: TenantEvent
    readonly template: NotificationTemplate
    readonly tenant: Tenant
    readonly people: readonly User[]
  },
): Promise<boolean> {
  const { event, template, tenant, people } = notified
  const { kind, resource, memberId } = template
  const listPreferences = await tx.notifications.listPreferences({ kind, userIds: people.map(({ id }) => id) })
  const chosen = new Map(listPreferences.map(({ userId, channel }) => [userId, channel]))
  const channelOf = ({ id }: User) => chosen.get(id) ?? DEFAULT_CHANNEL
  const willing = people.filter((user) => channelOf(user) !== 'off').map(({ id }) => id)
  const { id, actorId, at } = event
  const shared = { id, tenantId: tenant.id, kind, actorId, resource, memberId, at }
  const fresh = new Set(await tx.notifications.insertForUsers(shared, willing))
  const recipients = people.filter((user) => fresh.has(user.id) && channelOf(user) === 'email')
  return emailNotifications(context, tx, { notification: shared, tenant, recipients })
}
