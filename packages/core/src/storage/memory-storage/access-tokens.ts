import type { AccessToken } from '../../model/access-token.js'
import type { AccessTokenReads, AccessTokenRepository } from '../access-token-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'
import { takePage } from './take-page.js'

export function accessTokenReads({ accessTokens, accessTokenByHash, users }: Tables): AccessTokenReads {
  const ofUser = (userId: string) => accessTokens.rows(userId).map(({ token }) => token)

  return {
    async findByHash(tokenHash) {
      const token = accessTokenByHash.get(everywhere, tokenHash)
      const user = token && users.get(everywhere, token.userId)
      return user ? { token, user } : null
    },
    list: async ({ userId, page }) =>
      takePage(ofUser(userId), page, 'newest', ({ createdAt, id }) => ({ at: createdAt, id })),
    count: async (userId) => ofUser(userId).length,
  }
}

export function accessTokenRepository(draft: Draft): AccessTokenRepository {
  const { accessTokens, accessTokenByHash } = draft.tables

  const put = (token: AccessToken, tokenHash: string) => {
    const kept = keep(token)
    accessTokens.set(kept.userId, kept.id, { token: kept, tokenHash })
    accessTokenByHash.set(everywhere, tokenHash, kept)
  }
  const remove = (userId: string, id: string) => {
    const row = accessTokens.get(userId, id)
    if (row) accessTokenByHash.remove(everywhere, row.tokenHash)
    return accessTokens.remove(userId, id)
  }

  return {
    ...accessTokenReads(draft.tables),
    async insert(token, tokenHash) {
      if (accessTokenByHash.get(everywhere, tokenHash)) draft.refuse('access_token.hash')
      put(token, tokenHash)
    },
    async touch({ userId, id, at }) {
      const row = accessTokens.get(userId, id)
      if (row) put({ ...row.token, lastUsedAt: at }, row.tokenHash)
      return row !== undefined
    },
    delete: async ({ userId, id }) => remove(userId, id),
    deleteAll: async (userId) => accessTokens.rows(userId).filter(({ token }) => remove(userId, token.id)).length,
  }
}
