import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import { Language, Password, TimeZone, UserName } from '../../../model/user.js'
import type { User } from '../../../model/user.js'
import type { LocatedInvitation } from '../../../storage/invitation-port.js'
import { isStorageError } from '../../../storage/storage-error.js'
import { globalCommand } from '../../pipeline/command.js'
import type { GlobalStep, Scope } from '../../pipeline/command.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { countActivation } from '../../steps/rate-limits/count-activation.js'
import { countTakenInvitation } from '../../steps/rate-limits/count-taken-invitation.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { openPersonalTenant } from '../../steps/tenants/open-personal-tenant.js'
import { issueAccessToken } from '../../steps/tokens/issue-access-token.js'
import { accountChangedEmail } from '../../steps/users/account-changed-email.js'
import { claimAddress, locksOfClaim, PROOF } from '../../steps/users/claim-address.js'
import { inheritAccount } from '../../steps/users/inherit-account.js'
import { accountCreatedConcurrently, newUser, retryOnConflict } from '../../steps/users/new-user.js'
import { signOutEverywhere } from '../../steps/users/sign-out-everywhere.js'
import { joinByInvitation } from '../../steps/invitations/join-by-invitation.js'
import { entryOfGuest } from '../../steps/invitations/entry-of-guest.js'
import { invalidToken, locateInvitation, openInvitation } from '../../steps/invitations/open-invitation.js'
import type { OpenInvitation } from '../../steps/invitations/open-invitation.js'

const input = z.strictObject({
  token: z.string().max(200),
  name: UserName.optional(),
  password: Password.optional(),
  language: Language.optional(),
  timeZone: TimeZone.optional(),
})

/**
 * Makes an account for the invited address, a member of the tenant, signed in. The mailed token proves the address: it
 * takes the address from an account that has no proof, opens one that waits for its person, and gives one without a
 * password its first. The token that the inviter saw proves nothing. An address that is somebody's otherwise is never
 * touched: its owner signs in and accepts.
 */
export async function signUpByInvitation(scope: Scope, raw: z.input<typeof input>) {
  const { password, ...details } = parseInput(input, raw)
  await refuseUnlessOpen(scope, { token: details.token, hasPassword: password !== undefined })
  const passwordHash = password === undefined ? null : await scope.context.passwords.hash(password)
  return signUp(scope, { ...details, passwordHash })
}

interface Shown {
  readonly token: string
  readonly hasPassword: boolean
}

/** Only a token that opens an account now is worth the work of hashing a password. No lock is held meanwhile. */
async function refuseUnlessOpen(scope: Scope, { token, hasPassword }: Shown): Promise<void> {
  const { context } = scope
  const key = await locateInvitation(scope, token)
  await countActivation(scope, token)
  const { inviterId, isTaken } = await retryWhenBusy(async () => {
    const { read } = context.storage
    const opened = await openInvitation(context, read, { key, token, now: context.clock() })
    if (!opened) throw invalidToken()
    const holder = await read.users.findByEmailKey(opened.invitation.emailKey)
    const isTaken = holder !== null && (await entryOfGuest(read, holder, { by: key.by, hasPassword })) === null
    return { inviterId: opened.invitation.inviterId, isTaken }
  }, context)
  if (key.by === 'revealed') await countTakenInvitation(context, { inviterId, token, isTaken })
  if (isTaken) throw takenAddress()
}

const signUp = globalCommand({
  input: input.omit({ password: true }).extend({ passwordHash: z.string().nullable() }),
  who: 'anyone',
  async prepare(scope, { token }) {
    const key = await locateInvitation(scope, token)
    const invitation = await scope.context.storage.read.invitations.find(key)
    // The mailed token opens an account that waits; with the other, a new one takes its place and what it has.
    const claim = { ...PROOF, isProven: key.by === 'revealed' }
    const held = invitation ? await locksOfClaim(scope, { userId: null, emailKey: invitation.emailKey }, claim) : {}
    const locks = { ...held, tenants: [...new Set([key.tenantId, ...(held.tenants ?? [])])] }
    return { locks, scope: { tenantId: key.tenantId }, found: key }
  },
  async run(step, { token, passwordHash, ...profile }, key) {
    const { context, tx, now } = step
    const opened = await openInvitation(context, tx, { key, token, now })
    if (!opened) throw invalidToken()
    const account = await enter(step, { opened, by: key.by, profile, hasPassword: passwordHash !== null })
    const { user } = account
    if (passwordHash !== null) await tx.users.setPasswordHash(user.id, passwordHash)
    const { membership, event } = await joinByInvitation(step, { ...opened, user })
    const issued = await issueAccessToken(step, { userId: user.id, label: null, isSignIn: true })
    const data = { tenantName: opened.tenant.name, name: user.name }
    return {
      result: { user, tenant: opened.tenant, membership, accessToken: issued.accessToken, token: issued.token },
      events: [...account.events, issued.event, ...account.later, event],
      emails: account.isKnown
        ? await accountChangedEmail(step, user, ['password'])
        : [{ kind: 'welcome', to: user.email, language: user.language, data }],
    }
  },
})

