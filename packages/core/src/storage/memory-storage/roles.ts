import type { RoleReads, RoleRepository } from '../role-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import type { Tables } from './tables.js'
import { compareIds } from './take-page.js'

export function roleReads({ tenantRoles }: Tables): RoleReads {
  return {
    find: async ({ tenantId, key }) => tenantRoles.get(tenantId, key) ?? null,
    list: async (tenantId) => [...tenantRoles.rows(tenantId)].sort((a, b) => compareIds(a.key, b.key)),
    count: async (tenantId) => tenantRoles.rows(tenantId).length,
  }
}

export function roleRepository(draft: Draft): RoleRepository {
  const { tenantRoles } = draft.tables
  return {
    ...roleReads(draft.tables),
    async insert(role) {
      if (tenantRoles.get(role.tenantId, role.key)) draft.refuse('role')
      tenantRoles.set(role.tenantId, role.key, keep(role))
    },
    async update({ tenantId, key, set }) {
      const role = tenantRoles.get(tenantId, key)
      if (role) tenantRoles.set(tenantId, key, keep({ ...role, ...set }))
      return role !== undefined
    },
    delete: async ({ tenantId, key }) => tenantRoles.remove(tenantId, key),
  }
}
