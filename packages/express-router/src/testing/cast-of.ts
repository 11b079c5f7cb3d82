import type { AttackCast } from '@tenantry/testkit'
import type { World } from './world.js'

/** The people of a world in the parts of an attack. */
export function castOf({ people, acme, globex }: World): AttackCast {
  const { ann: owner, ada: admin, bob: member, vic: viewer, gil: outsider, otto: stranger } = people
  return { owner, admin, member, viewer, outsider, stranger, tenant: acme, otherTenant: globex }
}
