import { addressCases } from './address-cases.js'
import { addMemberCases } from './add-member-cases.js'
import { invitationCases } from './invitation-cases.js'
import { joiningCases } from './joining-cases.js'
import { limitCases } from './limit-cases.js'
import { conflictCases } from './conflict-cases.js'
import { ownershipCases } from './ownership-cases.js'
import type { ConcurrencyCase } from './concurrency-case.js'
import { resourceCases } from './resource-cases.js'
import { roleCases } from './role-cases.js'

/**
 * What holds however many ask at once, from however many processes. Each case makes its own tenants and people, so that
 * all can run on one database, again and again.
 *
 * @example
 * const arena = await runInProcess(memoryStorage())
 * for (const raceCase of concurrencyCases) await raceCase.run(arena)
 * await arena.close()
 */
export const concurrencyCases: readonly ConcurrencyCase[] = [
  ...limitCases,
  ...addMemberCases,
  ...addressCases,
  ...invitationCases,
  ...joiningCases,
  ...conflictCases,
  ...ownershipCases,
  ...roleCases,
  ...resourceCases,
]
