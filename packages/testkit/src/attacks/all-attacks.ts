import type { Attack } from './attack.js'
import { addressCases } from './proofs-of-addresses.js'
import { accountCases } from './accounts.js'
import { boundCases } from './bounds.js'
import { callerCases } from './callers.js'
import { crossSiteCases } from './cross-site.js'
import { foreignObjectCases } from './foreign-objects.js'
import { invitationConflictCases } from './invitation-conflicts.js'
import { invitationCases } from './invitations.js'
import { addressesOfClientsCases } from './many-addresses.js'
import { requestCases } from './requests.js'
import { restrictionCases } from './restrictions.js'
import { sharingCases } from './sharing.js'
import { roleCases } from './roles-and-ownership.js'
import { stolenTokenCases } from './stolen-tokens.js'
import { strangerCases } from './strangers.js'

/** Every attack, by its number. */
export const allAttacks: readonly Attack[] = [
  ...foreignObjectCases,
  ...callerCases,
  ...invitationCases,
  ...invitationConflictCases,
  ...accountCases,
  ...roleCases,
  ...sharingCases,
  ...requestCases,
  ...boundCases,
  ...addressCases,
  ...crossSiteCases,
  ...addressesOfClientsCases,
  ...restrictionCases,
  ...stolenTokenCases,
  ...strangerCases,
]
