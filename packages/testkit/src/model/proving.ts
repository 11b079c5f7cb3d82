import type { Actor } from '@tenantry/core'
import fc from 'fast-check'
import { actorOf, ownOrAny, pickAccount } from './accounts.js'
import type { AccountPicks, OnAccount } from './accounts.js'
import { userOf } from './model.js'
import type { Model, ModelAccessToken } from './model.js'
import { number, pick } from './picks.js'
import { isSpent, consume } from './rates.js'
import { firstOf, refuseIf } from './rules.js'
import type { Refusal } from './rules.js'
import type { Side } from './scenario.js'

/** The password of everybody who has one. */
export const PASSWORD = 'long enough for anybody'

const RECENT_MS = 10 * 60_000

/** How somebody calls: by the host's word, which knows of a sign-in or does not, or with a token, and with which password. */
export const showing = fc.record({
  signIn: fc.constantFrom('unknown', 'recent', 'too long ago', 'token', 'token'),
  token: number,
  password: fc.constantFrom('none', 'none', 'right', 'wrong'),
})
type ShowingPicks = typeof showing extends fc.Arbitrary<infer Picks> ? Picks : never

export type OnProvenAccount = OnAccount & {
  readonly shown: {
    readonly signedInAt: number | null
    /** The token of ours that the caller bears. */
    readonly bears: Pick<ModelAccessToken, 'id' | 'secret'> | null
    readonly password: ShowingPicks['password']
  }
}
type Showing = OnProvenAccount['shown']

/** An account, who acts on it, and what they show of themselves. */
export function pickProven(
  model: Model,
  picks: { readonly account: AccountPicks; readonly shown: ShowingPicks },
): OnProvenAccount | null {
  const on = pickAccount(model, picks.account)
  return on && { ...on, shown: showingOf(model, on, picks.shown) }
}

function showingOf(model: Model, { actorId }: OnAccount, { signIn, token, password }: ShowingPicks): Showing {
  const tokens = model.accessTokens.filter(
    ({ userId, secret, expiresAt }) => userId === actorId && secret !== null && expiresAt > model.now,
  )
  const bears = signIn === 'token' ? pick(tokens, token) : null
  if (bears) return { signedInAt: bears.signedInAt, bears, password }
  const since = { unknown: null, recent: RECENT_MS, 'too long ago': RECENT_MS + 1, token: null }[signIn]
  return { signedInAt: since === null ? null : model.now - since, bears: null, password }
}

/**
 * What outlives a stolen token needs a sign-in within the last ten minutes, or the caller's own current password, which
 * is never wrong in vain. The host's word is enough for an account without a password here; a token is not, as it may be
 * stolen. The host's own code proves nothing.
 */
export function proven(model: Model, { actorId, shown }: OnProvenAccount): Refusal {
  const user = actorId === null ? undefined : userOf(model, actorId)
  if (!user || isRecent(model, shown)) return null
  const isEnough = user.hasPassword ? shown.password === 'right' : shown.bears === null
  return refuseIf(!isEnough, 'reauthentication_required')
}

/** A password that does not fit is refused, needed or not. It is compared only of those who may, and so many times. */
export function passwordFits(model: Model, input: OnProvenAccount): Refusal {
  const { actorId, shown } = input
  const user = actorId === null ? undefined : userOf(model, actorId)
  if (!user || shown.password === 'none') return null
  return firstOf(
    () => ownOrAny(model, input),
    () => refuseIf(isSpent(model, 'passwordsShownPerUser', user.id), 'rate_limited'),
    () => refuseIf(!(shown.password === 'right' && user.hasPassword), 'reauthentication_required'),
  )
}

/** What showing a password leaves behind, whatever comes of it. Called before anything else has changed. */
export function notePassword(model: Model, input: OnProvenAccount): void {
  const { actorId, shown } = input
  if (actorId === null || shown.password === 'none' || ownOrAny(model, input) !== null) return
  consume(model, 'passwordsShownPerUser', actorId)
}

function isRecent(model: Model, { signedInAt }: Showing): boolean {
  return signedInAt !== null && model.now - signedInAt <= RECENT_MS
}

/** The caller as the router would name them: what their token says of the sign-in is the storage's. */
export async function provenActor({ tenancy }: Side, on: OnProvenAccount): Promise<Actor> {
  const { actorId, shown } = on
  if (actorId === null) return actorOf(on)
  if (shown.bears === null) return { userId: actorId, signedInAt: shown.signedInAt }
  const bearer = await tenancy.authenticate(shown.bears.secret ?? '')
  if (bearer?.kind !== 'account') throw new Error(`${shown.bears.id} does not open an account.`)
  return { userId: bearer.user.id, tokenId: bearer.token.id, signedInAt: bearer.token.signedInAt }
}

/** What goes along as `currentPassword`. */
export function currentPassword({ shown: { password } }: OnProvenAccount): { readonly currentPassword?: string } {
  return password === 'none' ? {} : { currentPassword: password === 'right' ? PASSWORD : 'somebody else’s' }
}

export function sayShown({ actorId, shown: { signedInAt, bears, password } }: OnProvenAccount): string {
  if (actorId === null) return ''
  const by = bears ? ` with ${bears.id}` : signedInAt === null ? '' : `, signed in at ${signedInAt}`
  return `${by}${password === 'none' ? '' : `, with the ${password} password`}`
}
