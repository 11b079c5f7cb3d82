import fc from 'fast-check'
import { GUEST } from '@tenantry/core'
import { isDeepStrictEqual } from 'node:util'
import { command } from '../command.js'
import { LIFETIMES } from '../declaration.js'
import { opens } from '../issuing.js'
import { addressKey, drop, loseAddress, memberOf, tenantOf, userAt, userOf } from '../model.js'
import type { Model, ModelInvitation } from '../model.js'
import { isShut, waitingFor } from '../giving-way.js'
import { number, pick, pickInvitationToken } from '../picks.js'
import { denialsOnReturn } from '../role-rules.js'
import { firstOf, refuseIf, seatLeft, signedIn, tenantLeft } from '../rules.js'

/** A token opens only what it was last given for; a settled invitation has none. */
function openedBy(model: Model, token: string): ModelInvitation | null {
  const invitation = model.invitations.find((one) => isOf(one, token))
  return opens(model, invitation) ? invitation : null
}

/** Whether a token still belongs to an invitation that waits, opened by it or not. */
function isWaiting(model: Model, token: string): boolean {
  return model.invitations.some((one) => isOf(one, token) && one.status === 'pending')
}

function isOf({ token, mailedToken }: ModelInvitation, one: string): boolean {
  return token === one || mailedToken === one
}

function join(model: Model, invitation: ModelInvitation, userId: string): void {
  const { tenantId, role, inviterId } = invitation
  Object.assign(invitation, { status: 'accepted', settledAt: model.now })
  model.members.push({
    tenantId,
    userId,
    roles: [role],
    active: true,
    overrides: denialsOnReturn(model, { actorId: inviterId, tenantId }, userId, role),
    invitedBy: inviterId,
    isUnseen: false,
    createdAt: model.now,
  })
}

const holding = fc.record({ token: number, user: number })

/** Mostly the person who was invited, if they have an account. */
function pickHolder(model: Model, token: string, at: number) {
  const invitation = model.invitations.find((one) => isOf(one, token))
  const invitee = invitation && userAt(model, invitation.email)
  return (at % 4 === 3 ? null : invitee) ?? pick(model.users, at)
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
    const invitation = openedBy(model, token)
    const user = userOf(model, userId)
    return firstOf(
      () => refuseIf(!isWaiting(model, token), 'invalid_token'),
      () => signedIn(model, userId),
      () => refuseIf(!invitation, 'invalid_token'),
      () =>
        refuseIf(
          addressKey(user?.email ?? '') !== addressKey(invitation?.email ?? '') ||
            !(user?.isVerified || token === invitation?.mailedToken),
          'forbidden',
        ),
      () => refuseIf(memberOf(model, invitation?.tenantId ?? '', userId) !== undefined, 'already_member'),
      () => seatLeft(model, invitation?.tenantId ?? ''),
      () => tenantLeft(model, userId),
    )
  },
  act: ({ tenancy }, { token, userId }) => tenancy.as({ userId }).invitations.accept({ token }),
  apply(model, { token, userId }) {
    const invitation = openedBy(model, token)
    if (!invitation) return
    const user = userOf(model, userId)
    if (user && !user.isVerified && token === invitation.mailedToken) {
      user.isVerified = true
      model.events.push({ chain: userId, type: 'user.updated', actorId: userId, targetId: userId })
    }
    if (user) user.isWaiting = false
    join(model, invitation, userId)
    model.events.push({ chain: invitation.tenantId, type: 'member.joined', actorId: userId, targetId: userId })
  },
})

export const signUpByInvitation = command({
  name: 'sign up by invitation',
  picks: number,
  resolve(model, at) {
    const token = pickInvitationToken(model, at)
    return token === null ? null : { token }
  },
  sentence: ({ token }) => `a guest signs up with ${token}`,
  predict(model, { token }) {
    const invitation = openedBy(model, token)
    return firstOf(
      () => refuseIf(!invitation, 'invalid_token'),
      () => refuseIf(invitation !== null && isShut(model, invitation, token), 'unauthenticated'),
      () => seatLeft(model, invitation?.tenantId ?? ''),
      () => tenantLeft(model, waitingFor(model, invitation)?.id ?? ''),
    )
  },
  async act({ tenancy }, { token }) {
    const joined = await tenancy.as(GUEST).invitations.signUp({ token })
    const session = await tenancy.authenticate(joined.accessToken)
    if (session?.kind !== 'account' || session.user.id !== joined.user.id)
      throw new Error('Signing up gave a token that does not open the account.')
    return { ...joined, accessTokenId: session.token.id }
  },
  apply(model, { token }, { user, accessToken, accessTokenId }) {
    const invitation = openedBy(model, token)
    if (!invitation) return
    const { tenantId, email } = invitation
    const isVerified = token === invitation.mailedToken
    const waiting = waitingFor(model, invitation)
    const holder = userAt(model, email)
    if (waiting) {
      if (waiting.id !== user.id) throw new Error(`The model opens the account ${waiting.id}, not ${user.id}.`)
      waiting.isWaiting = false
      drop(model.accessTokens, (one) => one.userId === user.id)
      if (isVerified && !waiting.isVerified)
        model.events.push({ chain: user.id, type: 'user.updated', actorId: null, targetId: user.id })
      waiting.isVerified ||= isVerified
    } else {
      if (holder) loseAddress(model, holder)
      model.users.push({
        ...{ id: user.id, email, isVerified, isWaiting: false, status: 'active' },
        ...{ hasPassword: false, currentTenantId: null },
      })
      model.events.push({ chain: user.id, type: 'user.created', actorId: null, targetId: user.id })
    }
    join(model, invitation, user.id)
    const expiresAt = model.now + LIFETIMES.accessToken
    model.accessTokens.push({
      id: accessTokenId,
      userId: user.id,
      secret: accessToken,
      expiresAt,
      signedInAt: model.now,
    })
    model.events.push(
      { chain: user.id, type: 'access_token.issued', actorId: null, targetId: accessTokenId },
      { chain: tenantId, type: 'member.joined', actorId: null, targetId: user.id },
    )
    model.mailed.push(waiting?.email ?? email)
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
    const { tenantId, id } = Object.assign(invitation, { status: 'declined' as const, settledAt: model.now })
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
    const opened = openedBy(model, token)
    const isTheirs = opened !== null && !(waitingFor(model, opened) && isShut(model, opened, token))
    const invitation = isTheirs ? opened : null
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
