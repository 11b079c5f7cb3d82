import type { Addition as AdditionOf } from '@tenantry/core'
import fc from 'fast-check'
import { newAccount } from '../accounts.js'
import { command } from '../command.js'
import { LIFETIMES } from '../declaration.js'
import { issue, mayEnter, mayIssue, pendingOf } from '../issuing.js'
import { addressKey, memberOf, userAt } from '../model.js'
import type { Model } from '../model.js'
import { acting, address, pickActing, role } from '../picks.js'
import type { Acting } from '../picks.js'
import { denialsOnReturn, mayInvite } from '../role-rules.js'
import { firstOf, may, refuseIf, tenantLeft } from '../rules.js'
import type { Refusal } from '../rules.js'
import type { Side } from '../scenario.js'

interface Addition {
  readonly email: string
  readonly role: string
  readonly active: boolean
}

const addition = fc.record({ email: address, role, active: fc.constantFrom(true, true, true, false) })

/** An account that nobody has proven the address of may be a stranger's: it is asked instead, to come as active. */
function isAsked(model: Model, email: string): boolean {
  const known = userAt(model, email)
  return known !== undefined && !known.isVerified && !known.isWaiting
}

function mayAsk(model: Model, acting: Acting, { email, active }: Addition): Refusal {
  const known = userAt(model, email)
  return firstOf(
    () => refuseIf(memberOf(model, acting.tenantId, known?.id ?? '') !== undefined, 'already_member'),
    () => may(model, acting, 'invitation:create'),
    () => refuseIf(!active, 'invalid_input'),
    () => mayIssue(model, acting.tenantId, email),
  )
}

function mayAdd(model: Model, acting: Acting, addition: Addition): Refusal {
  const { email, role, active } = addition
  if (isAsked(model, email))
    return firstOf(
      () => mayInvite(model, acting, role),
      () => mayAsk(model, acting, addition),
    )
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
    model.users.push(newAccount({ id: userId, email, isVerified: false, isWaiting: true }))
    model.events.push({ chain: userId, type: 'user.created', actorId, targetId: userId })
  } else if (known.id !== userId) throw new Error(`The model adds the account ${known.id}, not ${userId}.`)
  Object.assign(pendingOf(model, tenantId, email) ?? {}, { status: 'revoked', resolvedAt: model.now })
  model.members.push({
    tenantId,
    userId,
    roles: [role],
    active,
    overrides: denialsOnReturn(model, { actorId, tenantId }, userId, role),
    invitedBy: actorId,
    isUnseen: true,
    createdAt: model.now,
  })
  model.events.push({ chain: tenantId, type: 'member.added', actorId, targetId: userId })
  const to = known?.email ?? email
  model.mailed.push(to)
  if (known?.hasPassword) return
  const nth = model.activations.filter((one) => one.email === to).length
  model.activations.push({ tokenId: activationId, userId, email: to, nth })
  const expiresAt = model.now + LIFETIMES.invitation
  model.accessTokens.push({ id: activationId, userId, secret: null, expiresAt, signedInAt: null })
  model.events.push({ chain: userId, type: 'access_token.issued', actorId, targetId: activationId })
}

type Done = AdditionOf & { readonly added: Added }

/** Either a member, or an invitation as any other. */
function addOrAsk(model: Model, acting: Acting, addition: Addition, done: Done): void {
  if ((done.status === 'invited') !== isAsked(model, addition.email))
    throw new Error(`The model does not say ${done.status} for ${addition.email}.`)
  if (done.status === 'added') return add(model, acting, addition, done.added)
  const { id } = done.invitation
  issue(model, { ...acting, email: addition.email, role: addition.role, id, link: done.link })
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
    const result = await side.tenancy.as({ userId: actorId }).in(tenantId).members.add(addition)
    return { ...result, added: await added(side, result.status === 'added' ? result.member.userId : '') }
  },
  apply: (model, input, result) => addOrAsk(model, input, input.addition, result),
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
      if (result && result.status !== 'failed' && one) addOrAsk(model, input, addition, { ...result, added: one })
    }
  },
})
