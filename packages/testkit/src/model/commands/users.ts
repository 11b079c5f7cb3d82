import fc from 'fast-check'
import { SYSTEM } from '@tenantry/core'
import { account, actorOf, nameOf, ownOrAny, pickAccount, record } from '../accounts.js'
import { command } from '../command.js'
import { depart, endLoans } from '../departing.js'
import { loseAddress } from '../giving-way.js'
import { inherit } from '../inheriting.js'
import { addressKey, drop, membersOf, tenantOf, userAt, userOf } from '../model.js'
import type { Model, ModelUser } from '../model.js'
import { address, number, pick } from '../picks.js'
import { currentPassword, passwordFits, pickProven, proven, provenActor, sayShown, showing } from '../proving.js'
import type { OnProvenAccount } from '../proving.js'
import { firstOf, refuseIf } from '../rules.js'
import { addressFree } from '../strangers.js'

export const createUser = command({
  name: 'create an account',
  picks: address,
  resolve: (_, email) => ({ email }),
  sentence: ({ email }) => `an operator creates an account for ${email}`,
  // It counts as proven, so it is refused only where it is proven to be another account's.
  predict: (model, { email }) => refuseIf(userAt(model, email)?.isVerified === true, 'email_taken'),
  act: ({ tenancy }, { email }) => tenancy.as(SYSTEM).users.create({ email, emailVerified: true }),
  apply(model, { email }, { id }) {
    const holder = userAt(model, email)
    const isInherited = holder?.isWaiting && holder.status === 'active'
    if (holder && !isInherited) loseAddress(model, holder, null)
    model.users.push({
      ...{ id, email, isVerified: true, isWaiting: false, status: 'active' },
      ...{ hasPassword: false, currentTenantId: null },
    })
    record(model, 'user.created', { actorId: null, userId: id })
    if (holder && isInherited) inherit(model, { from: holder, to: id, actorId: null })
  },
})

/** The same address written otherwise is none that changes. */
function moves(model: Model, { userId, email }: { readonly userId: string; readonly email: string }): boolean {
  return addressKey(userOf(model, userId)?.email ?? '') !== addressKey(email)
}

export const changeEmail = command({
  name: 'change an address',
  picks: fc.record({ account, shown: showing, email: address }),
  resolve(model, picks) {
    const on = pickProven(model, picks)
    return on && { ...on, email: picks.email }
  },
  sentence: (input) => `${nameOf(input)} changes the address of ${input.userId} to ${input.email}${sayShown(input)}`,
  predict: (model, input) =>
    firstOf(
      () => ownOrAny(model, input),
      () => passwordFits(model, input),
      () => (moves(model, input) ? proven(model, input) : null),
      () => addressFree(model, input),
    ),
  async act(side, input) {
    const { userId, email } = input
    return side.tenancy.as(await provenActor(side, input)).users.update({ userId, email, ...currentPassword(input) })
  },
  apply(model, input) {
    const user = userOf(model, input.userId)
    if (!user) return
    // A new address has to be proven anew; the same one written otherwise has not. The earlier one is told by mail.
    if (moves(model, input)) {
      user.isVerified = false
      if (input.actorId !== null) model.mailed.push(user.email)
    }
    user.email = input.email
    record(model, 'user.updated', input)
  },
})

const change = fc.constantFrom('verify', 'verify', 'disable', 'enable', 'enable')
const CHANGES = {
  verify: { emailVerified: true },
  disable: { status: 'disabled' },
  enable: { status: 'active' },
} as const

export const administerUser = command({
  name: 'verify, disable or enable an account',
  picks: fc.record({ account, change, at: number }),
  resolve(model, picks) {
    const inNeed: Record<typeof picks.change, (user: ModelUser) => boolean> = {
      verify: ({ isVerified }) => !isVerified,
      disable: ({ status }) => status === 'active',
      enable: ({ status }) => status === 'disabled',
    }
    const needy = pick(model.users.filter(inNeed[picks.change]), picks.at)
    if (needy) return { actorId: null, userId: needy.id, change: picks.change }
    const on = pickAccount(model, picks.account)
    return on && { ...on, change: picks.change }
  },
  sentence: (input) => `${nameOf(input)} does this to ${input.userId}: ${input.change}`,
  predict: (model, input) =>
    firstOf(
      () => ownOrAny(model, input),
      () => refuseIf(input.actorId !== null, 'forbidden'),
    ),
  act: ({ tenancy }, input) =>
    tenancy.as(actorOf(input)).users.update({ userId: input.userId, ...CHANGES[input.change] }),
  apply(model, input) {
    const user = userOf(model, input.userId)
    if (!user) return
    if (input.change === 'verify') user.isVerified = true
    else user.status = CHANGES[input.change].status
    if (input.change === 'disable') drop(model.accessTokens, ({ userId }) => userId === user.id)
    record(model, 'user.updated', input)
  },
})

/** Tenants one owns and shares with others have to be handed over first. */
function ownsShared(model: Model, userId: string): boolean {
  return model.tenants.some(
    ({ id, ownerId, status }) => ownerId === userId && status !== 'deleted' && membersOf(model, id).length > 1,
  )
}

export const deleteUser = command({
  name: 'delete an account',
  picks: fc.record({ account, shown: showing }),
  resolve: pickProven,
  sentence: (input) => `${nameOf(input)} deletes ${input.userId}${sayShown(input)}`,
  predict: (model, input: OnProvenAccount) =>
    firstOf(
      () => ownOrAny(model, input),
      () => passwordFits(model, input),
      () => proven(model, input),
      () => refuseIf(ownsShared(model, input.userId), 'owns_tenants'),
    ),
  async act(side, input) {
    const { users } = side.tenancy.as(await provenActor(side, input))
    return users.delete({ userId: input.userId, ...currentPassword(input) })
  },
  apply(model, input) {
    const { actorId, userId } = input
    const memberships = model.members
      .filter((member) => member.userId === userId)
      .sort((a, b) => (a.tenantId < b.tenantId ? -1 : 1))
    for (const { tenantId } of memberships) {
      const tenant = tenantOf(model, tenantId)
      if (tenant?.ownerId === userId) {
        tenant.status = 'deleted'
        model.events.push({ chain: tenantId, type: 'tenant.deleted', actorId, targetId: tenantId })
        endLoans(model, { tenantId, actorId })
      } else {
        depart(model, { tenantId, userId, actorId, type: 'member.removed' })
      }
    }
    drop(model.accessTokens, (token) => token.userId === userId)
    const noAddress = `nobody, once ${userId}`
    Object.assign(userOf(model, userId) ?? {}, {
      email: noAddress,
      isVerified: false,
      isWaiting: false,
      status: 'deleted',
      currentTenantId: null,
    })
    record(model, 'user.deleted', input)
  },
})
