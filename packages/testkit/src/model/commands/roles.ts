import fc from 'fast-check'
import { command } from '../command.js'
import { LIMITS, REFERENCE, RESERVED_ROLE } from '../declaration.js'
import { drop, invitationsOf, isOpen, membersOf } from '../model.js'
import type { Model } from '../model.js'
import { acting, number, CUSTOM_ROLES, pick, pickActing } from '../picks.js'
import type { Acting } from '../picks.js'
import { mayRevise, mayWrite, customRoleOf } from '../role-rules.js'
import { firstOf, may, refuseIf } from '../rules.js'
import type { Refusal } from '../rules.js'

interface Terms {
  readonly rank: number
  readonly permissions: readonly string[]
}

type OnRole = Acting & { readonly key: string }

/** What a role of a tenant's own may say: now and then more than its writer holds, or than anybody may write. */
const terms = fc.record({
  rank: fc.constantFrom(5, 5, 15, 30, 34, 39),
  permissions: fc.subarray(
    [
      'tenant:read',
      'tenant:archive',
      'member:read',
      'member:assign',
      'protocol:update',
      'dataset:create',
      'invoice:approve',
    ],
    { maxLength: 3 },
  ),
})
const unfit = fc.constantFrom([], [], [], [], [], ['tenant:transfer'], ['invoice:burn'])
const anyTerms = fc.tuple(terms, unfit).map(([{ rank, permissions }, others]): Terms => {
  return { rank, permissions: [...permissions, ...others] }
})

const key = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...CUSTOM_ROLES) },
  { weight: 1, arbitrary: fc.constantFrom('viewer', RESERVED_ROLE) },
)

function record(model: Model, type: string, { actorId, tenantId, key }: OnRole): void {
  model.events.push({ chain: tenantId, type, actorId, targetId: key })
}

/** Only what is declared, and nothing that is the owner's alone. */
function fitting({ permissions }: Terms): Refusal {
  const declared = [...REFERENCE.library, ...REFERENCE.host].filter((name) => name !== 'tenant:transfer')
  return refuseIf(!permissions.every((name) => declared.includes(name)), 'invalid_input')
}

/** Nobody's, and offered to nobody. */
function unused(model: Model, { tenantId, key }: OnRole): Refusal {
  const isHeld = membersOf(model, tenantId).some(({ roles }) => roles.includes(key))
  const isOffered = invitationsOf(model, tenantId).some((one) => isOpen(one, model.now) && one.role === key)
  return refuseIf(isHeld || isOffered, 'role_in_use')
}

export const createRole = command({
  name: 'make a role',
  picks: fc.record({ by: acting, key, terms: anyTerms }),
  resolve(model, { by, key, terms }) {
    const who = pickActing(model, by)
    return who && { ...who, key, terms }
  },
  sentence: ({ actorId, tenantId, key, terms }) =>
    `${actorId} makes the role ${key} in ${tenantId}: ${JSON.stringify(terms)}`,
  predict: (model, input) =>
    firstOf(
      () => may(model, input, 'role:create'),
      () => fitting(input.terms),
      () => refuseIf(!mayWrite(model, input, input.terms), 'forbidden'),
      () => refuseIf(input.key === RESERVED_ROLE || Object.hasOwn(REFERENCE.roles, input.key), 'role_key_taken'),
      () => refuseIf(customRoleOf(model, input.tenantId, input.key) !== undefined, 'role_key_taken'),
      () => unused(model, input),
      () => refuseIf(customRolesOf(model, input).length >= LIMITS.rolesPerTenant, 'role_limit_exceeded'),
    ),
  act: ({ tenancy }, { actorId, tenantId, key, terms }) =>
    tenancy
      .as({ userId: actorId })
      .in(tenantId)
      .roles.create({ key, name: key, ...terms }),
  apply(model, input) {
    const { tenantId, key, terms } = input
    model.roles.push({ tenantId, key, ...terms, permissions: inOrder(terms.permissions) })
    record(model, 'role.created', input)
  },
})

/** A role that the tenant has made, when it has made one. */
function pickRole(model: Model, tenantId: string, at: number): string {
  return pick(customRolesOf(model, { tenantId }), at)?.key ?? CUSTOM_ROLES[0]
}

function revisable(model: Model, input: OnRole): Refusal {
  const role = customRoleOf(model, input.tenantId, input.key)
  if (!role) return 'role_not_found'
  return refuseIf(!mayRevise(model, input, role), 'forbidden')
}

export const updateRole = command({
  name: 'rewrite a role',
  picks: fc.record({ by: acting, at: number, terms: anyTerms }),
  resolve(model, { by, at, terms }) {
    const who = pickActing(model, by)
    return who && { ...who, key: pickRole(model, who.tenantId, at), terms }
  },
  sentence: ({ actorId, tenantId, key, terms }) =>
    `${actorId} rewrites the role ${key} of ${tenantId}: ${JSON.stringify(terms)}`,
  predict: (model, input) =>
    firstOf(
      () => may(model, input, 'role:update'),
      () => revisable(model, input),
      () => fitting(input.terms),
      () => refuseIf(!mayWrite(model, input, input.terms), 'forbidden'),
    ),
  act: ({ tenancy }, { actorId, tenantId, key, terms }) =>
    tenancy
      .as({ userId: actorId })
      .in(tenantId)
      .roles.update({ key, ...terms }),
  apply(model, input) {
    const role = customRoleOf(model, input.tenantId, input.key)
    if (!role) return
    const { rank } = input.terms
    const permissions = inOrder(input.terms.permissions)
    if (role.rank === rank && role.permissions.join() === permissions.join()) return
    Object.assign(role, { rank, permissions })
    record(model, 'role.updated', input)
  },
})

export const deleteRole = command({
  name: 'delete a role',
  picks: fc.record({ by: acting, at: number }),
  resolve(model, { by, at }) {
    const who = pickActing(model, by)
    return who && { ...who, key: pickRole(model, who.tenantId, at) }
  },
  sentence: ({ actorId, tenantId, key }) => `${actorId} deletes the role ${key} of ${tenantId}`,
  predict: (model, input: OnRole) =>
    firstOf(
      () => may(model, input, 'role:delete'),
      () => revisable(model, input),
      () => unused(model, input),
    ),
  act: ({ tenancy }, { actorId, tenantId, key }) => tenancy.as({ userId: actorId }).in(tenantId).roles.delete({ key }),
  apply(model, input) {
    drop(model.roles, (role) => role.tenantId === input.tenantId && role.key === input.key)
    record(model, 'role.deleted', input)
  },
})

function customRolesOf(model: Model, { tenantId }: { readonly tenantId: string }) {
  return model.roles.filter((role) => role.tenantId === tenantId)
}

/** Each permission once, in the order of declaration. */
function inOrder(permissions: readonly string[]): readonly string[] {
  return [...REFERENCE.library, ...REFERENCE.host].filter((name) => permissions.includes(name))
}
