import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import type { MemberMetadata } from '../../../model/membership.js'
import { Language, UserName } from '../../../model/user.js'
import type { Role } from '../../../policy/policy.js'
import type { TenantStep } from '../../pipeline/command.js'
import { invitableRole } from '../invitations/invitable-role.js'
import { MAX_ROLES } from './roles-input.js'

/** What is said of a new member beside the address. */
export const memberFields = {
  /** Either one role, or several. */
  role: z.string().optional(),
  roles: z.array(z.string()).min(1).max(MAX_ROLES).optional(),
  /** Whether they may do anything yet. Default `true`. */
  active: z.boolean().default(true),
  /** The name of an account that is made now. One that is there keeps its own. */
  name: UserName.optional(),
  /** What the host keeps with the membership, as its `memberMetadata` has it. Whoever may list members reads it. */
  metadata: z.custom<MemberMetadata>().nullish(),
  /** The language of an account that is made now, and of its mail. Default: the caller's. */
  language: Language.optional(),
}

interface RolesOfInput {
  readonly role?: string | undefined
  readonly roles?: readonly string[] | undefined
}

/** The roles a new member gets, each of which the actor may invite to. */
export async function rolesOf(step: TenantStep, { role, roles }: RolesOfInput): Promise<readonly Role[]> {
  const keys = new Set([...(role === undefined ? [] : [role]), ...(roles ?? [])])
  const found: Role[] = []
  for (const key of keys) found.push(await invitableRole(step, key))
  return found
}

/** Whether it is said in one way which roles they get. */
export function checkRolesGiven({ role, roles }: RolesOfInput): void {
  if ((role === undefined) !== (roles === undefined)) return
  throw new TenancyError('invalid_input', 'role: needs either one role or several roles', { field: 'role' })
}
