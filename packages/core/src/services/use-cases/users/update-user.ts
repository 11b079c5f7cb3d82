import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { NewEmailInput } from '../../../model/email.js'
import { Id } from '../../../model/id.js'
import { TypedPassword, Language, Password, TimeZone, UserName } from '../../../model/user.js'
import type { User } from '../../../model/user.js'
import type { UserChanges } from '../../../storage/user-port.js'
import { isSystem, userIdOf } from '../../pipeline/actor.js'
import type { Actor } from '../../pipeline/actor.js'
import { globalCommand, requireOperator } from '../../pipeline/command.js'
import type { Scope } from '../../pipeline/command.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { consumeRateLimit } from '../../steps/rate-limits/consume-rate-limit.js'
import { accountChangedEmail } from '../../steps/users/account-changed-email.js'
import { claimAddress, locksOfClaim, PROOF } from '../../steps/users/claim-address.js'
import { inheritAccount } from '../../steps/users/inherit-account.js'
import { refuseTakenEmail } from '../../steps/users/new-user.js'
import { boundAddressGuesses, refuseTakenAddress } from '../../steps/users/refuse-taken-address.js'
import { signOutEverywhere } from '../../steps/users/sign-out-everywhere.js'
import { namedOrSelf, ownOrAny } from '../../steps/users/own-or-any.js'
import { proveCaller, refuseUnproven, requireProof } from '../../steps/users/prove-caller.js'
import type { CallerProof } from '../../steps/users/prove-caller.js'
import { ifVersion, requireVersion, versionOf } from '../../pipeline/version.js'

const fields = {
  /** Whose account. Default: the caller's own; another's needs an operator. */
  userId: Id.optional(),
  name: UserName.nullable().optional(),
  avatarUrl: z
    .url({ protocol: /^https$/, normalize: true })
    .max(2000)
    .nullable()
    .optional(),
  language: Language.nullable().optional(),
  timeZone: TimeZone.nullable().optional(),
  /** For operators only. */
  superuser: z.boolean().optional(),
  /** For operators only: a disabled account is refused everywhere. */
  status: z.enum(['active', 'disabled']).optional(),
  /** For operators only: whether the address is proven. */
  emailVerified: z.boolean().optional(),
  /** What `versionOf` returned of the account as the caller has read it; else `version_mismatch`. */
  ifVersion,
}

const input = z.strictObject({
  ...fields,
  email: NewEmailInput.optional(),
  password: Password.optional(),
  /** The caller's own. */
  currentPassword: TypedPassword.optional(),
})

/**
 * Changes an account. A new address has to be proven anew; a new password signs the account out everywhere, but for the
 * token that its owner calls with. Both, and making an operator, need a sign-in within the last ten minutes, or the
 * caller's current password: `reauthentication_required`. The address that the account had is notified by mail. New
 * passwords are limited per account.
 */
export async function updateUser(scope: Scope, raw: z.input<typeof input>): Promise<User> {
  const { password, currentPassword, ...changes } = parseInput(input, raw)
  const userId = namedOrSelf(scope, changes.userId)
  const proof = await proveCaller(scope, { currentPassword, call: 'users.update()', of: userId })
  const passwordHash = password === undefined ? undefined : await hashPassword(scope, { userId, password, proof })
  const guesser = changes.email === undefined ? null : userIdOf(scope.actor)
  return boundAddressGuesses(scope.context, guesser, () => update(scope, { ...changes, userId, proof, passwordHash }))
}

/**
 * Hashes so many new passwords of one account in a while, and none without the proof: a stolen token must not use up
 * what its owner needs to end it.
 */
async function hashPassword(
  scope: Scope,
  { userId, password, proof }: { readonly userId: string; readonly password: string; readonly proof: CallerProof },
): Promise<string> {
  await refuseUnproven(scope, { userId, proof })
  if (!isSystem(scope.actor)) await consumeRateLimit(scope.context, 'newPasswordPerUser', userId)
  return scope.context.passwords.hash(password)
}

const update = globalCommand({
  input: z.strictObject({
    ...fields,
    userId: Id,
    email: z.object({ email: z.string(), emailKey: z.string() }).optional(),
    passwordHash: z.string().optional(),
    proof: z.custom<CallerProof>(),
  }),
  who: 'anyone',
  async prepare(scope, { userId, email, emailVerified = false }) {
    const locks = email && emailVerified ? await locksOfClaim(scope, { userId, ...email }, PROOF) : { users: [userId] }
    return { locks, scope: { userId }, found: null }
  },
  async run(step, { userId, passwordHash, proof, email, emailVerified, ifVersion: expected, ...changes }) {
    const { tx, now } = step
    const known = await ownOrAny(step, step.tx, userId)
    requireVersion(versionOf.user(known), expected)
    // Clients send `false` for whoever is none.
    const superuser = changes.superuser === known.superuser ? undefined : changes.superuser
    const operatorsOnly = [superuser, changes.status, emailVerified].some((value) => value !== undefined)
    if (operatorsOnly) requireOperator(step.actor, step.user)
    const verification: UserChanges = emailVerified === undefined ? {} : { emailVerifiedAt: emailVerified ? now : null }
    const moves = email !== undefined && email.emailKey !== known.emailKey
    if (passwordHash !== undefined || moves || changes.superuser === true) await requireProof(step, proof)
    const unproven: UserChanges = moves ? { emailVerifiedAt: null } : {}
    const named = defined({ ...changes, ...email, ...unproven, ...verification })
    const changed = [...Object.keys(named).filter((name) => name !== 'emailKey'), ...(passwordHash ? ['password'] : [])]
    if (changed.length === 0) throw new TenancyError('invalid_input', 'Name something to change', { field: '' })
    const claimed = email && emailVerified ? await claimAddress(step, { userId, ...email }, PROOF) : null
    if (moves) await refuseTakenAddress(step, { id: userId, emailKey: email.emailKey })
    // Whoever gets a password gets in by it.
    const set = passwordHash === undefined ? named : { ...named, waitingSince: null }
    await tx.users.update({ id: userId, set }).catch(refuseTakenEmail)
    if (passwordHash !== undefined) await tx.users.setPasswordHash(userId, passwordHash)
    if (set.status === 'disabled') await signOutEverywhere(tx, userId)
    else if (passwordHash !== undefined) await signOutEverywhere(tx, userId, tokenOf(step.actor, userId))
    const noticed = [...(moves ? (['email'] as const) : []), ...(passwordHash ? (['password'] as const) : [])]
    const user = { ...known, ...set }
    const inherited = claimed?.inherited ? await inheritAccount(step, { from: claimed.inherited, to: user }) : []
    const target = { type: 'user', id: userId } as const
    return {
      result: user,
      events: [...(claimed?.events ?? []), { type: 'user.updated', target, data: { changed } }, ...inherited],
      // What the host's own code does, it tells itself.
      emails: isSystem(step.actor) ? [] : await accountChangedEmail(step, known, noticed),
    }
  },
})

/** The token that the owner of an account calls with. */
function tokenOf(actor: Actor, userId: string): string | undefined {
  return 'userId' in actor && actor.userId === userId ? actor.tokenId : undefined
}

/** Leaves out what is `undefined`, so that it changes nothing. */
function defined(changes: { readonly [Field in keyof UserChanges]: UserChanges[Field] | undefined }): UserChanges {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}
