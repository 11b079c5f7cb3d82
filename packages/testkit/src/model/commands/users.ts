import fc from 'fast-check'
import { SYSTEM } from '@tenantry/core'
import { account, actorOf, nameOf, newAccount, ownOrAny, pickAccount, record, recordChange } from '../accounts.js'
import { command } from '../command.js'
import { closeMembership, endShares } from '../departing.js'
import { loseAddress } from '../giving-way.js'
import { inherit } from '../inheriting.js'
import { drop, membersOf, tenantOf, userAt, userOf } from '../model.js'
import type { Model, ModelUser } from '../model.js'
import { address, number, pick } from '../picks.js'
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
    model.users.push(newAccount({ id, email, isVerified: true }))
    record(model, 'user.created', { actorId: null, userId: id })
    if (holder && isInherited) inherit(model, { from: holder, to: id, actorId: null })
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
    recordChange(model, input, { ofAddress: input.change === 'verify' })
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
  insists: true,
  resolve: pickProven,
  leaveBehind: notePassword,
  sentence: (input) => `${nameOf(input)} deletes ${input.userId}${sayShown(input)}`,
  predict: (model, input: OnProvenAccount) =>
    firstOf(
      () => ownOrAny(model, input),
      () => passwordFits(model, input),
      () => proven(model, input),
      () => refuseIf(ownsShared(model, input.userId), 'user_owns_tenants'),
    ),
  async act(side, input) {
    const { users } = side.tenancy.as(await provenActor(side, input))
    return users.delete({ userId: input.userId, ...currentPassword(input) })
  },
  apply(model, input) {
    notePassword(model, input)
    const { actorId, userId } = input
    const memberships = model.members
      .filter((member) => member.userId === userId)
      .sort((a, b) => (a.tenantId < b.tenantId ? -1 : 1))
    for (const { tenantId } of memberships) {
      const tenant = tenantOf(model, tenantId)
      if (tenant?.ownerId === userId) {
        tenant.status = 'deleted'
        model.events.push({ chain: tenantId, type: 'tenant.deleted', actorId, targetId: tenantId })
        endShares(model, { tenantId, actorId })
      } else {
        closeMembership(model, { tenantId, userId, actorId, type: 'member.removed' })
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
