import type { Membership } from '../../model/membership.js'
import type { TenantOfUser, TenantReads, TenantRepository } from '../tenant-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'
import { takePage } from './take-page.js'

export function tenantReads({ tenants, tenantBySlug, userStates, memberships, membershipByUser }: Tables): TenantReads {
  const open = (membership: Membership): TenantOfUser | null => {
    const tenant = tenants.get(everywhere, membership.tenantId)
    return tenant?.status === 'active' && membership.active ? { tenant, membership } : null
  }
  const openTo = (userId: string) => membershipByUser.rows(userId).flatMap((membership) => open(membership) ?? [])
  const position = ({ membership }: TenantOfUser) => ({ at: membership.createdAt, id: membership.tenantId })
  const notDeleted = () => tenants.rows(everywhere).filter(({ status }) => status !== 'deleted')

  const ofOrganization = (id: string) => notDeleted().filter(({ organizationId }) => organizationId === id)

  return {
    find: async (id) => tenants.get(everywhere, id) ?? null,
    findIdBySlug: async (slug) => tenantBySlug.get(everywhere, slug) ?? null,
    listByUser: async ({ userId, countMembers = false, page }) =>
      takePage(openTo(userId), page, 'oldest', position).map((open) => ({
        ...open,
        membersCount: countMembers ? memberships.rows(open.tenant.id).length : null,
      })),
    countByUser: async ({ userId }) => openTo(userId).length,
    listAll: async ({ page }) => takePage(notDeleted(), page, 'newest', ({ createdAt, id }) => ({ at: createdAt, id })),
    countAll: async () => notDeleted().length,
    listByOrganization: async ({ organizationId, page }) =>
      takePage(ofOrganization(organizationId), page, 'oldest', ({ createdAt, id }) => ({ at: createdAt, id })),
    countByOrganization: async ({ organizationId }) => ofOrganization(organizationId).length,
    async current({ userId }) {
      const current = userStates.get(everywhere, userId)?.currentTenantId
      const membership = current ? membershipByUser.get(userId, current) : undefined
      const switchedTo = membership ? open(membership) : null
      return switchedTo ?? takePage(openTo(userId), { limit: 1 }, 'oldest', position)[0] ?? null
    },
  }
}

export function tenantRepository(draft: Draft): TenantRepository {
  const { tenants, tenantBySlug, memberships, purges } = draft.tables

  const claimSlug = (id: string, slug: string | null) => {
    if (slug === null) return
    if ((tenantBySlug.get(everywhere, slug) ?? id) !== id) draft.refuse('tenant.slug')
    tenantBySlug.set(everywhere, slug, id)
  }
  const checkOwner = (id: string) =>
    draft.atCommit(() => {
      const tenant = tenants.get(everywhere, id)
      return !tenant || memberships.get(id, tenant.ownerId) !== undefined
    })

  return {
    ...tenantReads(draft.tables),
    async insert(tenant) {
      if (tenants.get(everywhere, tenant.id)) draft.refuse('tenant.id')
      claimSlug(tenant.id, tenant.slug)
      tenants.set(everywhere, tenant.id, keep(tenant))
      checkOwner(tenant.id)
    },
    async update({ id, status, set }) {
      const tenant = tenants.get(everywhere, id)
      if (tenant?.status !== status) return false
      if (set.slug !== undefined) {
        claimSlug(id, set.slug)
        if (tenant.slug !== null && tenant.slug !== set.slug) tenantBySlug.remove(everywhere, tenant.slug)
      }
      tenants.set(everywhere, id, keep({ ...tenant, ...set }))
      checkOwner(id)
      return true
    },
    async setStatus({ id, from, to, deletedAt = null }) {
      const tenant = tenants.get(everywhere, id)
      if (tenant?.status !== from || purges.get(everywhere, id) !== undefined) return false
      tenants.set(everywhere, id, keep({ ...tenant, status: to, deletedAt }))
      return true
    },
  }
}
