import type { Invitation } from '../../../model/invitation.js'
import type { GlobalStep } from '../../pipeline/command.js'
import type { Outcome } from '../../pipeline/outcome.js'

/** Nobody can accept it any more. */
export async function resolveDeclined(
  { tx, now }: Pick<GlobalStep, 'tx' | 'now'>,
  { tenantId, id, email }: Invitation,
): Promise<Outcome<undefined>> {
  await tx.invitations.resolve({ tenantId, id, status: 'declined', at: now })
  const target = { type: 'invitation', id } as const
  return { result: undefined, events: [{ type: 'invitation.declined', target, data: { email } }] }
}
