import fc from 'fast-check'
import { account, nameOf, ownOrAny, recordChange } from '../accounts.js'
import { command } from '../command.js'
import { addressKey, userAt, userOf } from '../model.js'
import type { Model } from '../model.js'
import { address, addressOf, PEOPLE } from '../picks.js'
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
import { isSpent, consume } from '../rates.js'
import { firstOf, refuseIf } from '../rules.js'
import type { Refusal } from '../rules.js'
import { addressFree } from '../strangers.js'

/** The same address written otherwise is none that changes. */
function moves(model: Model, { userId, email }: { readonly userId: string; readonly email: string }): boolean {
  return addressKey(userOf(model, userId)?.email ?? '') !== addressKey(email)
}

type NewEmail = OnProvenAccount & { readonly email: string }

function mayChangeEmail(model: Model, input: NewEmail): Refusal {
  const { actorId } = input
  return firstOf(
    () => passwordFits(model, input),
    // Whoever may not change the account is told so no sooner: what was asked before counts first.
    () => refuseIf(actorId !== null && isSpent(model, 'unavailableAddressesPerUser', actorId), 'rate_limited'),
    () => ownOrAny(model, input),
    () => (moves(model, input) ? proven(model, input) : null),
    () => addressFree(model, input),
  )
}

/** The first address that nobody has. */
function freeAddress(model: Model): string | undefined {
  return PEOPLE.map(addressOf).find((email) => !userAt(model, email))
}

export const changeEmail = command({
  name: 'change an address',
  picks: fc.record({ account, shown: showing, email: address, isFree: fc.constantFrom(false, false, true) }),
  insists: true,
  resolve(model, picks) {
    const on = pickProven(model, picks)
    return on && { ...on, email: (picks.isFree ? freeAddress(model) : null) ?? picks.email }
  },
  sentence: (input) => `${nameOf(input)} changes the address of ${input.userId} to ${input.email}${sayShown(input)}`,
  predict: mayChangeEmail,
  leaveBehind(model, input) {
    const isUnavailable = mayChangeEmail(model, input) === 'invalid_email'
    notePassword(model, input)
    if (isUnavailable && input.actorId !== null) consume(model, 'unavailableAddressesPerUser', input.actorId)
  },
  async act(side, input) {
    const { userId, email } = input
    return side.tenancy.as(await provenActor(side, input)).users.update({ userId, email, ...currentPassword(input) })
  },
  apply(model, input) {
    notePassword(model, input)
    const user = userOf(model, input.userId)
    if (!user) return
    // A new address has to be proven anew; the same one written otherwise has not. The earlier one is told by mail, and one
    // that nobody has proven so many times.
    if (moves(model, input)) {
      const isTold = user.isVerified || consume(model, 'noticesPerUnprovenMailbox', addressKey(user.email))
      if (input.actorId !== null && isTold) model.mailed.push(user.email)
      user.isVerified = false
    }
    user.email = input.email
    recordChange(model, input, { ofAddress: true })
  },
})
