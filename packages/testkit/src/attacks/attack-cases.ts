import type { AttackCase } from './attack-case.js'
import { addressCases } from './proofs-of-addresses.js'
import { accountCases } from './accounts.js'
import { boundCases } from './bounds.js'
import { callerCases } from './callers.js'
import { foreignObjectCases } from './foreign-objects.js'
import { invitationMeetingCases } from './invitation-meetings.js'
import { invitationCases } from './invitations.js'
import { requestCases } from './requests.js'
import { sharingCases } from './sharing.js'
import { roleCases } from './roles-and-ownership.js'

/** Every attack, by its number. */
export const attackCases: readonly AttackCase[] = [
  ...foreignObjectCases,
  ...callerCases,
  ...invitationCases,
  ...invitationMeetingCases,
  ...accountCases,
  ...roleCases,
  ...sharingCases,
  ...requestCases,
  ...boundCases,
  ...addressCases,
]
