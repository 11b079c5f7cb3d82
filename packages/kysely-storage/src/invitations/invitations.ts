import type { Invitation, InvitationReads, InvitationRepository, InvitationStatus } from '@tenantry/core'
import { sql, type Insertable } from 'kysely'
import { invitationTokens } from './invitation-tokens.js'
import { invitationColumns, toInvitation } from './invitation-rows.js'
import type { InvitationTable } from '../schema/invitation-tables.js'
import type { Sql } from '../database/dialect.js'
import { onePage, pageArguments, type PageArguments } from '../statements/keyset.js'
import { acrossTenants, ofTenant, type Executor } from '../statements/statement.js'

interface OpenFilter {
  readonly tenantId: string
  readonly now: number
  readonly role: string | undefined
}

/** The keys of a mailbox's addresses: its own, and those between `from` and `before` that end like it. */
interface OfMailbox {
  readonly tenantId: string
  readonly mailbox: string
  readonly from: string
  readonly before: string
  readonly like: string
}

/** The addresses with a plus tag lie together in the index, before the one without: `+`, `,` … `@` is the order of bytes. */
function taggedOf(mailbox: string): Pick<OfMailbox, 'from' | 'before' | 'like'> {
  const at = mailbox.indexOf('@')
  const local = mailbox.slice(0, at)
  // No domain has a character that `like` reads otherwise.
  return { from: `${local}+`, before: `${local},`, like: `%${mailbox.slice(at)}` }
}

const pending = sql.lit('pending' as const)

