import type { FormerMemberReads, FormerMemberRepository } from '../former-member-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import type { Tables } from './tables.js'
import { compareIds } from './take-page.js'

export function formerMemberReads({ formerMembers, formerMemberByUser }: Tables): FormerMemberReads {
  return {
    find: async ({ tenantId, userId }) => formerMembers.get(tenantId, userId) ?? null,
    async listByUser(userId) {
      const tenants = [...formerMemberByUser.rows(userId)].sort(compareIds)
      return tenants.flatMap((tenantId) => formerMembers.get(tenantId, userId) ?? [])
    },
  }
}

export function formerMemberRepository({ tables }: Draft): FormerMemberRepository {
  const { formerMembers, formerMemberByUser } = tables

  return {
    ...formerMemberReads(tables),
    async put(former) {
      const { tenantId, userId } = former
      formerMembers.set(tenantId, userId, keep(former))
      formerMemberByUser.set(userId, tenantId, tenantId)
    },
    async deleteByUser(userId) {
      const theirs = formerMemberByUser.rows(userId)
      for (const tenantId of theirs) {
        formerMembers.remove(tenantId, userId)
        formerMemberByUser.remove(userId, tenantId)
      }
      return theirs.length
    },
  }
}
