import type { TenancyEvent } from '../../events.js'
import type { NotificationChannel } from '../../model/notification.js'
import type { Position } from '../../model/page.js'
import type { Tenant } from '../../model/tenant.js'
import type { User } from '../../model/user.js'
import type { Transaction } from '../../storage/port.js'
import type { Context } from '../context.js'
import { retryWhenBusy } from '../retry.js'
import { listAudience } from './list-audience.js'
import { mailNotifications } from './mail-notifications.js'
import { tellingOf } from './telling.js'
import type { Telling } from './telling.js'

const PEOPLE_A_PAGE = 100
const OLD_ROWS_A_TIME = 500

/** What somebody gets who has chosen nothing. */
export const DEFAULT_CHANNEL: NotificationChannel = 'in_app'

/** What telling people takes of the context. */
export type NotifyingContext = Pick<
  Context,
  'storage' | 'policy' | 'limits' | 'lifetimes' | 'outbox' | 'clock' | 'newId'
>

type TenantEvent = TenancyEvent & { readonly scope: { readonly tenantId: string } }

function isOfTenant(event: TenancyEvent): event is TenantEvent {
  return 'tenantId' in event.scope
}

/**
 * Tells everybody of an event who is to be told, page by page. It may be called again with the same event, also after it
 * ended half-way: who was told is not told again.
 */
export async function notify(context: NotifyingContext, event: TenancyEvent): Promise<void> {
  const telling = tellingOf(event)
  if (!telling || !isOfTenant(event)) return
  const { tenantId } = event.scope
  const locks = { tenants: [tenantId] }
  for (let after: Position | undefined; ;) {
    const from = after
    const page = await retryWhenBusy(() =>
      context.storage.transaction(locks, (tx) => tellPage(context, tx, { event, telling, after: from })),
    )
    if (page.mailed) context.outbox?.wake()
    if (!page.last) break
    after = page.last
  }
  const before = context.clock() - context.lifetimes.notification
  await retryWhenBusy(() =>
    context.storage.transaction({}, (tx) => tx.notifications.removeOld({ tenantId, before, limit: OLD_ROWS_A_TIME })),
  )
}

interface Page {
  readonly event: TenantEvent
  readonly telling: Telling
  readonly after: Position | undefined
}

/**
 * While the tenant is locked, nobody loses the membership or the right that they are told by. `last` is where the page
 * ended, when there may be more.
 */
async function tellPage(
  context: NotifyingContext,
  tx: Transaction,
  { event, telling, after }: Page,
): Promise<{ readonly last: Position | null; readonly mailed: boolean }> {
  const { tenantId } = event.scope
  const tenant = await tx.tenants.find(tenantId)
  if (tenant?.status !== 'active') return { last: null, mailed: false }
  const page = { limit: PEOPLE_A_PAGE, after }
  const rows = await listAudience(context, tx, telling.audience, { tenant, page })
  const people = rows
    .filter(({ active, user }) => active && user.status === 'active' && user.id !== event.actorId)
    .map(({ user }) => user)
  const mailed = await tell(context, tx, { event, telling, tenant, people })
  const last = rows.at(-1)
  const isFull = last !== undefined && rows.length === PEOPLE_A_PAGE
  return { last: isFull ? { at: last.createdAt, id: last.userId } : null, mailed }
}

/** Writes what people have not turned off, and the mails of those who were not told before. */
async function tell(
  context: NotifyingContext,
  tx: Transaction,
  told: {
    readonly event: TenantEvent
    readonly telling: Telling
    readonly tenant: Tenant
    readonly people: readonly User[]
  },
): Promise<boolean> {
  const { event, telling, tenant, people } = told
  const { kind, resource, memberId } = telling
  const choices = await tx.notifications.choices({ kind, userIds: people.map(({ id }) => id) })
  const chosen = new Map(choices.map(({ userId, channel }) => [userId, channel]))
  const channelOf = ({ id }: User) => chosen.get(id) ?? DEFAULT_CHANNEL
  const willing = people.filter((user) => channelOf(user) !== 'off').map(({ id }) => id)
  const { id, actorId, at } = event
  const shared = { id, tenantId: tenant.id, kind, actorId, resource, memberId, at }
  const fresh = new Set(await tx.notifications.tell(shared, willing))
  const recipients = people.filter((user) => fresh.has(user.id) && channelOf(user) === 'mail')
  return mailNotifications(context, tx, { notification: shared, tenant, recipients })
}
