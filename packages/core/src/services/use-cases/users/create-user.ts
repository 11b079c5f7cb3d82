import { z } from 'zod'
import { NewEmailInput } from '../../../model/email.js'
import { Id } from '../../../model/id.js'
import { Language, Password, TimeZone, TypedPassword, UserName } from '../../../model/user.js'
import type { User } from '../../../model/user.js'
import { userIdOf } from '../../pipeline/actor.js'
import { globalCommand, requireOperator } from '../../pipeline/command.js'
import type { Scope } from '../../pipeline/command.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { globalQuery } from '../../pipeline/query.js'
import { consumeRateLimit } from '../../steps/rate-limits/consume-rate-limit.js'
import { openPersonalTenant } from '../../steps/tenants/open-personal-tenant.js'
import { claimAddress, locksOfClaim, PROOF } from '../../steps/users/claim-address.js'
import { inheritAccount } from '../../steps/users/inherit-account.js'
import { newUser, refuseTakenEmail } from '../../steps/users/new-user.js'
import { proveCaller, requireProof } from '../../steps/users/prove-caller.js'
import type { CallerProof } from '../../steps/users/prove-caller.js'
import { boundAddressGuesses, refuseTakenAddress } from '../../steps/users/refuse-taken-address.js'

const input = z.strictObject({
  /** The host's own id for this person, when it keeps users itself. */
  id: Id.optional(),
  email: NewEmailInput,
  /** Whether the address is proven theirs. Only then can they accept invitations. Default `false`. */
  emailVerified: z.boolean().default(false),
  name: UserName.optional(),
  password: Password.optional(),
  language: Language.optional(),
  timeZone: TimeZone.optional(),
  /** Makes an operator of the installation. Default `false`. */
  superuser: z.boolean().default(false),
  /** The caller's own, where an operator makes another one or says an address is proven, long after they signed in. */
  currentPassword: TypedPassword.optional(),
})

/**
 * Makes an account for somebody. Users may, unless the host says `userCreation: 'operators'`, so many in an hour; only
 * operators make one that is an operator's, whose address counts as proven, or that has an id of the host's. The first
 * two need a recent sign-in or the operator's current password: `reauthentication_required`.
 */
export async function createUser(scope: Scope, raw: z.input<typeof input>) {
  const { context } = scope
  const { password, currentPassword, ...details } = parseInput(input, raw)
  const plain = !details.superuser && !details.emailVerified && details.id === undefined
  // Asked before the costly work of hashing, and again by the command.
  const maker = await askMaker(scope, { plain })
  if (maker !== null) await consumeRateLimit(context, 'accountPerMaker', maker)
  const proof = await proveCaller(scope, { currentPassword, call: 'users.create()' })
  const passwordHash = password === undefined ? null : await context.passwords.hash(password)
  const id = details.id ?? context.newId()
  return boundAddressGuesses(context, maker, () => create(scope, { ...details, id, passwordHash, plain, proof }))
}

/** The user who makes an account by this right alone; `null` for an operator, and a refusal for everybody else. */
function makerOf({ context, actor, user }: Scope & { readonly user: User | null }, plain: boolean): string | null {
  const isUsers = context.userCreation === 'users' && plain && user?.superuser === false
  if (isUsers) return user.id
  requireOperator(actor, user)
  return null
}

const askMaker = globalQuery({
  input: z.strictObject({ plain: z.boolean() }),
  who: 'anyone',
  run: async (step, { plain }) => makerOf(step, plain),
})

const create = globalCommand({
  input: input.extend({
    id: Id,
    email: z.object({ email: z.string(), emailKey: z.string() }),
    password: z.undefined().optional(),
    currentPassword: z.undefined().optional(),
    passwordHash: z.string().nullable(),
    plain: z.boolean(),
    proof: z.custom<CallerProof>(),
  }),
  who: 'anyone',
  async prepare(scope, { id, email: { emailKey }, emailVerified }) {
    const maker = userIdOf(scope.actor)
    const claimed = emailVerified ? await locksOfClaim(scope, { userId: id, emailKey }, PROOF) : { users: [id] }
    const users = [...(claimed.users ?? []), ...(maker === null ? [] : [maker])]
    return { locks: { ...claimed, users: [...new Set(users)] }, scope: { userId: id }, found: null }
  },
  async run(step, { email, emailVerified, passwordHash, plain, proof, ...details }) {
    const { tx, now } = step
    makerOf(step, plain)
    if (details.superuser || emailVerified) await requireProof(step, proof)
    const createdBy = step.user?.id ?? null
    const user = newUser({ ...details, ...email, emailVerifiedAt: emailVerified ? now : null, createdBy, now })
    const { id: userId, emailKey } = user
    const claimed = emailVerified ? await claimAddress(step, { userId, emailKey }, PROOF) : null
    await refuseTakenAddress(step, user)
    await tx.users.insert(user).catch(refuseTakenEmail)
    if (passwordHash !== null) await tx.users.setPasswordHash(user.id, passwordHash)
    const personal = await openPersonalTenant(step, user)
    const inherited = claimed?.inherited ? await inheritAccount(step, { from: claimed.inherited, to: user }) : []
    const target = { type: 'user', id: userId } as const
    return {
      result: user,
      events: [
        ...(claimed?.events ?? []),
        { type: 'user.created', target, data: { superuser: user.superuser } },
        ...personal,
        ...inherited,
      ],
    }
  },
})