export function invitations({ db }: Sql) {
  const tokens = invitationTokens(db)
  const every = (tenantId: string) => db.selectFrom('invitations').where('tenant_id', '=', tenantId)
  const find = ofTenant('tenantId', ({ tenantId, id }: { tenantId: string; id: string }) =>
    every(tenantId).select(invitationColumns).where('id', '=', id),
  )
  const findPending = ofTenant('tenantId', ({ tenantId, emailKey }: { tenantId: string; emailKey: string }) =>
    every(tenantId).select(invitationColumns).where('email_key', '=', emailKey).where('status', '=', pending),
  )
  const listOpenTo = acrossTenants(({ emailKey, now, limit }: { emailKey: string; now: number; limit: number }) =>
    db
      .selectFrom('invitations')
      .select(invitationColumns)
      .where('email_key', '=', emailKey)
      .where('status', '=', pending)
      .where('expires_at', '>', now)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit),
  )
  const lastDeclined = ofTenant('tenantId', ({ tenantId, mailbox, from, before, like }: OfMailbox) =>
    every(tenantId)
      .select(({ fn }) => fn.max('resolved_at').as('at'))
      .where('email_key', '>=', from)
      .where('email_key', '<=', mailbox)
      .where(({ eb, or, and }) =>
        or([eb('email_key', '=', mailbox), and([eb('email_key', '<', before), eb('email_key', 'like', like)])]),
      )
      .where('status', '=', sql.lit('declined' as const)),
  )
  const listed = (tenantId: string, status: InvitationStatus | undefined) =>
    status === undefined ? every(tenantId) : every(tenantId).where('status', '=', status)
  const list = ofTenant(
    'tenantId',
    (given: PageArguments & { tenantId: string; status: InvitationStatus | undefined }) =>
      onePage(
        listed(given.tenantId, given.status).select(invitationColumns),
        ['created_at', 'id'],
        'descending',
        given,
      ),
  )
  const count = ofTenant(
    'tenantId',
    ({ tenantId, status }: { tenantId: string; status: InvitationStatus | undefined }) =>
      listed(tenantId, status).select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const countOpen = ofTenant('tenantId', ({ tenantId, now, role }: OpenFilter) => {
    const open = every(tenantId).where('status', '=', pending).where('expires_at', '>', now)
    const counted = role === undefined ? open : open.where('role', '=', role)
    return counted.select(({ fn }) => fn.countAll<number>().as('count'))
  })

  const insert = ofTenant('tenant_id', (row: Insertable<InvitationTable>) => db.insertInto('invitations').values(row), {
    deferrable: true,
  })
  const renew = ofTenant(
    'tenantId',
    (given: Pick<Invitation, 'tenantId' | 'id' | 'role' | 'inviterId' | 'language' | 'expiresAt'>) =>
      db
        .updateTable('invitations')
        .set({
          role: given.role,
          inviter_id: given.inviterId,
          language: given.language,
          expires_at: given.expiresAt,
        })
        .where('tenant_id', '=', given.tenantId)
        .where('id', '=', given.id)
        .where('status', '=', pending),
  )
  const resolve = ofTenant(
    'tenantId',
    (given: { tenantId: string; id: string; status: InvitationStatus; at: number }) =>
      db
        .updateTable('invitations')
        .set({ status: given.status, resolved_at: given.at })
        .where('tenant_id', '=', given.tenantId)
        .where('id', '=', given.id)
        .where('status', '=', pending),
  )
  const revokeByInviter = ofTenant(
    'tenantId',
    ({ tenantId, inviterId, at }: { tenantId: string; inviterId: string; at: number }) =>
      db
        .updateTable('invitations')
        .set({ status: 'revoked', resolved_at: at })
        .where('tenant_id', '=', tenantId)
        .where('inviter_id', '=', inviterId)
        .where('status', '=', pending)
        .returning('id'),
  )

  const reads = (executor: Executor): InvitationReads => ({
    async find({ tenantId, id }) {
      const row = await find.first(executor, { tenantId, id })
      return row && toInvitation(row)
    },
    locate: (tokenHash) => tokens.locate(executor, tokenHash),
    async findPending({ tenantId, emailKey }) {
      const row = await findPending.first(executor, { tenantId, emailKey })
      return row && toInvitation(row)
    },
    async listOpenTo(query) {
      return (await listOpenTo.all(executor, query)).map(toInvitation)
    },
    async lastDeclinedAt({ tenantId, mailbox }) {
      return (await lastDeclined.first(executor, { tenantId, mailbox, ...taggedOf(mailbox) }))?.at ?? null
    },
    async list({ tenantId, status, page }) {
      return (await list.all(executor, { tenantId, status, ...pageArguments(page) })).map(toInvitation)
    },
    async count({ tenantId, status }) {
      return (await count.first(executor, { tenantId, status }))?.count ?? 0
    },
    async countOpen({ tenantId, now, role }) {
      return (await countOpen.first(executor, { tenantId, now, role }))?.count ?? 0
    },
  })

  const repository = (executor: Executor): InvitationRepository => ({
    ...reads(executor),
    async insert(invitation, hashes) {
      const { tenantId, id } = invitation
      await insert.affect(executor, {
        tenant_id: tenantId,
        id,
        email: invitation.email,
        email_key: invitation.emailKey,
        role: invitation.role,
        status: invitation.status,
        inviter_id: invitation.inviterId,
        language: invitation.language,
        created_at: invitation.createdAt,
        expires_at: invitation.expiresAt,
        resolved_at: invitation.resolvedAt,
      })
      await tokens.insert(executor, { tenantId, id }, hashes)
    },
    async renew({ tokens: hashes, ...change }) {
      if ((await renew.affect(executor, change)) === 0) return false
      await tokens.remove(executor, change)
      await tokens.insert(executor, change, hashes)
      return true
    },
    async resolve({ tenantId, id, status, at }) {
      if ((await resolve.affect(executor, { tenantId, id, status, at })) === 0) return false
      await tokens.remove(executor, { tenantId, id })
      return true
    },
    async revokeByInviter({ tenantId, inviterId, at }) {
      const revoked = await revokeByInviter.all(executor, { tenantId, inviterId, at })
      for (const { id } of revoked) await tokens.remove(executor, { tenantId, id })
      return revoked.map(({ id }) => id)
    },
  })

  return { reads, repository }
}