type Profile = Pick<z.output<typeof input>, 'name' | 'language' | 'timeZone'>

interface Entering extends Pick<Shown, 'hasPassword'> {
  readonly opened: OpenInvitation
  readonly by: LocatedInvitation['by']
  readonly profile: Profile
}

interface Entered {
  readonly user: User
  readonly events: readonly NewEvent[]
  /** What is told after the sign-in. */
  readonly later: readonly NewEvent[]
  /** Whether somebody has been in the account before. */
  readonly isKnown: boolean
}

/** The account of whoever comes in: the one that is there for them, or a new one. */
async function enter(step: GlobalStep, { opened, by, profile, hasPassword }: Entering): Promise<Entered> {
  const { context, tx, now, locks } = step
  const { email, emailKey } = opened.invitation
  const emailVerifiedAt = by === 'mailed' ? now : null
  const holder = await tx.users.findByEmailKey(emailKey)
  if (holder && !locks.users?.includes(holder.id)) throw accountCreatedConcurrently()
  const entry = holder && (await entryOfGuest(tx, holder, { by, hasPassword }))
  if (holder && !entry) throw takenAddress()
  if (holder && entry === 'opened')
    return holder.waitingSince === null
      ? openWithoutPassword(step, holder)
      : openWaiting(step, holder, { ...profile, emailVerifiedAt: holder.emailVerifiedAt ?? emailVerifiedAt })
  const claimed = await claimAddress(step, { userId: null, emailKey }, PROOF)
  const user = newUser({ ...profile, id: context.newId(), email, emailKey, emailVerifiedAt, now })
  await tx.users.insert(user).catch(by === 'mailed' ? retryOnConflict : refuseKnownAddress)
  const personal = await openPersonalTenant(step, user)
  const inherited = claimed.inherited ? await inheritAccount(step, { from: claimed.inherited, to: user }) : []
  const [scope, target] = [{ userId: user.id }, { type: 'user', id: user.id }] as const
  const created = { type: 'user.created', scope, target, data: { superuser: false } } as const
  return { user, events: [...claimed.events, created], later: [...personal, ...inherited], isKnown: false }
}

/** Whoever reads its mails gives it its first password, and is nobody else's session any more. It stays as it is otherwise. */
async function openWithoutPassword({ tx }: GlobalStep, user: User): Promise<Entered> {
  await signOutEverywhere(tx, user.id)
  const [scope, target] = [{ userId: user.id }, { type: 'user', id: user.id }] as const
  const updated = { type: 'user.updated', scope, target, data: { changed: ['password'] } } as const
  return { user, events: [updated], later: [], isKnown: true }
}

async function openWaiting(
  { tx }: GlobalStep,
  waiting: User,
  { emailVerifiedAt, ...profile }: Profile & Pick<User, 'emailVerifiedAt'>,
): Promise<Entered> {
  const { id } = waiting
  const given = Object.entries(profile).filter(([, value]) => value !== undefined)
  const set = { ...Object.fromEntries(given), emailVerifiedAt, waitingSince: null }
  await tx.users.update({ id, set })
  await signOutEverywhere(tx, id)
  const changed = [
    ...given.map(([name]) => name),
    ...(emailVerifiedAt === waiting.emailVerifiedAt ? [] : ['emailVerifiedAt']),
  ]
  const events = [
    { type: 'user.updated', scope: { userId: id }, target: { type: 'user', id }, data: { changed } },
  ] as const
  return { user: { ...waiting, ...set }, events: changed.length === 0 ? [] : events, later: [], isKnown: false }
}

/** An account was made for the address in the same moment: its owner signs in, like any other. */
function refuseKnownAddress(error: unknown): never {
  throw isStorageError(error) && error.constraint === 'user.email' ? takenAddress() : error
}

/** The same of every account, so that it tells nothing more of it. */
function takenAddress(): TenancyError {
  return new TenancyError('unauthenticated', 'Sign in first, or open the link that was mailed to the address', {})
}
