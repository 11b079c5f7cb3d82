import type { User } from '../../../model/user.js'
import { mayManage } from '../../../policy/authority.js'
import { toSubject } from '../../../policy/decide.js'
import { authorize } from '../../pipeline/authorize.js'
import type { TenantStep } from '../../pipeline/command.js'
import { insufficientRank } from './load-member.js'

/**
 * Adding somebody as an inactive member is adding and deactivating them: it needs the right to do both, over whatever
 * they are in the tenant already, such as an admin of its organization.
 */
export async function requireDeactivation(step: TenantStep, known: User | null): Promise<void> {
  const { context, tx, tenantId, subject } = step
  authorize(context, step, 'member:assign')
  const facts = known && (await tx.access.find({ tenantId, userId: known.id }))
  if (facts && !mayManage(subject, toSubject(context.policy, facts))) throw insufficientRank()
}
