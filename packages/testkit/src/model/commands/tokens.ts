import fc from 'fast-check'
import { account, actorOf, nameOf, ownOrAny, pickAccount, record } from '../accounts.js'
import { command } from '../command.js'
import { LIFETIMES } from '../declaration.js'
import { drop, userOf } from '../model.js'
import { number, pick } from '../picks.js'
import {
  currentPassword,
  notePassword,
  passwordFits,
  pickProven,
  proven,
  provenActor,
  sayShown,
  showing,
} from '../proving.js'
import type { OnProvenAccount } from '../proving.js'
import { firstOf, refuseIf } from '../rules.js'

export const createAccessToken = command({
  name: 'create an access token',
  picks: fc.record({ account, shown: showing }),
  insists: true,
  resolve: pickProven,
  sentence: (input) => `${nameOf(input)} creates a token for ${input.userId}${sayShown(input)}`,
  // A token of a disabled account would come to life with it.
  leaveBehind: notePassword,
  predict: (model, input: OnProvenAccount) =>
    firstOf(
      () => ownOrAny(model, input),
      () => passwordFits(model, input),
      () => proven(model, input),
      () => refuseIf(userOf(model, input.userId)?.status !== 'active', 'conflict'),
    ),
  async act(side, input) {
    const { accessTokens } = side.tenancy.as(await provenActor(side, input))
    return accessTokens.create({ userId: input.userId, ...currentPassword(input) })
  },
  apply(model, input, { accessToken, token }) {
    notePassword(model, input)
    const expiresAt = model.now + LIFETIMES.accessToken
    // One that the host's own code makes is a sign-in.
    const signedInAt = input.actorId === null ? model.now : null
    model.accessTokens.push({ id: token.id, userId: input.userId, secret: accessToken, expiresAt, signedInAt })
    Object.assign(userOf(model, input.userId) ?? {}, { isWaiting: false })
    record(model, 'access_token.issued', input, token.id)
  },
})

export const revokeAccessToken = command({
  name: 'revoke an access token',
  picks: fc.record({ account, token: number, isOwn: fc.constantFrom(true, true, false) }),
  resolve(model, picks) {
    const token = pick(model.accessTokens, picks.token)
    if (picks.isOwn && token) return { actorId: token.userId, userId: token.userId, tokenId: token.id }
    const on = pickAccount(model, picks.account)
    return on && { ...on, tokenId: token?.id ?? 'no-such-token' }
  },
  sentence: (input) => `${nameOf(input)} revokes ${input.tokenId} of ${input.userId}`,
  predict: (model, input) =>
    firstOf(
      () => ownOrAny(model, input),
      () =>
        refuseIf(
          !model.accessTokens.some(({ id, userId }) => id === input.tokenId && userId === input.userId),
          'access_token_not_found',
        ),
    ),
  act: ({ tenancy }, input) =>
    tenancy.as(actorOf(input)).accessTokens.revoke({ userId: input.userId, tokenId: input.tokenId }),
  apply(model, input) {
    drop(model.accessTokens, ({ id }) => id === input.tokenId)
    record(model, 'access_token.revoked', input, input.tokenId)
  },
})

export const useAccessToken = command({
  name: 'use an access token',
  picks: fc.record({ token: number }),
  resolve: (model, picks) => ({ secret: pick(model.accessTokens, picks.token)?.secret ?? 'no-such-token' }),
  sentence: ({ secret }) => `somebody uses ${secret}`,
  predict: () => null,
  async act({ tenancy }, { secret }) {
    const bearer = await tenancy.authenticate(secret)
    return bearer?.kind === 'account' ? bearer.user.id : null
  },
  apply(model, { secret }, userId) {
    const token = model.accessTokens.find((one) => one.secret === secret)
    const isGood = token && token.expiresAt > model.now && userOf(model, token.userId)?.status === 'active'
    const expected = isGood ? token.userId : null
    if (userId !== expected)
      throw new Error(`The model says this is the token of ${expected ?? 'nobody'}, not of ${userId ?? 'nobody'}.`)
  },
})
