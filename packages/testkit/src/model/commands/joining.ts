import fc from 'fast-check'
import { GUEST } from '@tenantry/core'
import { isDeepStrictEqual } from 'node:util'
import { recordChange } from '../accounts.js'
import { command } from '../command.js'
import { LIMITS } from '../declaration.js'
import { isIn, isOf, isWaiting, join, openedBy } from '../entering.js'
import { hasAddress, loseAddress } from '../giving-way.js'
import { inherit } from '../inheriting.js'
import { addressKey, tenantOf, userAt, userOf } from '../model.js'
import type { Model, ModelInvitation, ModelUser } from '../model.js'
import { number, pick, pickInvitationToken } from '../picks.js'
import { firstOf, refuseIf, seatLeft, signedIn } from '../rules.js'
import type { Refusal } from '../rules.js'

const holding = fc.record({ token: number, user: number })

/** Mostly the person who was invited, if they have an account; now and then somebody who has no address. */
function pickHolder(model: Model, token: string, at: number) {
  const invitation = model.invitations.find((one) => isOf(one, token))
  const invitee = invitation && userAt(model, invitation.email)
  const isFree = !invitee?.isVerified
  const lost =
    isFree && at % 4 === 2
      ? pick(
          model.users.filter((user) => !hasAddress(user)),
          at,
        )
      : null
  return lost ?? (at % 4 === 3 ? null : invitee) ?? pick(model.users, at)
}

/** Whether the token proves the address of who bears it, or gives them one, or they have proven it before. */
function isProven(model: Model, { email, emailedToken }: ModelInvitation, { token, user }: Bearer): boolean {
  const isMailed = token === emailedToken
  if (addressKey(user.email) === addressKey(email)) return user.isVerified || isMailed
  return isMailed && !hasAddress(user) && !userAt(model, email)?.isVerified
}

interface Bearer {
  readonly token: string
  readonly user: ModelUser
}

/** The account that would be theirs, too, who accepts without an address. */
function inheritedBy(model: Model, { email }: ModelInvitation, user: ModelUser): ModelUser | undefined {
  const holder = hasAddress(user) ? undefined : userAt(model, email)
  return holder?.isWaiting && holder.status === 'active' ? holder : undefined
}

/** {@link tenantLeft} of somebody with what they inherit. */
function tenantLeftWith(model: Model, ids: readonly string[]): Refusal {
  const theirs = model.members.filter(({ userId }) => ids.includes(userId)).map(({ tenantId }) => tenantId)
  const open = [...new Set(theirs)].filter((tenantId) => tenantOf(model, tenantId)?.status !== 'deleted')
  return refuseIf(open.length >= LIMITS.tenantsPerUser, 'tenant_limit_exceeded')
}

export const acceptInvitation = command({
  name: 'accept an invitation',
  picks: holding,
  resolve(model, picks) {
    const token = pickInvitationToken(model, picks.token)
    const user = token === null ? null : pickHolder(model, token, picks.user)
    return token === null || user === null ? null : { token, userId: user.id }
  },
  sentence: ({ token, userId }) => `${userId} accepts ${token}`,
  predict(model, { token, userId }) {
    const refusal = firstOf(
      () => refuseIf(!isWaiting(model, token), 'invalid_token'),
      () => signedIn(model, userId),
      () => refuseIf(!openedBy(model, token), 'invalid_token'),
    )
    const [invitation, user] = [openedBy(model, token), userOf(model, userId)]
    if (refusal || !invitation || !user) return refusal
    const { tenantId } = invitation
    const ids = [userId, inheritedBy(model, invitation, user)?.id ?? userId]
    return firstOf(
      () => refuseIf(!isProven(model, invitation, { token, user }), 'forbidden'),
      () => refuseIf(isIn(model, tenantId, ids), 'already_member'),
      () => seatLeft(model, tenantId),
      () => tenantLeftWith(model, ids),
    )
  },
  act: ({ tenancy }, { token, userId }) => tenancy.as({ userId }).invitations.accept({ token }),
  apply(model, { token, userId }) {
    const [invitation, user] = [openedBy(model, token), userOf(model, userId)]
    if (!invitation || !user) return
    const { email, emailedToken, tenantId } = invitation
    const inherited = inheritedBy(model, invitation, user)
    const holder = userAt(model, email)
    if (holder && holder.id !== userId && !inherited) loseAddress(model, holder, userId)
    if (token === emailedToken && !(user.isVerified && hasAddress(user))) {
      recordChange(model, { actorId: userId, userId }, { ofAddress: true })
      if (inherited) inherit(model, { from: inherited, to: userId, actorId: userId })
      Object.assign(user, { email: hasAddress(user) ? user.email : email, isVerified: true })
    }
    user.isWaiting = false
    join(model, invitation, userId)
    model.events.push({ chain: tenantId, type: 'member.joined', actorId: userId, targetId: userId })
  },
})

export const declineInvitation = command({
  name: 'decline an invitation',
  picks: number,
  resolve(model, at) {
    const token = pickInvitationToken(model, at)
    return token === null ? null : { token }
  },
  sentence: ({ token }) => `a guest declines ${token}`,
  predict: (model, { token }) => refuseIf(!openedBy(model, token), 'invalid_token'),
  act: ({ tenancy }, { token }) => tenancy.as(GUEST).invitations.decline({ token }),
  apply(model, { token }) {
    const invitation = openedBy(model, token)
    if (!invitation) return
    const { tenantId, id } = Object.assign(invitation, { status: 'declined' as const, resolvedAt: model.now })
    model.events.push({ chain: tenantId, type: 'invitation.declined', actorId: null, targetId: id })
  },
})

export const previewInvitation = command({
  name: 'look at an invitation',
  picks: number,
  resolve(model, at) {
    const token = pickInvitationToken(model, at)
    return token === null ? null : { token }
  },
  sentence: ({ token }) => `a guest looks at ${token}`,
  predict: () => null,
  act: ({ tenancy }, { token }) => tenancy.as(GUEST).invitations.preview({ token }),
  apply(model, { token }, preview) {
    // The same whether the address has an account or not.
    const invitation = openedBy(model, token)
    const expected = invitation && {
      tenantId: invitation.tenantId,
      tenantName: tenantOf(model, invitation.tenantId)?.name,
      email: invitation.email,
      role: invitation.role,
      expiresAt: invitation.expiresAt,
    }
    if (!isDeepStrictEqual(preview, expected)) throw new Error(`The model shows ${JSON.stringify(expected)} instead.`)
  },
})
