import type { Command } from './command.js'
import { activateUser } from './commands/activating.js'
import { addMember, addMembers } from './commands/adding.js'
import { changeEmail } from './commands/changing-address.js'
import { ensureUser } from './commands/ensuring.js'
import { inviteMember, inviteMembers, resendInvitation, revokeInvitation } from './commands/invitations.js'
import { acceptInvitation, declineInvitation, previewInvitation } from './commands/joining.js'
import { activateMember, setRoles, deactivateMember, removeMember, setOverrides } from './commands/members.js'
import { reactivateTenant, setPlan, suspendTenant, transferOwnership } from './commands/operators.js'
import { completeTransfer, guessCode, startTransfer, verifyTransfer } from './commands/ownership.js'
import {
  archiveTenant,
  createTenant,
  leaveTenant,
  restoreTenant,
  switchTenant,
  updateTenant,
} from './commands/tenants.js'
import { letTimePass } from './commands/time.js'
import {
  createResource,
  deleteResource,
  shareResource,
  transferResource,
  unshareResource,
} from './commands/resources.js'
import { createRole, deleteRole, updateRole } from './commands/roles.js'
import { signUpByInvitation } from './commands/signing-up.js'
import { createAccessToken, revokeAccessToken, useAccessToken } from './commands/tokens.js'
import { administerUser, createUser, deleteUser } from './commands/users.js'

/** Everything people do in a model run, and how often next to the others. */
const FREQUENCIES: readonly (readonly [number, Command])[] = [
  [2, createTenant],
  [1, updateTenant],
  [1, archiveTenant],
  [3, restoreTenant],
  [1, switchTenant],
  [2, leaveTenant],

  [2, setPlan],
  [1, suspendTenant],
  [3, reactivateTenant],
  [2, transferOwnership],

  [8, inviteMember],
  [2, inviteMembers],
  [2, resendInvitation],
  [2, revokeInvitation],
  [8, acceptInvitation],
  [5, signUpByInvitation],
  [2, declineInvitation],
  [1, previewInvitation],

  [4, addMember],
  [1, addMembers],
  [6, setRoles],
  [5, createRole],
  [2, updateRole],
  [2, deleteRole],
  [3, deactivateMember],
  [5, activateMember],
  [3, removeMember],
  [5, setOverrides],

  [4, createResource],
  [5, shareResource],
  [3, unshareResource],
  [3, transferResource],
  [2, deleteResource],

  [3, startTransfer],
  [4, verifyTransfer],
  [2, guessCode],
  [5, completeTransfer],

  [3, activateUser],
  [1, createUser],
  [3, ensureUser],
  [2, changeEmail],
  [4, administerUser],
  [1, deleteUser],
  [1, createAccessToken],
  [1, revokeAccessToken],
  [1, useAccessToken],
  [4, letTimePass],
]

/** Each command as often as its frequency says. */
export const COMMANDS: readonly Command[] = FREQUENCIES.flatMap(([times, one]) => Array<Command>(times).fill(one))
