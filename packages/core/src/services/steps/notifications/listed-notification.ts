import { isUnseen } from '../../../model/membership.js'
import type { NotificationKind } from '../../../model/notification.js'
import type { Subject } from '../../../policy/decide.js'
import { decide } from '../../../policy/decide.js'
import type { NotificationWithSubject } from '../../../storage/notification-port.js'
import type { Reads } from '../../../storage/port.js'
import { isTenancyError } from '../../../errors.js'
import { resolveAccess } from '../../pipeline/authorize.js'
import type { Context } from '../../pipeline/context.js'
import { mayRead } from '../resources/load-resource.js'

interface Named {
  readonly id: string
  /** Of a person, `null` when they gave none. */
  readonly name: string | null
}

/** A notification as its reader sees it: what they may not see, or is gone, is `null`. Times are milliseconds since 1970. */
export interface ListedNotification {
  readonly id: string
  readonly kind: NotificationKind
  readonly at: number
  /** When it was read; `null` when it was not. */
  readonly readAt: number | null
  readonly tenant: { readonly id: string; readonly name: string }
  /** Who did it; `null` also for the host's own code. */
  readonly actor: Named | null
  readonly resource: { readonly type: string; readonly id: string; readonly name: string } | null
  readonly member: Named | null
}

/** What of these a person sees, as they stand in each of the tenants now. Those of a tenant they are out of are left out. */
export async function toListedNotifications(
  context: Context,
  read: Pick<Reads, 'access' | 'memberships'>,
  rows: readonly NotificationWithSubject[],
): Promise<readonly ListedNotification[]> {
  const subjects = new Map<string, Subject | null>()
  for (const { notification } of rows) {
    const { tenantId, userId } = notification
    if (!subjects.has(tenantId)) subjects.set(tenantId, await subjectIn(context, read, { tenantId, userId }))
  }
  const listed: ListedNotification[] = []
  for (const row of rows) {
    const subject = subjects.get(row.notification.tenantId)
    if (subject) listed.push(present(context, subject, { ...row, member: await memberShown(read, row) }))
  }
  return listed
}

/** The member it is about, as other members see them: somebody who was added and has not been there yet is as they were typed. */
async function memberShown(
  { memberships }: Pick<Reads, 'memberships'>,
  { notification: { tenantId }, member }: NotificationWithSubject,
): Promise<NotificationWithSubject['member']> {
  const membership = member && (await memberships.find({ tenantId, userId: member.id }))
  return membership && isUnseen(membership) ? { ...member, name: membership.addedAs?.name ?? null } : member
}

async function subjectIn(
  context: Context,
  read: Pick<Reads, 'access'>,
  key: { readonly tenantId: string; readonly userId: string },
): Promise<Subject | null> {
  try {
    return (await resolveAccess(context, read, key)).subject
  } catch (error) {
    // They are out since the rows were read.
    if (isTenancyError(error)) return null
    throw error
  }
}

function present(context: Context, subject: Subject, row: NotificationWithSubject): ListedNotification {
  const { notification, tenant, actor, member, resource } = row
  const { id, kind, at, readAt, tenantId } = notification
  const seesMembers = decide(context.policy, subject, 'member:read').allowed
  const seen = <Person extends Named>(person: Person | null) =>
    person && (seesMembers || person.id === subject.userId) ? person : null
  const isSeen = resource !== null && mayRead({ context, tenantId, subject }, resource)
  return {
    ...{ id, kind, at, readAt, tenant },
    actor: seen(actor),
    resource: isSeen ? { type: resource.type, id: resource.id, name: resource.name } : null,
    member: seen(member),
  }
}
