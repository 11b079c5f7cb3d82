import fc from 'fast-check'
import { command } from '../command.js'
import { LIFETIMES, TRANSFER_LIMITS } from '../declaration.js'
import { drop, memberOf, tenantOf, transferOf, userOf } from '../model.js'
import type { Model, ModelTransfer } from '../model.js'
import { acting, number, pick, pickActing, pickMember } from '../picks.js'
import type { Acting } from '../picks.js'
import { firstOf, may, refuseIf, tenantAccess } from '../rules.js'

function triesOf(model: Model, ownerId: string): number {
  const tries = model.tries.get(ownerId)
  return tries && tries.until > model.now ? tries.count : 0
}

export const startTransfer = command({
  name: 'start a transfer',
  picks: acting,
  resolve: pickActing,
  sentence: ({ actorId, tenantId }) => `${actorId} asks for a code to hand ${tenantId} over`,
  predict: (model, input: Acting) =>
    firstOf(
      () => may(model, input, 'tenant:transfer'),
      // The code goes to the owner's own address, so it has to be theirs.
      () => refuseIf(!userOf(model, input.actorId)?.isVerified, 'forbidden'),
      () => refuseIf(triesOf(model, input.actorId) >= TRANSFER_LIMITS.tries, 'transfer_locked'),
      () => refuseIf((model.nextTransferEmail.get(input.actorId) ?? 0) > model.now, 'email_limit_exceeded'),
    ),
  async act({ tenancy, lastCode }, { actorId, tenantId }) {
    const started = await tenancy.as({ userId: actorId }).in(tenantId).ownership.start()
    return { ...started, code: lastCode() }
  },
  apply(model, { actorId, tenantId }, { token, code }) {
    drop(model.transfers, (transfer) => transfer.tenantId === tenantId)
    const expiresAt = model.now + LIFETIMES.ownershipTransfer
    model.transfers.push({ tenantId, ownerId: actorId, phase: 'sent', token, code, expiresAt })
    model.nextTransferEmail.set(actorId, model.now + TRANSFER_LIMITS.emailEveryMs)
    model.mailed.push(userOf(model, actorId)?.email ?? '')
    model.events.push({ chain: tenantId, type: 'ownership_transfer.started', actorId, targetId: tenantId })
  },
})

/** The token and code of a transfer: mostly those that were given, now and then of another one. */
const holding = fc.record({ by: acting, transfer: number, phase: fc.constantFrom('own', 'own', 'own', 'any') })

function pickTransfer(model: Model, picks: typeof holding extends fc.Arbitrary<infer Picks> ? Picks : never) {
  const transfer = pick(model.transfers, picks.transfer)
  if (!transfer) return null
  if (picks.phase === 'own')
    return { actorId: transfer.ownerId, tenantId: transfer.tenantId, transfer: { ...transfer } }
  const by = pickActing(model, picks.by)
  return by && { ...by, transfer: { ...transfer } }
}

type Holding = Acting & { readonly transfer: ModelTransfer }

/** Whether this tenant's transfer is at that phase, in time, its owner's own, and carried on by that token. */
function isAt(
  model: Model,
  phase: ModelTransfer['phase'],
  { actorId, tenantId, transfer: { token } }: Holding,
): boolean {
  const transfer = transferOf(model, tenantId)
  if (!transfer) return false
  return (
    transfer.phase === phase &&
    transfer.token === token &&
    transfer.ownerId === actorId &&
    transfer.expiresAt > model.now
  )
}

export const verifyTransfer = command({
  name: 'give the right code',
  picks: holding,
  resolve: pickTransfer,
  sentence: ({ actorId, tenantId, transfer }) => `${actorId} gives the code ${transfer.code} for ${tenantId}`,
  predict(model, input: Holding) {
    return firstOf(
      () => may(model, input, 'tenant:transfer'),
      () => refuseIf(!isAt(model, 'sent', input), 'invalid_token'),
      () => refuseIf(triesOf(model, input.actorId) >= TRANSFER_LIMITS.tries, 'transfer_locked'),
    )
  },
  act: ({ tenancy }, { actorId, tenantId, transfer }) =>
    tenancy.as({ userId: actorId }).in(tenantId).ownership.verify({ token: transfer.token, code: transfer.code }),
  apply(model, { actorId, tenantId }, { token }) {
    const expiresAt = model.now + LIFETIMES.ownershipTransfer
    Object.assign(transferOf(model, tenantId) ?? {}, { phase: 'verified', token, expiresAt })
    model.tries.delete(actorId)
    model.events.push({ chain: tenantId, type: 'ownership_transfer.verified', actorId, targetId: tenantId })
  },
})

