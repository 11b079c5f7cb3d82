import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import { Id } from '../../../model/id.js'
import { RoleKey, type MemberMetadata } from '../../../model/membership.js'
import { mayAssign, mayUnshare, mayManage } from '../../../policy/authority.js'
import { resolveRole } from '../../../policy/custom-role.js'
import type { CustomRole } from '../../../policy/custom-role.js'
import type { Policy, Role } from '../../../policy/policy.js'
import { tenantCommand } from '../../pipeline/command.js'
import type { TenantStep } from '../../pipeline/command.js'
import { assignableRole } from '../../steps/roles/assignable-role.js'
import { loadMember, insufficientRank } from '../../steps/members/load-member.js'
import { changedKeys, metadataOf } from '../../steps/members/member-metadata.js'
import { DEFAULT_ROLE } from '../../steps/members/on-return.js'
import { MAX_ROLES } from '../../steps/members/roles-input.js'
import { ifVersion, requireVersion, versionOf } from '../../pipeline/version.js'

const input = z.strictObject({
  userId: Id,
  /** By role: whether the member holds it from now on. Roles that are not named stay as they are. */
  roles: z.record(RoleKey, z.boolean()).default({}),
  /** Whether the member may do anything. */
  active: z.boolean().optional(),
  /** Replaces the metadata as a whole; `null` removes it. */
  metadata: z.custom<MemberMetadata>().nullish(),
  /** What `versionOf` returned of the member as the caller has read it; else `version_mismatch`. */
  ifVersion,
})

/**
 * Changes single roles of a member, whether they are active, and the host's metadata, all at once or not at all. Whoever
 * loses the last role is a plain member. Only whoever could grant all that an inactive member holds then makes them active.
 */
export const updateMember = tenantCommand({
  input,
  permission: 'member:assign',
  otherThanSelf: ({ userId }) => userId,
  async run(step, { userId, roles: wanted, active, metadata, ifVersion: expected }) {
    const { context, tx, tenantId, subject, now } = step
    const { member, target, customRoles } = await loadMember(context, tx, { tenantId, userId })
    // What the host keeps is an operator's to write for everybody, the owner too.
    const keeps = step.membership === null && active === undefined && Object.keys(wanted).length === 0
    if (!keeps && !mayManage(subject, target)) throw insufficientRank()
    requireVersion(versionOf.member(member), expected)
    const roles = await changedRoles(step, { held: heldBy(context.policy, member.roles, customRoles), wanted })
    const reactivates = active === true && !member.active
    if (reactivates && !mayUnshare(subject, { roles, granted: target.granted })) throw insufficientRank()
    const set = { roles: roles.map(({ key }) => key), active: active ?? member.active }
    const events: NewEvent[] = []
    const about = { type: 'member', id: userId } as const
    if (set.roles.join() !== member.roles.join()) {
      events.push({ type: 'member.roles_updated', target: about, data: { from: member.roles, to: set.roles } })
    }
    if (set.active && !member.active) events.push({ type: 'member.activated', target: about, data: {} })
    if (!set.active && member.active) {
      const revokedInvitationIds = await tx.invitations.revokeByInviter({ tenantId, inviterId: userId, at: now })
      events.push({ type: 'member.deactivated', target: about, data: { revokedInvitationIds } })
    }
    const given = metadata === undefined ? member.metadata : metadataOf(context, metadata)
    const changed = changedKeys(member.metadata, given)
    const kept = changed.length > 0 ? given : member.metadata
    if (changed.length > 0) events.push({ type: 'member.metadata_updated', target: about, data: { changed } })
    if (events.length > 0) await tx.memberships.update({ tenantId, userId, set: { ...set, metadata: kept } })
    return { result: { ...member, ...set, metadata: kept }, events }
  },
})

/** What is held afterwards, highest rank first where it differs. The actor gives only what is theirs to give. */
async function changedRoles(
  { context, tx, tenantId, subject }: TenantStep,
  { held, wanted }: { readonly held: readonly Role[]; readonly wanted: Readonly<Record<string, boolean>> },
): Promise<readonly Role[]> {
  const kept = held.filter(({ key }) => wanted[key] !== false)
  const keys = Object.keys(wanted).filter((key) => wanted[key] === true && !held.some((role) => role.key === key))
  if (kept.length + keys.length === 0) keys.push(DEFAULT_ROLE)
  if (keys.length === 0 && kept.length === held.length) return held
  const added: Role[] = []
  for (const key of keys) added.push(await assignableRole(context, tx, { tenantId, key }))
  if (!added.every((role) => mayAssign(subject, role))) throw insufficientRank()
  if (added.length > 0 && kept.length + added.length > MAX_ROLES)
    throw new TenancyError('invalid_input', `roles: more than ${MAX_ROLES} at once`, { field: 'roles' })
  return [...kept, ...added].sort((one, other) => other.rank - one.rank)
}

/** The roles of a membership; one that no longer exists gives nothing, and stays. */
function heldBy(policy: Policy, keys: readonly string[], customRoles: readonly CustomRole[]): readonly Role[] {
  const gone = (key: string): Role => ({ key, name: key, names: {}, rank: 0, unrestricted: false, mask: [] })
  return keys.map((key) => resolveRole(policy, customRoles, key) ?? gone(key))
}
