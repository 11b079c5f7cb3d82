import { addressCases } from './address-cases.js'
import { additionCases } from './addition-cases.js'
import { invitationCases } from './invitation-cases.js'
import { joiningCases } from './joining-cases.js'
import { limitCases } from './limit-cases.js'
import { meetingCases } from './meeting-cases.js'
import { ownershipCases } from './ownership-cases.js'
import type { RaceCase } from './race-case.js'
import { resourceCases } from './resource-cases.js'
import { roleCases } from './role-cases.js'

/**
 * What holds however many ask at once, from however many processes. Each case makes its own tenants and people, so that
 * all can run on one database, again and again.
 *
 * @example
 * const arena = await raceInProcess(memoryStorage())
 * for (const raceCase of raceCases) await raceCase.run(arena)
 * await arena.close()
 */
export const raceCases: readonly RaceCase[] = [
  ...limitCases,
  ...additionCases,
  ...addressCases,
  ...invitationCases,
  ...joiningCases,
  ...meetingCases,
  ...ownershipCases,
  ...roleCases,
  ...resourceCases,
]