export const guessCode = command({
  name: 'guess a code',
  picks: fc.record({ with: holding, times: fc.constantFrom(1, 2, 3, 6) }),
  resolve(model, picks) {
    const held = pickTransfer(model, picks.with)
    return held && { ...held, times: picks.times }
  },
  sentence: ({ actorId, tenantId, times }) => `${actorId} gives a wrong code for ${tenantId}, times: ${times}`,
  // The last answer of all the tries is the one that is compared.
  predict(model, input) {
    const tries = triesOf(model, input.actorId) + input.times
    return firstOf(
      () => may(model, input, 'tenant:transfer'),
      () => refuseIf(isAt(model, 'sent', input) && tries > TRANSFER_LIMITS.tries, 'transfer_locked'),
      () => 'invalid_token',
    )
  },
  async act({ tenancy }, { actorId, tenantId, transfer, times }) {
    const verify = () =>
      tenancy.as({ userId: actorId }).in(tenantId).ownership.verify({ token: transfer.token, code: '000000' })
    for (let time = 1; time < times; time++) await verify().catch(() => undefined)
    await verify()
  },
  apply: () => {
    throw new Error('A wrong code was taken for the right one.')
  },
  // Only a try that got as far as the code is counted.
  leaveBehind(model, input) {
    if (may(model, input, 'tenant:transfer') === null && isAt(model, 'sent', input)) {
      countTries(model, input.actorId, input.times)
    }
  },
})

/** The window begins with the first try; the last one allowed locks for a day from then on. */
function countTries(model: Model, ownerId: string, times: number): void {
  for (let time = 0; time < times; time++) {
    const count = triesOf(model, ownerId) + 1
    const isLast = count === TRANSFER_LIMITS.tries
    const until = isLast || count === 1 ? model.now + TRANSFER_LIMITS.lockMs : (model.tries.get(ownerId)?.until ?? 0)
    model.tries.set(ownerId, { count, until })
  }
}

export const completeTransfer = command({
  name: 'complete a transfer',
  picks: fc.record({ with: holding, target: number }),
  resolve(model, picks) {
    const held = pickTransfer(model, picks.with)
    const targetId = held && pickMember(model, held, picks.target)
    return held === null || targetId === null ? null : { ...held, targetId }
  },
  sentence: ({ actorId, tenantId, targetId }) => `${actorId} hands ${tenantId} over to ${targetId}`,
  predict(model, input) {
    const target = memberOf(model, input.tenantId, input.targetId)
    const isAble = target?.active === true && userOf(model, input.targetId)?.status === 'active'
    return firstOf(
      () => tenantAccess(model, input),
      () => refuseIf(input.actorId === input.targetId, 'self_action_forbidden'),
      () => may(model, input, 'tenant:transfer'),
      () => refuseIf(!isAble, 'member_not_found'),
      () => refuseIf(!isAt(model, 'verified', input), 'invalid_token'),
    )
  },
  act: ({ tenancy }, { actorId, tenantId, targetId, transfer }) =>
    tenancy.as({ userId: actorId }).in(tenantId).ownership.complete({ userId: targetId, token: transfer.token }),
  apply(model, { actorId, tenantId, targetId }) {
    drop(model.transfers, (transfer) => transfer.tenantId === tenantId)
    const tenant = tenantOf(model, tenantId)
    if (tenant) tenant.ownerId = targetId
    for (const [userId, role] of [[targetId, 'owner'] as const, [actorId, 'admin'] as const]) {
      Object.assign(memberOf(model, tenantId, userId) ?? {}, { roles: [role] })
      model.mailed.push(userOf(model, userId)?.email ?? '')
    }
    model.events.push({ chain: tenantId, type: 'ownership.transferred', actorId, targetId })
  },
})
