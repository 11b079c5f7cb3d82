import { GUEST } from '@tenantry/core'
import { record, recordChange } from '../accounts.js'
import { command } from '../command.js'
import { LIFETIMES } from '../declaration.js'
import { addressKey, drop, userOf } from '../model.js'
import type { Model, ModelActivation } from '../model.js'
import { number, pick } from '../picks.js'
import { PASSWORD } from '../proving.js'
import { isSpent, consume } from '../rates.js'
import { firstOf, refuseIf } from '../rules.js'

/** What its limit counts by: each mail has another token. */
function tokenOf({ email, nth }: ModelActivation): string {
  return `${nth} to ${email}`
}

function isThere(model: Model, { tokenId }: ModelActivation): boolean {
  return model.accessTokens.some(({ id }) => id === tokenId)
}

/** It works in time, until the account has a password, and only while the account has the address it was mailed to. */
function opens(model: Model, { tokenId, userId, email }: ModelActivation): boolean {
  const token = model.accessTokens.find(({ id }) => id === tokenId)
  const user = userOf(model, userId)
  if (!token || token.expiresAt <= model.now || user?.status !== 'active') return false
  return !user.hasPassword && addressKey(user.email) === addressKey(email)
}

export const activateUser = command({
  name: 'open an account',
  insists: true,
  picks: number,
  resolve(model, at) {
    const open = model.activations.filter((activation) => opens(model, activation))
    const activation = pick(at % 3 === 2 || open.length === 0 ? model.activations : open, at)
    return activation && { activation }
  },
  sentence: ({ activation: { userId, email, nth } }) => `${userId} gives a password by mail ${nth + 1} to ${email}`,
  predict: (model, { activation }) =>
    firstOf(
      () => refuseIf(!isThere(model, activation), 'invalid_token'),
      () => refuseIf(isSpent(model, 'activationsPerToken', tokenOf(activation)), 'rate_limited'),
      () => refuseIf(!opens(model, activation), 'invalid_token'),
    ),
  leaveBehind(model, { activation }) {
    if (isThere(model, activation)) consume(model, 'activationsPerToken', tokenOf(activation))
  },
  async act({ tenancy, activations }, { activation: { email, nth } }) {
    const token = activations.get(email)?.[nth] ?? 'no-such-token'
    const opened = await tenancy.as(GUEST).users.activate({ token, password: PASSWORD })
    return { userId: opened.user.id, accessToken: opened.accessToken, tokenId: opened.token.id }
  },
  apply(model, { activation: { userId } }, { accessToken, tokenId, ...opened }) {
    if (opened.userId !== userId) throw new Error(`The model opens the account ${userId}, not ${opened.userId}.`)
    Object.assign(userOf(model, userId) ?? {}, { hasPassword: true, isVerified: true, isWaiting: false })
    drop(model.accessTokens, (token) => token.userId === userId)
    const expiresAt = model.now + LIFETIMES.accessToken
    model.accessTokens.push({ id: tokenId, userId, secret: accessToken, expiresAt, signedInAt: model.now })
    recordChange(model, { actorId: null, userId }, { ofAddress: true })
    record(model, 'access_token.issued', { actorId: null, userId }, tokenId)
  },
})
