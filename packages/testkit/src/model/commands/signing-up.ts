import fc from 'fast-check'
import { GUEST } from '@tenantry/core'
import { newAccount, recordChange } from '../accounts.js'
import { command } from '../command.js'
import { LIFETIMES } from '../declaration.js'
import { isIn, isWaiting, join, openedBy } from '../entering.js'
import { entryOf, isToldEnough, loseAddress, insertForUsers } from '../giving-way.js'
import type { Bearing } from '../giving-way.js'
import { inherit } from '../inheriting.js'
import { drop, userAt } from '../model.js'
import type { Model, ModelInvitation, ModelUser } from '../model.js'
import { number, pickInvitationToken } from '../picks.js'
import { PASSWORD } from '../proving.js'
import { isSpent, consume } from '../rates.js'
import { firstOf, refuseIf, seatLeft, tenantLeft } from '../rules.js'

export const signUpByInvitation = command({
  name: 'sign up by invitation',
  insists: true,
  picks: fc.record({ token: number, hasPassword: fc.boolean() }),
  resolve(model, { token: at, hasPassword }) {
    const token = pickInvitationToken(model, at)
    return token === null ? null : { token, hasPassword }
  },
  sentence: ({ token, hasPassword }) => `a guest signs up with ${token}${hasPassword ? ' and a password' : ''}`,
  predict(model, bearing) {
    const invitation = openedBy(model, bearing.token)
    if (isWaiting(model, bearing.token) && isSpent(model, 'activationsPerToken', bearing.token)) return 'rate_limited'
    if (!invitation) return 'invalid_token'
    const { tenantId, email } = invitation
    return firstOf(
      () => refuseIf(isTold(invitation, bearing) && isToldEnough(model, invitation.inviterId), 'rate_limited'),
      () => refuseIf(entryOf(model, invitation, bearing) === 'shut', 'unauthenticated'),
      () => refuseIf(isIn(model, tenantId, [opened(model, invitation, bearing)?.id ?? '']), 'already_member'),
      () => seatLeft(model, tenantId),
      () => (userAt(model, email) ? tenantLeft(model, opened(model, invitation, bearing)?.id ?? '') : null),
    )
  },
  async act({ tenancy }, { token, hasPassword }) {
    const input = { token, ...(hasPassword ? { password: PASSWORD } : {}) }
    const joined = await tenancy.as(GUEST).invitations.signUp(input)
    const session = await tenancy.authenticate(joined.accessToken)
    if (session?.kind !== 'account' || session.user.id !== joined.user.id)
      throw new Error('Signing up gave a token that does not open the account.')
    return { ...joined, accessTokenId: session.token.id }
  },
  apply(model, bearing, { user: { id: userId }, accessToken, accessTokenId }) {
    const invitation = openedBy(model, bearing.token)
    if (!invitation) return
    const { tenantId } = invitation
    const known = opened(model, invitation, bearing)
    if (known && known.id !== userId) throw new Error(`The model opens the account ${known.id}, not ${userId}.`)
    const user = known ? open(model, known, bearing) : enter(model, invitation, { ...bearing, userId })
    join(model, invitation, userId)
    const expiresAt = model.now + LIFETIMES.accessToken
    model.accessTokens.push({ id: accessTokenId, userId, secret: accessToken, expiresAt, signedInAt: model.now })
    model.events.push(
      { chain: userId, type: 'access_token.issued', actorId: null, targetId: accessTokenId },
      { chain: tenantId, type: 'member.joined', actorId: null, targetId: userId },
    )
    model.mailed.push(user.email)
  },
  leaveBehind(model, bearing) {
    const isTooOften = isSpent(model, 'activationsPerToken', bearing.token)
    if (isWaiting(model, bearing.token)) consume(model, 'activationsPerToken', bearing.token)
    const invitation = isTooOften ? null : openedBy(model, bearing.token)
    if (!invitation || !isTold(invitation, bearing) || isToldEnough(model, invitation.inviterId)) return
    if (entryOf(model, invitation, bearing) === 'shut') insertForUsers(model, invitation.inviterId, bearing.token)
  },
})

/** Whether the inviter may be who asks. */
function isTold({ emailedToken }: ModelInvitation, { token }: Bearing): boolean {
  return token !== emailedToken
}

/** The account that is there already, and opened. */
function opened(model: Model, invitation: ModelInvitation, bearing: Bearing): ModelUser | undefined {
  return entryOf(model, invitation, bearing) === 'opened' ? userAt(model, invitation.email) : undefined
}

/** An account that waits is opened with its address proven; one that is known gets its password, and is told by mail. */
function open(model: Model, user: ModelUser, { hasPassword }: Bearing): ModelUser {
  drop(model.accessTokens, ({ userId }) => userId === user.id)
  const isKnown = !user.isWaiting
  if (isKnown || !user.isVerified) recordChange(model, { actorId: null, userId: user.id }, { ofAddress: !isKnown })
  return Object.assign(user, { isWaiting: false, isVerified: true, hasPassword: user.hasPassword || hasPassword })
}

/** A new account, which takes the address from who had it, and all from one that waited. */
function enter(
  model: Model,
  { email, emailedToken }: ModelInvitation,
  { userId: id, token, hasPassword }: Bearing & { readonly userId: string },
): ModelUser {
  const holder = userAt(model, email)
  const inherited = holder?.isWaiting ? holder : undefined
  if (holder && !inherited) loseAddress(model, holder, null)
  model.events.push({ chain: id, type: 'user.created', actorId: null, targetId: id })
  if (inherited) inherit(model, { from: inherited, to: id, actorId: null })
  const user = newAccount({ id, email, isVerified: token === emailedToken, hasPassword })
  model.users.push(user)
  return user
}
