import type { InvitationKey, InvitationTokens, LocatedInvitation } from '@tenantry/core'
import type { Kysely } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { InvitationTokenTable } from '../schema/invitation-tables.js'
import { statement, type Executor } from '../statements/statement.js'

/** Where the tokens of each kind are found. */
const tables = { revealed: 'invitation_tokens', mailed: 'emailed_invitation_tokens' } as const

type Kind = keyof InvitationTokens

/** The directories of tokens: each kind has its own, so that none is ever found as the other. */
export function invitationTokens(db: Kysely<Tables>) {
  const directoryOf = (table: (typeof tables)[Kind]) => ({
    locate: statement(({ tokenHash }: { tokenHash: string }) =>
      db.selectFrom(table).select(['tenant_id', 'invitation_id']).where('token_hash', '=', tokenHash),
    ),
    insert: statement((row: InvitationTokenTable) => db.insertInto(table).values(row), { deferrable: true }),
    remove: statement(({ tenantId, id }: { tenantId: string; id: string }) =>
      db.deleteFrom(table).where('tenant_id', '=', tenantId).where('invitation_id', '=', id),
    ),
  })
  const directories = { revealed: directoryOf(tables.revealed), mailed: directoryOf(tables.mailed) }
  const kinds = ['revealed', 'mailed'] as const

  return {
    async locate(executor: Executor, tokenHash: string): Promise<LocatedInvitation | null> {
      for (const by of kinds) {
        const row = await directories[by].locate.first(executor, { tokenHash })
        if (row) return { tenantId: row.tenant_id, id: row.invitation_id, by }
      }
      return null
    },
    async insert(executor: Executor, { tenantId, id }: InvitationKey, hashes: InvitationTokens): Promise<void> {
      for (const kind of kinds) {
        const hash = hashes[kind]
        if (hash === null) continue
        await directories[kind].insert.affect(executor, { token_hash: hash, tenant_id: tenantId, invitation_id: id })
      }
    },
    async remove(executor: Executor, { tenantId, id }: InvitationKey): Promise<void> {
      for (const kind of kinds) await directories[kind].remove.affect(executor, { tenantId, id })
    },
  }
}
