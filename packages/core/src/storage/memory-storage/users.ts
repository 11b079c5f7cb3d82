import { isUnseen } from '../../model/membership.js'
import type { User } from '../../model/user.js'
import type { UserFilter, UserReads, UserRepository } from '../user-port.js'
import type { Draft } from './draft.js'
import { hasKeyword } from './has-keyword.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'
import { takePage } from './take-page.js'

export function userReads({ users, userByEmail, passwordHashes, userStates, memberships }: Tables): UserReads {
  const position = ({ createdAt, id }: User) => ({ at: createdAt, id })
  const isSeenIn = (tenantId: string, userId: string) => {
    const membership = memberships.get(tenantId, userId)
    return membership !== undefined && !isUnseen(membership)
  }
  const isKnown = ({ id, createdBy }: User, { userId, tenantIds }: NonNullable<UserFilter['knownTo']>) =>
    id === userId || createdBy === userId || tenantIds.some((tenantId) => isSeenIn(tenantId, id))
  const matching = ({ keyword, emailKey, knownTo }: UserFilter) =>
    users
      .rows(everywhere)
      .filter((user) => user.status !== 'deleted' && hasKeyword(user, keyword))
      .filter((user) => emailKey === undefined || user.emailKey === emailKey)
      .filter((user) => !knownTo || isKnown(user, knownTo))

  return {
    find: async (id) => users.get(everywhere, id) ?? null,
    async findByEmailKey(emailKey) {
      const id = userByEmail.get(everywhere, emailKey)
      return id === undefined ? null : (users.get(everywhere, id) ?? null)
    },
    async findMany(query) {
      const ids = 'ids' in query ? query.ids : query.emailKeys.map((key) => userByEmail.get(everywhere, key) ?? '')
      return [...new Set(ids)].flatMap((id) => users.get(everywhere, id) ?? [])
    },
    findPasswordHash: async (id) => passwordHashes.get(everywhere, id) ?? null,
    listLastLogins: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const at = userStates.get(everywhere, id)?.lastLoginAt ?? null
          return at === null ? [] : [[id, at]]
        }),
      ),
    list: async ({ page, ...filter }) => takePage(matching(filter), page, 'oldest', position),
    count: async (filter) => matching(filter).length,
  }
}

export function userRepository(draft: Draft): UserRepository {
  const { users, userByEmail, passwordHashes, userStates } = draft.tables

  const claimEmail = (id: string, emailKey: string) => {
    if ((userByEmail.get(everywhere, emailKey) ?? id) !== id) draft.refuse('user.email')
    userByEmail.set(everywhere, emailKey, id)
  }

  const insert = (user: User) => {
    if (users.get(everywhere, user.id)) draft.refuse('user.id')
    claimEmail(user.id, user.emailKey)
    users.set(everywhere, user.id, keep(user))
  }

  return {
    ...userReads(draft.tables),
    insert: async (user) => insert(user),
    insertMany: async (many) => many.forEach(insert),
    async update({ id, set }) {
      const user = users.get(everywhere, id)
      if (!user) return false
      if (set.emailKey !== undefined && set.emailKey !== user.emailKey) {
        claimEmail(id, set.emailKey)
        userByEmail.remove(everywhere, user.emailKey)
      }
      users.set(everywhere, id, keep({ ...user, ...set }))
      return true
    },
    async setState({ id, set }) {
      if (!users.get(everywhere, id)) return false
      const state = userStates.get(everywhere, id) ?? { currentTenantId: null, lastLoginAt: null }
      userStates.set(everywhere, id, { ...state, ...set })
      return true
    },
    async setPasswordHash(id, passwordHash) {
      if (!users.get(everywhere, id)) return false
      if (passwordHash === null) passwordHashes.remove(everywhere, id)
      else passwordHashes.set(everywhere, id, passwordHash)
      return true
    },
  }
}
