import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import type { Invitation } from '../../../model/invitation.js'
import { hasAddress } from '../../../model/no-address.js'
import type { User } from '../../../model/user.js'
import { isAddressee, isInvitee } from '../../../policy/invariants.js'
import type { LocatedInvitation } from '../../../storage/invitation-port.js'
import type { Locks } from '../../../storage/port.js'
import { requireUserId, unauthenticated } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import type { GlobalStep, Scope } from '../../pipeline/command.js'
import { claimAddress, locksOfClaim, PROOF } from '../../steps/users/claim-address.js'
import { inheritAccount } from '../../steps/users/inherit-account.js'
import { retryOnConflict } from '../../steps/users/new-user.js'
import { joinByInvitation } from '../../steps/invitations/join-by-invitation.js'
import { invalidToken, locateInvitation, openInvitation } from '../../steps/invitations/open-invitation.js'

/**
 * Makes the signed-in invitee a member. The account's address must be the invited one, and proven: the token that was
 * mailed proves it, the one that the inviter saw does not. To an account that has no address, the mailed token gives the
 * invited one, and what an account that `members.add` made for that address has.
 */
export const acceptInvitation = globalCommand({
  input: z.strictObject({ token: z.string().max(200) }),
  who: 'user',
  async prepare(scope, { token }) {
    const userId = requireUserId(scope.actor)
    const key = await locateInvitation(scope, token)
    const locks = await locksOfProof(scope, { userId, key })
    const tenants = [...new Set([key.tenantId, ...(locks.tenants ?? [])])]
    return { locks: { ...locks, tenants }, scope: { tenantId: key.tenantId }, found: key }
  },
  async run(step, { token }, key) {
    const { context, tx, now } = step
    if (!step.user) throw unauthenticated()
    const opened = await openInvitation(context, tx, { key, token, now })
    if (!opened) throw invalidToken()
    const shown = { user: step.user, invitation: opened.invitation }
    const { user, events } = key.by === 'mailed' ? await proveAddress(step, shown) : { user: shown.user, events: [] }
    if (!isInvitee(opened.invitation, user))
      throw new TenancyError('forbidden', 'Sign in with the invited address, and have it verified', {})
    const { membership, event } = await joinByInvitation(step, { ...opened, user })
    return { result: { tenant: opened.tenant, membership }, events: [...events, event] }
  },
})

/** The rows to hold for {@link proveAddress}. */
async function locksOfProof(
  scope: Scope,
  { userId, key }: { readonly userId: string; readonly key: LocatedInvitation },
): Promise<Locks> {
  const { invitations, users } = scope.context.storage.read
  const user = key.by === 'mailed' ? await users.find(userId) : null
  const invitation = user && !hasAddress(user) ? await invitations.find(key) : null
  return invitation ? locksOfClaim(scope, { userId, emailKey: invitation.emailKey }, PROOF) : { users: [userId] }
}

interface Proving {
  readonly user: User
  readonly invitation: Invitation
}

interface Proven {
  readonly user: User
  readonly events: readonly NewEvent[]
}

/** What the mailed token does for whoever bears it: it proves their address, or gives one to an account without. */
async function proveAddress(step: GlobalStep, { user, invitation }: Proving): Promise<Proven> {
  const { tx, now } = step
  const { id: userId } = user
  const { email, emailKey } = invitation
  const isTheirs = isAddressee(invitation, user)
  if (isTheirs ? user.emailVerifiedAt !== null : hasAddress(user)) return { user, events: [] }
  const claimed = await claimAddress(step, { userId, emailKey }, PROOF)
  if (!claimed.granted) return { user, events: [] }
  const set = { ...(isTheirs ? {} : { email, emailKey }), emailVerifiedAt: now }
  await tx.users.update({ id: userId, set }).catch(retryOnConflict)
  const proven = { ...user, ...set }
  const inherited = claimed.inherited ? await inheritAccount(step, { from: claimed.inherited, to: proven }) : []
  const changed = Object.keys(set).filter((name) => name !== 'emailKey')
  const [scope, target] = [{ userId }, { type: 'user', id: userId }] as const
  const updated = { type: 'user.updated', scope, target, data: { changed } } as const
  return { user: proven, events: [...claimed.events, updated, ...inherited] }
}
