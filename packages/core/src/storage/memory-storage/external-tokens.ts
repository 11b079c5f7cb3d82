import type { ExternalToken } from '../../model/external-token.js'
import type {
  ExternalSubjectKey,
  ExternalTokenFilter,
  ExternalTokenReads,
  ExternalTokenRepository,
} from '../external-token-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'
import { takePage } from './take-page.js'

/** Of two texts, so that no two subjects share a group. */
const groupOf = ({ issuer, emailKey }: ExternalSubjectKey) => JSON.stringify([issuer, emailKey])

export function externalTokenReads({ externalTokens, externalTokenByHash }: Tables): ExternalTokenReads {
  const live = ({ subject, liveAt }: ExternalTokenFilter) =>
    externalTokens
      .rows(groupOf(subject))
      .map(({ token }) => token)
      .filter(({ expiresAt }) => expiresAt > liveAt)

  return {
    findByHash: async (tokenHash) => externalTokenByHash.get(everywhere, tokenHash) ?? null,
    list: async ({ page, ...filter }) =>
      takePage(live(filter), page, 'newest', ({ createdAt, id }) => ({ at: createdAt, id })),
    count: async (filter) => live(filter).length,
  }
}

export function externalTokenRepository(draft: Draft): ExternalTokenRepository {
  const { externalTokens, externalTokenByHash } = draft.tables

  const set = (token: ExternalToken, tokenHash: string) => {
    const kept = keep(token)
    externalTokens.set(groupOf(kept.subject), kept.id, { token: kept, tokenHash })
    externalTokenByHash.set(everywhere, tokenHash, kept)
  }
  const remove = (subject: ExternalSubjectKey, id: string) => {
    const row = externalTokens.get(groupOf(subject), id)
    if (row) externalTokenByHash.remove(everywhere, row.tokenHash)
    return externalTokens.remove(groupOf(subject), id)
  }

  return {
    ...externalTokenReads(draft.tables),
    async put(token, tokenHash) {
      const { subject, clientId, label } = token
      const before = externalTokens
        .rows(groupOf(subject))
        .find((row) => row.token.clientId === clientId && row.token.label === label)
      const id = before?.token.id ?? token.id
      if (externalTokenByHash.get(everywhere, tokenHash) && before?.tokenHash !== tokenHash)
        draft.refuse('external_token.hash')
      remove(subject, id)
      set({ ...token, id }, tokenHash)
      return id
    },
    async touch({ subject, id, at }) {
      const row = externalTokens.get(groupOf(subject), id)
      if (row) set({ ...row.token, lastUsedAt: at }, row.tokenHash)
      return row !== undefined
    },
    delete: async ({ subject, id }) => remove(subject, id),
    sweep: async (now) =>
      externalTokenByHash
        .rows(everywhere)
        .filter(({ subject, id, expiresAt }) => expiresAt <= now && remove(subject, id)).length,
  }
}
