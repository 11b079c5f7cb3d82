import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Language } from '../../../model/user.js'
import { memberCommand } from '../../pipeline/command.js'
import { refuseLockedTransfer, consumeTransferEmail } from '../../steps/rate-limits/transfer-limits.js'
import { hashCode, hashToken } from '../../pipeline/secrets.js'

/**
 * First step of a transfer: mails a six-digit code to the owner's own address and answers the token that goes with it.
 * It replaces a transfer under way.
 */
export const startTransfer = memberCommand({
  input: z.strictObject({ language: Language.optional() }).prefault({}),
  permission: 'tenant:transfer',
  async run(step, { language }) {
    const { context, tx, tenant, user, now } = step
    if (!context.outbox)
      throw new TypeError(
        'A transfer of ownership is confirmed by mail: give createTenancy a mailer, or confirm it by other means and call as(SYSTEM).tenants.transferOwnership()',
      )
    // Whoever took over a session could have put an address of their own in place of the owner's.
    if (user.emailVerifiedAt === null)
      throw new TenancyError('forbidden', 'First prove your address: the code goes there', {})
    await refuseLockedTransfer(step, user.id)
    await consumeTransferEmail(step, { ownerId: user.id })
    const [token, code] = [context.newToken(), context.newCode()]
    const expiresAt = now + context.lifetimes.ownershipTransfer
    await tx.ownershipTransfers.put({
      tenantId: tenant.id,
      ownerId: user.id,
      phase: 'sent',
      codeHash: hashCode(code, token),
      tokenHash: hashToken(token),
      expiresAt,
    })
    return {
      result: { token, expiresAt },
      events: [{ type: 'ownership_transfer.started', target: { type: 'ownership_transfer', id: tenant.id }, data: {} }],
      emails: [
        {
          kind: 'transfer_code',
          to: user.email,
          language: language ?? user.language,
          data: { tenantName: tenant.name, code, expiresAt },
        },
      ],
    }
  },
})
