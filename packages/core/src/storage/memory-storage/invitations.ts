import { mailboxOf } from '../../model/email.js'
import type { Invitation } from '../../model/invitation.js'
import type {
  InvitationFilter,
  InvitationKey,
  InvitationReads,
  InvitationRepository,
  InvitationTokens,
} from '../invitation-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { InvitationRow, Tables } from './tables.js'
import { takePage } from './take-page.js'

export function invitationReads({
  tenants,
  invitations,
  invitationByEmailedToken,
  invitationByRevealedToken,
  invitationByEmail,
}: Tables): InvitationReads {
  const ofTenant = (tenantId: string) => invitations.rows(tenantId).map(({ invitation }) => invitation)
  const matching = ({ tenantId, status }: InvitationFilter) =>
    ofTenant(tenantId).filter((invitation) => status === undefined || invitation.status === status)
  const position = ({ createdAt, id }: Invitation) => ({ at: createdAt, id })
  const find = (tenantId: string, id: string) => invitations.get(tenantId, id)?.invitation ?? null
  const findPending = ({ tenantId, emailKey }: { readonly tenantId: string; readonly emailKey: string }) => {
    const id = invitationByEmail.get(tenantId, emailKey)
    return id === undefined ? null : find(tenantId, id)
  }

  return {
    find: async ({ tenantId, id }) => find(tenantId, id),
    async locate(tokenHash) {
      const revealed = invitationByRevealedToken.get(everywhere, tokenHash)
      if (revealed) return { ...revealed, by: 'revealed' }
      const mailed = invitationByEmailedToken.get(everywhere, tokenHash)
      return mailed ? { ...mailed, by: 'mailed' } : null
    },
    findPending: async (query) => findPending(query),
    async listOpenTo({ emailKey, now, limit }) {
      const open = tenants
        .rows(everywhere)
        .flatMap(({ id: tenantId }) => findPending({ tenantId, emailKey }) ?? [])
        .filter(({ expiresAt }) => expiresAt > now)
      return takePage(open, { limit }, 'newest', position)
    },
    async lastDeclinedAt({ tenantId, mailbox }) {
      const declined = matching({ tenantId, status: 'declined' }).filter(
        ({ emailKey }) => mailboxOf(emailKey) === mailbox,
      )
      return declined.reduce<number | null>((last, { resolvedAt }) => Math.max(last ?? 0, resolvedAt ?? 0), null)
    },
    list: async ({ page, ...filter }) => takePage(matching(filter), page, 'newest', position),
    count: async (filter) => matching(filter).length,
    countOpen: async ({ tenantId, now, role }) =>
      matching({ tenantId, status: 'pending' })
        .filter(({ expiresAt }) => expiresAt > now)
        .filter((invitation) => role === undefined || invitation.role === role).length,
  }
}

export function invitationRepository(draft: Draft): InvitationRepository {
  const { invitations, invitationByEmailedToken, invitationByRevealedToken, invitationByEmail } = draft.tables

  const claim = (table: typeof invitationByEmailedToken, tokenHash: string | null, key: InvitationKey) => {
    if (tokenHash === null) return
    if (table.get(everywhere, tokenHash)) draft.refuse('invitation.token')
    table.set(everywhere, tokenHash, key)
  }
  const release = ({ mailed, revealed }: InvitationTokens) => {
    if (mailed !== null) invitationByEmailedToken.remove(everywhere, mailed)
    if (revealed !== null) invitationByRevealedToken.remove(everywhere, revealed)
  }
  const put = (invitation: Invitation, tokens: InvitationTokens) => {
    const { tenantId, id, status } = invitation
    if (status === 'pending') {
      claim(invitationByEmailedToken, tokens.mailed, { tenantId, id })
      claim(invitationByRevealedToken, tokens.revealed, { tenantId, id })
    }
    invitations.set(tenantId, id, { invitation: keep(invitation), tokens: keep(tokens) })
  }
  const pending = (tenantId: string, id: string) => {
    const row = invitations.get(tenantId, id)
    return row?.invitation.status === 'pending' ? row : null
  }
  const resolve = ({ invitation, tokens }: InvitationRow, status: Invitation['status'], at: number) => {
    release(tokens)
    invitationByEmail.remove(invitation.tenantId, invitation.emailKey)
    put({ ...invitation, status, resolvedAt: at }, tokens)
  }

  return {
    ...invitationReads(draft.tables),
    async insert(invitation, tokens) {
      const { tenantId, id, emailKey, status } = invitation
      if (status === 'pending') {
        if (invitationByEmail.get(tenantId, emailKey)) draft.refuse('invitation.pending')
        invitationByEmail.set(tenantId, emailKey, id)
      }
      put(invitation, tokens)
    },
    async renew({ tenantId, id, tokens, ...anew }) {
      const row = pending(tenantId, id)
      if (!row) return false
      release(row.tokens)
      put({ ...row.invitation, ...anew }, tokens)
      return true
    },
    async resolve({ tenantId, id, status, at }) {
      const row = pending(tenantId, id)
      if (row) resolve(row, status, at)
      return row !== null
    },
    async revokeByInviter({ tenantId, inviterId, at }) {
      const revoked = invitations
        .rows(tenantId)
        .filter(({ invitation }) => invitation.status === 'pending' && invitation.inviterId === inviterId)
      for (const row of revoked) resolve(row, 'revoked', at)
      return revoked.map(({ invitation }) => invitation.id)
    },
  }
}
