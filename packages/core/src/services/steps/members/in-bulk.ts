import type { Membership } from '../../../model/membership.js'
import type { User } from '../../../model/user.js'
import { parseEmail } from '../../../model/email.js'
import type { Transaction } from '../../../storage/port.js'
import type { UserReads } from '../../../storage/user-port.js'
import type { TenantStep } from '../../pipeline/command.js'
import { retryOnConflict } from '../users/new-user.js'
import type { AddMemberRow } from './add-member-row.js'

interface Batch {
  readonly members: readonly AddMemberRow[]
  readonly notify: boolean
}

/** The accounts that rows name, by their ids or by their addresses: two statements, whatever their number. */
export async function accountsOf(users: UserReads, rows: readonly AddMemberRow[]): Promise<readonly User[]> {
  const ids = rows.flatMap(({ userId }) => userId ?? [])
  const emailKeys = rows.flatMap(({ email }) => (email === undefined ? [] : (parseEmail(email)?.emailKey ?? [])))
  const found = [
    ...(ids.length > 0 ? await users.findMany({ ids }) : []),
    ...(emailKeys.length > 0 ? await users.findMany({ emailKeys }) : []),
  ]
  return [...new Map(found.map((user) => [user.id, user])).values()]
}

/**
 * A step in which what each row asks for was read for all at once, and what each row writes is written for all by
 * `flush`. The rules of a row stay where they are, and see what the rows before it did. Rows that send mail write each
 * by itself, as mails come with tokens.
 */
export async function inBulk(given: TenantStep, { members, notify }: Batch) {
  if (notify) return { step: given, flush: () => Promise.resolve() }
  const { tx, tenantId } = given
  const people = new Map((await accountsOf(tx.users, members)).map((user) => [user.id, user]))
  const byAddress = new Map([...people.values()].map((user) => [user.emailKey, user]))
  const inside = new Set(await tx.memberships.listMemberIds({ tenantId, userIds: [...people.keys()] }))
  const invites = (await tx.invitations.count({ tenantId })) > 0
  const asked = (await tx.joinRequests.count({ tenantId, status: 'pending' })) > 0
  const roles = new Map<string, ReturnType<Transaction['roles']['find']>>()
  const accounts: User[] = []
  const places = new Map<string, Membership>()
  let seats: Promise<number> | undefined

  const bulk: Transaction = {
    ...tx,
    users: {
      ...tx.users,
      find: async (id) => people.get(id) ?? null,
      findByEmailKey: async (emailKey) => byAddress.get(emailKey) ?? null,
      async insert(user) {
        // The personal tenant that comes with it refers to it at once.
        if (given.context.personalTenants) await tx.users.insert(user)
        else accounts.push(user)
        people.set(user.id, user)
        byAddress.set(user.emailKey, user)
      },
    },
    memberships: {
      ...tx.memberships,
      async find(key) {
        const [place, user] = [places.get(key.userId), people.get(key.userId)]
        if (key.tenantId === tenantId && place && user) return { ...place, user }
        return key.tenantId === tenantId && !inside.has(key.userId) ? null : tx.memberships.find(key)
      },
      async count(filter) {
        if (filter.tenantId !== tenantId || Object.keys(filter).length > 1) return tx.memberships.count(filter)
        seats ??= tx.memberships.count(filter)
        return (await seats) + places.size
      },
      async insert(membership) {
        if (membership.tenantId === tenantId) places.set(membership.userId, membership)
        else await tx.memberships.insert(membership)
      },
    },
    roles: {
      ...tx.roles,
      find(key) {
        const found = roles.get(key.key) ?? tx.roles.find(key)
        roles.set(key.key, found)
        return found
      },
    },
    invitations: invites
      ? tx.invitations
      : { ...tx.invitations, findPending: async () => null, lastDeclinedAt: async () => null },
    joinRequests: asked ? tx.joinRequests : { ...tx.joinRequests, findPending: async () => null },
  }

  async function flush(): Promise<void> {
    await tx.users.insertMany(accounts).catch(retryOnConflict)
    await tx.memberships.insertMany([...places.values()])
  }

  return { step: { ...given, tx: bulk }, flush }
}
