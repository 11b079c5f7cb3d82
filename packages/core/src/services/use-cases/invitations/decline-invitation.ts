import { z } from 'zod'
import type { Invitation } from '../../../model/invitation.js'
import { globalCommand } from '../../pipeline/command.js'
import type { GlobalStep } from '../../pipeline/command.js'
import type { Outcome } from '../../pipeline/outcome.js'
import { invalidToken, locateInvitation, openInvitation } from '../../steps/invitations/open-invitation.js'

/** Turns an invitation down. Whoever holds the token may. */
export const declineInvitation = globalCommand({
  input: z.strictObject({ token: z.string().max(200) }),
  who: 'anyone',
  async prepare(scope, { token }) {
    const key = await locateInvitation(scope, token)
    return { locks: { tenants: [key.tenantId] }, scope: { tenantId: key.tenantId }, found: key }
  },
  async run(step, { token }, key) {
    const opened = await openInvitation(step.context, step.tx, { key, token, now: step.now })
    if (!opened) throw invalidToken()
    return resolveDeclined(step, opened.invitation)
  },
})

/** Nobody can accept it any more. */
export async function resolveDeclined(
  { tx, now }: Pick<GlobalStep, 'tx' | 'now'>,
  { tenantId, id, email }: Invitation,
): Promise<Outcome<undefined>> {
  await tx.invitations.resolve({ tenantId, id, status: 'declined', at: now })
  const target = { type: 'invitation', id } as const
  return { result: undefined, events: [{ type: 'invitation.declined', target, data: { email } }] }
}
