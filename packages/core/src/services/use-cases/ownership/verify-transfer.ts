import { z } from 'zod'
import { invalidToken } from '../../steps/invitations/open-invitation.js'
import { memberCommand } from '../../pipeline/command.js'
import type { TenantScope } from '../../pipeline/command.js'
import { requireMember } from '../../pipeline/enter-tenant.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { tenantQuery } from '../../pipeline/query.js'
import { countTransferTry, forgetTransferTries } from '../../steps/rate-limits/transfer-limits.js'
import { hashCode, hashToken, sameHash } from '../../pipeline/secrets.js'
import { carriesOn } from '../../steps/ownership/transfer-state.js'

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
  async run({ context, read, tenantId, ...tenantAccess }, { token }) {
    const transfer = await read.ownershipTransfers.find(tenantId)
    const now = context.clock()
    const { user } = requireMember(tenantAccess)
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
