import { SYSTEM, type Tenancy, type User } from '@tenantry/core'

const OPERATOR = 'operator@example.com'
const OWNER = 'owner@example.com'

/** The accounts that the first start creates; `null` for those that were removed since. */
export interface Demo {
  readonly operator: User
  readonly owner: User | null
  readonly workspaceId: string | null
  /** Whether an earlier start has completed and shown the tokens. */
  readonly isFinished: boolean
}

/**
 * Finds or creates the operator, the owner and the workspace. Every step is idempotent, so the next start completes one
 * that was interrupted. An operator without a name marks an incomplete start.
 */
export async function prepareDemo(tenancy: Tenancy): Promise<Demo> {
  const { users } = tenancy.as(SYSTEM)
  const operator =
    (await findUser(tenancy, OPERATOR)) ??
    (await users.create({ email: OPERATOR, emailVerified: true, superuser: true }))
  const isFinished = operator.name !== null
  let owner = await findUser(tenancy, OWNER)
  if (!owner && !isFinished) owner = await users.create({ email: OWNER, name: 'Ann', emailVerified: true })
  let workspaceId = await findWorkspace(tenancy, owner)
  if (owner && workspaceId === null && !isFinished) {
    const organization = tenancy.as({ userId: owner.id }).organization(await prepareOrganization(tenancy, owner))
    workspaceId = (await organization.tenants.create({ name: 'Demo' })).id
  }
  return { operator, owner, workspaceId, isFinished }
}

/** The organization of the workspace; the owner is its admin. */
async function prepareOrganization(tenancy: Tenancy, { id }: User): Promise<string> {
  const [known] = await tenancy.as({ userId: id }).organizations.list()
  if (known) return known.organization.id
  const demo = { shortName: 'demo', displayName: 'Demo organization', adminId: id }
  return (await tenancy.as(SYSTEM).organizations.create(demo)).id
}

/** Records that the tokens have been shown. */
export async function finishDemo(tenancy: Tenancy, { operator }: Demo): Promise<void> {
  await tenancy.as(SYSTEM).users.update({ userId: operator.id, name: 'Operator' })
}

async function findUser(tenancy: Tenancy, email: string): Promise<User | null> {
  const { items } = await tenancy.as(SYSTEM).users.list({ keyword: email, limit: 100 })
  const found = items.find((user) => user.emailKey === email)
  return found ? tenancy.as(SYSTEM).users.get({ userId: found.id }) : null
}

async function findWorkspace(tenancy: Tenancy, owner: User | null): Promise<string | null> {
  if (owner?.status !== 'active') return null
  const { items } = await tenancy.as({ userId: owner.id }).tenants.list({ limit: 1 })
  return items[0]?.tenant.id ?? null
}
