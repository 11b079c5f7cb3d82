import type { ResourceAttributes } from '@tenantry/core'
import { referenceDecision } from '../reference/reference-decision.js'
import { answerOf } from './outcome.js'
import { REFERENCE } from './declaration.js'
import type { Model } from './model.js'
import { factsOf, tenantAccess } from './rules.js'
import type { Side, Scenario } from './scenario.js'

const PERMISSIONS = [...REFERENCE.library, ...REFERENCE.host, 'invoice:burn']

/** Holds every user's access to the tenants in which something changed against the reference decision. */
export async function checkAccess(model: Model, { sides, compared }: Scenario): Promise<void> {
  for (const { id: tenantId } of model.tenants) {
    const facts = JSON.stringify(model.users.map(({ id }) => factsOf(model, tenantId, id)))
    if (compared.get(tenantId) === facts) continue
    for (const side of sides) {
      for (const { id: userId } of model.users) await compareAccess(model, side, { tenantId, userId })
    }
    compared.set(tenantId, facts)
  }
}

interface Asked {
  readonly tenantId: string
  readonly userId: string
}

async function compareAccess(model: Model, { name, tenancy }: Side, asked: Asked): Promise<void> {
  const { tenantId, userId } = asked
  const response = await answerOf(() => tenancy.as({ userId }).in(tenantId).access())
  const refusal = tenantAccess(model, { tenantId, actorId: userId })
  const got = 'refused' in response ? response.refused : null
  if (got !== refusal) {
    throw new Error(`${name} answers ${got ?? 'access'} to ${userId} in ${tenantId}, the model ${refusal ?? 'access'}.`)
  }
  const facts = factsOf(model, tenantId, userId)
  if ('refused' in response || !facts) return
  for (const permission of PERMISSIONS) {
    for (const resource of thingsNear(asked)) {
      const expected = referenceDecision(REFERENCE, facts, permission, resource).allowed
      if (response.result.can(permission, resource) === expected) continue
      const question = `whether ${userId} may ${permission} in ${tenantId} on ${JSON.stringify(resource ?? 'anything')}`
      throw new Error(
        `${name} and the reference decision differ on ${question}; the reference says ${String(expected)}.`,
      )
    }
  }
}

/** Nothing in particular, something of one's own, something of another's, open and private, and what tenants share. */
function thingsNear({ tenantId, userId }: Asked): readonly (ResourceAttributes | undefined)[] {
  return [
    undefined,
    { ownerId: userId, visibility: 'private' },
    { ownerId: 'somebody-else', visibility: 'tenant' },
    { ownerId: 'somebody-else', visibility: 'private' },
    { ownerId: null },
    { ownerId: userId, tenantId: 'another-tenant' },
    { ownerId: 'somebody-else', tenantId: 'another-tenant', sharedTenantId: tenantId },
    { ownerId: userId, tenantId, sharedTenantId: 'another-tenant' },
    { ownerId: 'somebody-else', tenantId, sharedTenantId: 'another-tenant' },
  ]
}
