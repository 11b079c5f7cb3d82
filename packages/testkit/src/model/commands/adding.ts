import fc from 'fast-check'
import { command } from '../command.js'
import { LIFETIMES } from '../declaration.js'
import { mayEnter, pendingOf } from '../issuing.js'
import { addressKey, userAt } from '../model.js'
import type { Model } from '../model.js'
import { acting, address, pickActing, role } from '../picks.js'
import type { Acting } from '../picks.js'
import { denialsOnReturn, mayInvite } from '../role-rules.js'
import { firstOf, may, tenantLeft } from '../rules.js'
import type { Refusal } from '../rules.js'
import type { Side } from '../world.js'

interface Addition {
  readonly email: string
  readonly role: string
  readonly active: boolean
}

const addition = fc.record({ email: address, role, active: fc.constantFrom(true, true, true, false) })

function mayAdd(model: Model, acting: Acting, { email, role, active }: Addition): Refusal {
  return firstOf(
    () => mayInvite(model, acting, role),
    () => mayEnter(model, acting.tenantId, email),
    // Adding somebody as inactive is adding and deactivating them.
    () => (active ? null : may(model, acting, 'member:assign')),
    // An account that is made for the occasion is in no tenant yet.
    () => tenantLeft(model, userAt(model, email)?.id ?? ''),
  )
}

/** A member at once. An account that is there stays as it is; a pending invitation of the address opens nothing more. */
function add(
  model: Model,
  { actorId, tenantId }: Acting,
  { email, role, active }: Addition,
  { userId, activationId }: Added,
): void {
  const known = userAt(model, email)
  if (!known) {
    model.users.push({
      ...{ id: userId, email, isVerified: false, status: 'active' },
      ...{ hasPassword: false, currentTenantId: null },
    })
    model.events.push({ chain: userId, type: 'user.created', actorId, targetId: userId })
  } else if (known.id !== userId) throw new Error(`The model adds the account ${known.id}, not ${userId}.`)
  Object.assign(pendingOf(model, tenantId, email) ?? {}, { status: 'revoked', settledAt: model.now })
  model.members.push({
    tenantId,
    userId,
    roles: [role],
    active,
    overrides: denialsOnReturn(model, { actorId, tenantId }, userId, role),
    invitedBy: actorId,
    createdAt: model.now,
  })
  model.events.push({ chain: tenantId, type: 'member.added', actorId, targetId: userId })
  const to = known?.email ?? email
  model.mailed.push(to)
  if (known?.hasPassword) return
  const nth = model.activations.filter((one) => one.email === to).length
  model.activations.push({ tokenId: activationId, userId, email: to, nth })
  model.accessTokens.push({ id: activationId, userId, secret: null, expiresAt: model.now + LIFETIMES.invitation })
  model.events.push({ chain: userId, type: 'access_token.issued', actorId, targetId: activationId })
}

interface Added {
  readonly userId: string
  /** Of the activation that was mailed; of an earlier one, or none, when there is a password. */
  readonly activationId: string
}

/** What nobody is told but the mail. */
async function added({ storage }: Side, userId: string): Promise<Added> {
  const tokens = await storage.read.accessTokens.list({ userId, page: { limit: 1000 } })
  const ids = tokens.filter(({ label }) => label === 'activation').map(({ id }) => id)
  return { userId, activationId: ids.sort().at(-1) ?? '' }
}

export const addMember = command({
  name: 'add one',
  picks: fc.record({ by: acting, addition }),
  resolve(model, { by, addition }) {
    const who = pickActing(model, by)
    return who && { ...who, addition }
  },
  sentence: ({ actorId, tenantId, addition: { email, role } }) => `${actorId} adds ${email} to ${tenantId} as ${role}`,
  predict: (model, input) =>
    firstOf(
      () => may(model, input, 'member:add'),
      () => mayAdd(model, input, input.addition),
    ),
  async act(side, { actorId, tenantId, addition }) {
    const { member, created } = await side.tenancy.as({ userId: actorId }).in(tenantId).members.add(addition)
    return { member, created, added: await added(side, member.userId) }
  },
  apply: (model, input, result) => add(model, input, input.addition, result.added),
})

export const addMembers = command({
  name: 'add many',
  picks: fc.record({ by: acting, additions: fc.array(addition, { minLength: 1, maxLength: 3 }) }),
  resolve(model, { by, additions }) {
    const who = pickActing(model, by)
    return who && { ...who, additions }
  },
  sentence: ({ actorId, tenantId, additions }) =>
    `${actorId} adds ${additions.map(({ email, role }) => `${email} as ${role}`).join(', ')} to ${tenantId}`,
  predict: (model, input) => may(model, input, 'member:add'),
  async act(side, { actorId, tenantId, additions }) {
    const { members } = side.tenancy.as({ userId: actorId }).in(tenantId)
    const results = await members.addMany({ members: additions })
    const ids = results.map((result) => (result.status === 'added' ? result.member.userId : ''))
    return { results, added: await Promise.all(ids.map((id) => added(side, id))) }
  },
  apply(model, input, { results, added }) {
    const isFirst = ({ email }: Addition, at: number) =>
      input.additions.findIndex((other) => addressKey(other.email) === addressKey(email)) === at
    const additions = input.additions.filter(isFirst)
    if (results.length !== additions.length)
      throw new Error(`${additions.length} people got ${results.length} results.`)
    for (const [at, addition] of additions.entries()) {
      const result = results[at]
      const expected = mayAdd(model, input, addition)
      const got = result?.status === 'failed' ? result.error.code : null
      if (got !== expected)
        throw new Error(`The model says ${expected ?? 'ok'} for ${addition.email}, not ${got ?? 'ok'}.`)
      const one = added[at]
      if (result?.status === 'added' && one) add(model, input, addition, one)
    }
  },
})
