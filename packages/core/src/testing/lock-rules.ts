import type { Locks } from '../storage/port.js'

/** A row that a lock can hold. */
export interface LockableRow {
  readonly kind: keyof Locks
  readonly id: string
}

const KIND_OF_FIELD: Readonly<Record<string, keyof Locks>> = {
  tenantId: 'tenants',
  ownerTenantId: 'tenants',
  organizationId: 'organizations',
  userId: 'users',
}

/** Nouns that are lockable rows themselves: `id` names the row. */
const KIND_OF_NOUN: Readonly<Record<string, keyof Locks>> = {
  tenants: 'tenants',
  organizations: 'organizations',
  users: 'users',
}

/** Writes that decide nothing another transaction could change: claimed under a lease, or guarded updates of one inbox. */
const NEEDS_NO_LOCK: ReadonlySet<string> = new Set([
  'counters',
  'deviceAuthorizations',
  'externalTokens',
  'emails',
  'notificationChains',
  'notifications',
  'eventDelivery',
])

const READ =
  /^(find|list|count|locate|head|current|lastDeclinedAt|lastRejectedAt|totals|getPreferences|choices|backlog)/

/** A call of a repository inside a transaction. */
export interface RepositoryCall {
  readonly noun: string
  readonly method: string
  readonly args: readonly unknown[]
}

export function isWrite({ noun, method }: RepositoryCall): boolean {
  return noun !== 'access' && !READ.test(method)
}

/** The rows that a write changes, or changes rows below. */
export function rowsWritten({ noun, method, args }: RepositoryCall): readonly LockableRow[] {
  if (NEEDS_NO_LOCK.has(noun) || isActivity({ noun, method, args })) return []
  const [first] = args
  if (typeof first === 'string') return [{ kind: KIND_OF_NOUN[noun] ?? kindOfText(noun), id: first }]
  const fixture = (noun === 'events' ? (first as { scope: object }).scope : first) as Readonly<Record<string, unknown>>
  const named = Object.entries(fixture).flatMap(([field, id]): LockableRow[] => {
    const kind =
      field === 'id' ? KIND_OF_NOUN[noun] : method === 'share' && field === 'to' ? 'tenants' : KIND_OF_FIELD[field]
    return kind && typeof id === 'string' ? [{ kind, id }] : []
  })
  // A row below a tenant or an organization is held by it. A new membership also counts against its user's limits.
  const above = named.filter(({ kind }) => kind !== 'users')
  return above.length > 0 && method !== 'insert' ? above : named
}

function kindOfText(noun: string): keyof Locks {
  return ['accessTokens', 'formerMembers', 'joinRequests'].includes(noun) ? 'users' : 'tenants'
}

/** When somebody was last active, or acted for the first time, is a note, written by whoever comes last. */
function isActivity({ noun, method, args }: RepositoryCall): boolean {
  if (noun === 'accessTokens' && method === 'touch') return true
  const set = (args[0] as { readonly set?: object } | undefined)?.set
  if (method !== 'update' || set === undefined) return false
  const field = Object.keys(set).join()
  return (noun === 'memberships' && field === 'lastActiveAt') || (noun === 'users' && field === 'waitingSince')
}

const COUNTS_OF_A_USER = new Set([
  'formerMembers.listByUser',
  'joinRequests.countPendingByUser',
  'memberships.countByUser',
  'memberships.listByUser',
  'organizationMembers.listByUser',
  'tenants.countByUser',
])

/** The user whose rows across tenants a read counts or lists: what it returns holds only while the user is locked. */
export function userCounted({ noun, method, args }: RepositoryCall): LockableRow | null {
  if (!COUNTS_OF_A_USER.has(`${noun}.${method}`)) return null
  const [first] = args
  return { kind: 'users', id: typeof first === 'string' ? first : (first as { readonly userId: string }).userId }
}
