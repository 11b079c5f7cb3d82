import { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import type { Email } from '../../../model/email.js'
import type { Member, MemberMetadata, Membership } from '../../../model/membership.js'
import type { User } from '../../../model/user.js'
import type { Role } from '../../../policy/policy.js'
import type { TenantStep } from '../../pipeline/command.js'
import { refuseRecentlyDeclined } from '../invitations/refuse-recently-declined.js'
import { revokePending } from '../invitations/revoke-pending.js'
import { resolveRequestOf } from '../join-requests/resolve-request-of.js'
import type { EmailMessage } from '../../pipeline/email-message.js'
import { consumeEmailLimits } from '../rate-limits/consume-email-limits.js'
import { checkTenantsPerUser } from '../tenants/check-tenants-per-user.js'
import { openPersonalTenant } from '../tenants/open-personal-tenant.js'
import { accountCreatedConcurrently, newUser, retryOnConflict } from '../users/new-user.js'
import { memberAddedEmail } from './member-added-email.js'
import { toMemberUser } from './to-member-user.js'
import { checkSeats } from './check-seats.js'
import { metadataOf } from './member-metadata.js'
import { denialsOnReturn } from './on-return.js'
import { requireDeactivation } from './require-deactivation.js'

/** A new member; `created` when the account was made on this occasion. */
export interface AddedMember<Role extends string = string, Metadata = MemberMetadata> {
  readonly member: Member<Role, Metadata>
  readonly created: boolean
}

interface AddedMembership extends AddedMember {
  readonly events: readonly NewEvent[]
  /** None where they are not told. */
  readonly mail: EmailMessage | null
}

export type MemberTerms = Email & {
  readonly roles: readonly Role[]
  readonly active: boolean
  /** As it was given. */
  readonly metadata?: MemberMetadata | null | undefined
  /** When they became a member elsewhere. Default: now. */
  readonly joinedAt?: number | undefined
  /** Whether they, and those who run the tenant, are told. Default: they are. */
  readonly notify?: boolean | undefined
  readonly name?: string | undefined
  readonly language?: string | undefined
}

/** Adds the account with this email as a member, creating the account if needed. All checks run before the first write. */
export async function addMembership(step: TenantStep, terms: MemberTerms): Promise<AddedMembership> {
  const { context, tx, tenant, tenantId, now } = step
  const { email, emailKey, roles, active, name, language = step.user?.language } = terms
  const { joinedAt, notify = true } = terms
  const metadata = metadataOf(context, terms.metadata)
  const known = await findHeld(step, emailKey)
  if (known && (await tx.memberships.find({ tenantId, userId: known.id })))
    throw new TenancyError('already_member', 'This person is a member already', {})
  await refuseRecentlyDeclined(step, emailKey)
  await checkSeats(context, tx, tenant)
  if (!active) await requireDeactivation(step, known)
  const made = { emailVerifiedAt: null, waitingSince: now }
  const user = known ?? newUser({ ...made, id: context.newId(), email, emailKey, name, language, now })
  // The personal tenant that comes with an account is one of them, and not there yet.
  await checkTenantsPerUser(context, tx, user, !known && context.personalTenants ? 1 : 0)
  if (notify) await consumeEmailLimits(step, { tenant, recipient: emailKey })

  const creation = known ? [] : await createAccount(step, user)
  const key = { tenantId, userId: user.id }
  const membership: Membership = {
    ...key,
    roles: roles.map(({ key }) => key),
    active,
    overrides: await denialsOnReturn(step, key, { grantor: step.subject, roles }),
    invitedBy: step.membership?.userId ?? null,
    lastActiveAt: null,
    metadata,
    createdAt: joinedAt ?? now,
    // Whom an operator adds, the host knows.
    ...(step.membership && { addedAs: { email, name: name ?? null } }),
  }
  const revokedInvitationIds = await revokePending(step, { tenantId, emailKey })
  await tx.memberships.insert(membership)
  await resolveRequestOf(tx, { tenantId, userId: user.id, at: now })
  const { mail, events } = notify ? await memberAddedEmail(step, { user, roles }) : { mail: null, events: [] }
  const target = { type: 'member', id: user.id } as const
  const data = {
    ...{ roles: membership.roles, active, revokedInvitationIds },
    ...(metadata && { metadata: Object.keys(metadata) }),
    ...(joinedAt !== undefined && { joinedAt }),
    ...(!notify && { notify }),
  }
  return {
    member: toMemberUser({ ...membership, user }),
    created: !known,
    events: [...creation, ...events, { type: 'member.added', target, data }],
    mail,
  }
}

/** The account of an address. Its row must be held, for the number of tenants it is in to stay as counted. */
async function findHeld({ tx, locks }: TenantStep, emailKey: string): Promise<User | null> {
  const user = await tx.users.findByEmailKey(emailKey)
  if (!user || locks.users?.includes(user.id)) return user
  throw accountCreatedConcurrently()
}

async function createAccount(step: TenantStep, user: User): Promise<readonly NewEvent[]> {
  await step.tx.users.insert(user).catch(retryOnConflict)
  const personal = await openPersonalTenant(step, user)
  const [scope, target] = [{ userId: user.id }, { type: 'user', id: user.id }] as const
  return [{ type: 'user.created', scope, target, data: { superuser: false } }, ...personal]
}
