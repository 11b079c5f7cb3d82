import { z } from 'zod'
import { invalidToken } from '../invitations/open-invitation.js'
import { memberCommand } from '../command.js'
import type { TenantScope } from '../command.js'
import { requireMember } from '../enter-tenant.js'
import { parseInput } from '../parse-input.js'
import { tenantQuery } from '../query.js'
import { countTransferTry, forgetTransferTries } from '../rate-limits/transfer-limits.js'
import { hashCode, hashToken, sameHash } from '../secrets.js'
import { carriesOn } from './transfer-state.js'

const input = z.strictObject({ token: z.string().max(200), code: z.string().max(20) })

/**
 * Second step: the code from the mail. The answer's token replaces the first, and alone completes the transfer. Each
 * try is counted before the code is looked at, so parallel guesses gain nothing; too many lock the owner's transfers.
 */
export async function verifyTransfer(scope: TenantScope, raw: z.input<typeof input>) {
  const given = parseInput(input, raw)
  const ownerId = await checkFirstToken(scope, { token: given.token })
  await countTransferTry(scope.context, ownerId)
  return verify(scope, given)
}

const checkFirstToken = tenantQuery({
  input: input.omit({ code: true }),
  permission: 'tenant:transfer',
  async run({ context, read, tenantId, ...standing }, { token }) {
    const transfer = await read.ownershipTransfers.find(tenantId)
    const now = context.clock()
    const { user } = requireMember(standing)
    if (!carriesOn(transfer, { phase: 'sent', token, ownerId: user.id, now })) throw invalidToken()
    return user.id
  },
})

const verify = memberCommand({
  input,
  permission: 'tenant:transfer',
  async run({ context, tx, tenantId, user, now }, { token, code }) {
    const transfer = await tx.ownershipTransfers.find(tenantId)
    if (!carriesOn(transfer, { phase: 'sent', token, ownerId: user.id, now })) throw invalidToken()
    if (!sameHash(transfer.codeHash, hashCode(code, token))) throw invalidToken()
    const nextToken = context.newToken()
    const expiresAt = now + context.lifetimes.ownershipTransfer
    const change = { tenantId, tokenHash: transfer.tokenHash, nextTokenHash: hashToken(nextToken), expiresAt }
    if (!(await tx.ownershipTransfers.verify(change))) throw invalidToken()
    await forgetTransferTries(tx.counters, user.id)
    return {
      result: { email: user.email, token: nextToken, expiresAt },
      events: [{ type: 'ownership_transfer.verified', target: { type: 'ownership_transfer', id: tenantId }, data: {} }],
    }
  },
})
