import fc from 'fast-check'
import { actorOf, nameOf, newAccount, record, recordChange } from '../accounts.js'
import { command } from '../command.js'
import { loseAddress, noAddress } from '../giving-way.js'
import { inherit } from '../inheriting.js'
import { addressKey, userAt, userOf } from '../model.js'
import type { Model, ModelUser } from '../model.js'
import { address, number, PEOPLE, pick } from '../picks.js'
import { firstOf, refuseIf, signedIn } from '../rules.js'

const HOUR_MS = 60 * 60_000
const MAX_CHANGES_PER_HOUR = 5

/** What the host says of a person: whose address it is, and whether it has proven that, has not, or does not know. */
interface Claim {
  readonly userId: string
  readonly email: string
  readonly emailVerified: boolean | undefined
}

/** What differs from what the host says. */
function changesTo(user: ModelUser, { email, emailVerified }: Claim): Partial<ModelUser> {
  const moved = addressKey(user.email) !== addressKey(email)
  const proves = emailVerified ?? (user.isVerified && !moved)
  const isProofNew = proves !== user.isVerified || (moved && user.isVerified)
  return {
    ...(user.email === email ? {} : { email }),
    ...(isProofNew ? { isVerified: proves } : {}),
    ...(user.isWaiting ? { isWaiting: false } : {}),
  }
}

function isInStep(user: ModelUser, claim: Claim): boolean {
  return Object.keys(changesTo(user, claim)).length === 0
}

/** Of two words of the host the newest counts, a proof before all; without one, a proof and a wait for one stand. */
function takes({ emailVerified }: Claim, holder: ModelUser): boolean {
  return emailVerified === true || !(holder.isVerified || holder.isWaiting)
}

/** What is kept of an account whose address stays another's. */
function withheld(claim: Claim): Claim {
  return { ...claim, email: noAddress(claim.userId), emailVerified: false }
}

function holderOf(model: Model, { userId, email }: Claim): ModelUser | undefined {
  const holder = userAt(model, email)
  return holder?.id === userId ? undefined : holder
}

/** Nothing is written where nothing is new, and where an account changes too often for the host to mean it. */
function staysAsItIs(model: Model, claim: Claim): boolean {
  const known = userOf(model, claim.userId)
  if (!known) return false
  const holder = holderOf(model, claim)
  const isLeft = holder !== undefined && !takes(claim, holder)
  if (isInStep(known, claim) || (isLeft && known.email === noAddress(known.id) && isInStep(known, withheld(claim))))
    return true
  const isFollowed =
    (claim.emailVerified === true && holder?.isVerified === false) ||
    (claim.emailVerified === false && known.isVerified)
  return !isFollowed && changesTooOften(model, known, claim)
}

function changesTooOften(model: Model, { id, email }: ModelUser, claim: Claim): boolean {
  const moved = addressKey(email) !== addressKey(claim.email)
  const recent = model.changes.filter(
    ({ userId, at, ofAddress }) => userId === id && at > model.now - HOUR_MS && (!moved || ofAddress),
  )
  return recent.length >= MAX_CHANGES_PER_HOUR
}

export const ensureUser = command({
  name: 'take over a person of the host',
  picks: fc.record({
    user: number,
    isKnown: fc.constantFrom(true, true, false),
    name: fc.constantFrom(...PEOPLE),
    email: address,
    emailVerified: fc.constantFrom(true, true, false, undefined),
    by: fc.constantFrom('host', 'host', 'host', 'host', 'host', 'host', 'host', 'somebody'),
  }),
  insists: true,
  resolve(model, { user, isKnown, name, by, email, emailVerified }, nth) {
    const userId = (isKnown ? pick(model.users, user)?.id : null) ?? name
    const actorId = by === 'host' ? null : (pick(model.users, user)?.id ?? null)
    // Two sessions of one person carry different claims.
    const isOther = nth % 2 === 1
    return { actorId, userId, email: isOther ? email.toUpperCase() : email, emailVerified }
  },
  sentence: (input) =>
    `${nameOf(input)} says that ${input.userId} has ${input.email}, proven: ${String(input.emailVerified)}`,
  predict: (model, { actorId, userId }) =>
    firstOf(
      () => (actorId === null ? null : signedIn(model, actorId)),
      () => refuseIf(actorId !== null, 'forbidden'),
      () => refuseIf(userOf(model, userId)?.status === 'deleted', 'unauthenticated'),
    ),
  act: ({ tenancy }, input) => {
    const { userId: id, email, emailVerified } = input
    return tenancy.as(actorOf(input)).users.ensure({ id, email, emailVerified })
  },
  apply(model, input) {
    if (staysAsItIs(model, input)) return
    const { userId: id } = input
    const holder = holderOf(model, input)
    const isGranted = !holder || takes(input, holder)
    const isInherited = isGranted && input.emailVerified === true && holder?.isWaiting && holder.status === 'active'
    if (holder && isGranted && !isInherited) loseAddress(model, holder, null)
    const claim = isGranted ? input : withheld(input)
    const known = userOf(model, id)
    if (known) {
      const set = changesTo(known, claim)
      Object.assign(known, set)
      if ('email' in set || 'isVerified' in set) recordChange(model, input, { ofAddress: true })
    } else {
      model.users.push(newAccount({ id, email: claim.email, isVerified: claim.emailVerified === true }))
      record(model, 'user.created', input)
    }
    if (holder && isInherited) inherit(model, { from: holder, to: id, actorId: null })
  },
})
