import type {
  Event,
  EventScope,
  Invitation,
  Share,
  Member,
  OwnershipTransfer,
  Resource,
  Storage,
  Tenant,
  User,
} from '@tenantry/core'
import { BEFORE_THE_FIRST, followChain } from '../chain.js'
import type { Side } from './scenario.js'

/** Everything a storage shows, read through its port. */
export interface Observed {
  readonly tenants: readonly ObservedTenant[]
  readonly users: readonly ObservedUser[]
  readonly chains: Readonly<Record<string, readonly Event[]>>
  readonly tenantCount: number
  readonly userCount: number
}

export interface ObservedTenant {
  readonly tenant: Tenant
  readonly members: readonly Member[]
  readonly memberCount: number
  readonly invitations: readonly Invitation[]
  readonly transfer: OwnershipTransfer | null
  /** What the tenant sees of the resources that were asked for, and how many there are. */
  readonly resources: readonly Resource[]
  readonly resourceCount: number
  /** What is shared into the tenant or out of it. */
  readonly shares: readonly Share[]
}

interface ObservedUser {
  readonly user: User
  readonly accessTokenIds: readonly string[]
  /** The tenant a request works in that names none. */
  readonly currentTenantId: string | null
}

const ALL = { page: { limit: 1000 } } as const

/**
 * Reads what is there about these tenants and users; of the audit log, only what was added since.
 *
 * @throws {Error} when one is missing, or when a hash chain does not hold.
 */
export async function observe(
  side: Pick<Side, 'storage' | 'chains'>,
  known: {
    readonly tenantIds: readonly string[]
    readonly userIds: readonly string[]
    readonly resourceIds: readonly string[]
  },
): Promise<Observed> {
  const { storage } = side
  const { read } = storage
  const [tenants, users, tenantCount, userCount] = await Promise.all([
    Promise.all(known.tenantIds.map((id) => observeTenant(storage, id, known.resourceIds))),
    Promise.all(known.userIds.map((id) => observeUser(storage, id))),
    read.tenants.countAll(),
    read.users.count({}),
  ])
  for (const tenantId of known.tenantIds) await readOn(side, tenantId, { tenantId })
  for (const userId of known.userIds) await readOn(side, userId, { userId })
  return { tenants, users, chains: Object.fromEntries(side.chains), tenantCount, userCount }
}

async function observeTenant(
  { read }: Storage,
  tenantId: string,
  resourceIds: readonly string[],
): Promise<ObservedTenant> {
  const [tenant, members, memberCount, invitations, transfer, totals] = await Promise.all([
    read.tenants.find(tenantId),
    read.memberships.list({ tenantId, ...ALL }),
    read.memberships.count({ tenantId }),
    read.invitations.list({ tenantId, ...ALL }),
    read.ownershipTransfers.find(tenantId),
    read.resources.totals({ tenantId }),
  ])
  if (!tenant) throw new Error(`The tenant ${tenantId} is gone.`)
  const resourceCount = totals.reduce((sum, { count }) => sum + count, 0)
  const found = await Promise.all(resourceIds.map((id) => read.resources.find({ tenantId, type: 'protocol', id })))
  const resources = found.filter((one) => one !== null)
  const shares = resourceIds.length > 0 ? await read.resources.listShares({ tenantId }) : []
  return { tenant, members, memberCount, invitations, transfer, resources, resourceCount, shares }
}

async function observeUser({ read }: Storage, userId: string): Promise<ObservedUser> {
  const [user, tokens, current] = await Promise.all([
    read.users.find(userId),
    read.accessTokens.list({ userId, ...ALL }),
    read.tenants.current({ userId }),
  ])
  if (!user) throw new Error(`The user ${userId} is gone.`)
  return { user, accessTokenIds: tokens.map(({ id }) => id), currentTenantId: current?.tenant.id ?? null }
}

async function readOn(
  { storage, chains }: Pick<Side, 'storage' | 'chains'>,
  id: string,
  scope: EventScope,
): Promise<void> {
  const before = chains.get(id) ?? []
  const end = before.at(-1) ?? BEFORE_THE_FIRST
  const added = await storage.read.events.list({ scope, order: 'oldest', limit: 1000, after: end.seq })
  followChain(added, end)
  chains.set(id, [...before, ...added])
}
