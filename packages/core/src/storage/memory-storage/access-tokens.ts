import type { AccessToken } from '../../model/access-token.js'
import type { AccessTokenFilter, AccessTokenReads, AccessTokenRepository } from '../access-token-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'
import { takePage } from './take-page.js'

export function accessTokenReads({ accessTokens, accessTokenByHash, users }: Tables): AccessTokenReads {
  const listed = ({ userId, liveAt }: AccessTokenFilter) =>
    accessTokens
      .rows(userId)
      .map(({ token }) => token)
      .filter(({ expiresAt }) => liveAt === undefined || expiresAt > liveAt)

  return {
    async findByHash(tokenHash) {
      const token = accessTokenByHash.get(everywhere, tokenHash)
      const user = token && users.get(everywhere, token.userId)
      return user ? { token, user } : null
    },
    list: async ({ page, ...filter }) =>
      takePage(listed(filter), page, 'newest', ({ createdAt, id }) => ({ at: createdAt, id })),
    count: async (filter) => listed(filter).length,
  }
}

export function accessTokenRepository(draft: Draft): AccessTokenRepository {
  const { accessTokens, accessTokenByHash } = draft.tables

  const set = (token: AccessToken, tokenHash: string) => {
    const kept = keep(token)
    accessTokens.set(kept.userId, kept.id, { token: kept, tokenHash })
    accessTokenByHash.set(everywhere, tokenHash, kept)
  }
  const remove = (userId: string, id: string) => {
    const row = accessTokens.get(userId, id)
    if (row) accessTokenByHash.remove(everywhere, row.tokenHash)
    return accessTokens.remove(userId, id)
  }
  const ofSameDevice = ({ userId, clientId, label }: AccessToken) =>
    clientId === null || label === null
      ? undefined
      : accessTokens.rows(userId).find(({ token }) => token.clientId === clientId && token.label === label)

  return {
    ...accessTokenReads(draft.tables),
    async put(token, tokenHash) {
      const id = ofSameDevice(token)?.token.id ?? token.id
      const holder = accessTokenByHash.get(everywhere, tokenHash)
      if (holder && (holder.userId !== token.userId || holder.id !== id)) draft.refuse('access_token.hash')
      remove(token.userId, id)
      set({ ...token, id }, tokenHash)
      return id
    },
    async touch({ userId, id, at }) {
      const row = accessTokens.get(userId, id)
      if (row) set({ ...row.token, lastUsedAt: at }, row.tokenHash)
      return row !== undefined
    },
    delete: async ({ userId, id }) => remove(userId, id),
    deleteAll: async (userId, keptId) =>
      accessTokens.rows(userId).filter(({ token }) => token.id !== keptId && remove(userId, token.id)).length,
  }
}
