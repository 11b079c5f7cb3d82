import { z } from 'zod'
import { isTenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import { EmailInput } from '../../../model/email.js'
import type { Email } from '../../../model/email.js'
import { Id } from '../../../model/id.js'
import { hasAddress, noAddress } from '../../../model/no-address.js'
import { HostUserName } from '../../../model/user.js'
import type { User } from '../../../model/user.js'
import { takesAddress } from '../../../policy/invariants.js'
import type { AddressClaim } from '../../../policy/invariants.js'
import { unauthenticated } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import type { GlobalStep, Scope } from '../../pipeline/command.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { globalQuery } from '../../pipeline/query.js'
import { openPersonalTenant } from '../../steps/tenants/open-personal-tenant.js'
import { changesTooOften } from '../../steps/users/changes-too-often.js'
import { claimAddress, locksOfClaim } from '../../steps/users/claim-address.js'
import { inheritAccount } from '../../steps/users/inherit-account.js'
import { retryOnConflict, newUser } from '../../steps/users/new-user.js'

const fields = {
  id: Id,
  name: HostUserName.nullish(),
  /**
   * Whether the host has proven the address theirs. Only then can they accept invitations without a token. Default: the
   * host does not know, so that a proof by mail stands, and a new address has none.
   */
  emailVerified: z.boolean().optional(),
}
const input = z.strictObject({ ...fields, email: EmailInput })

type Given = z.output<typeof input>

/**
 * Takes over a person the host has authenticated: made on first sight, kept in step afterwards. Nothing is written
 * while nothing differs, and an account that changed five times within an hour stays as it is until that hour is over:
 * sessions with different claims do not write in turns. An account that was deleted stays so: `unauthenticated`. For the
 * host's own code.
 *
 * The host's newest word says whose an address is. With `emailVerified` the account gets the address from whoever has it,
 * and what an account that `members.add` made for that address has. Without it, an address that is proven to be another
 * account's, or that waits for a proof, stays there: this account has none meanwhile (`…@no-address.invalid`).
 */
export async function ensureUser(scope: Scope, raw: z.input<typeof input>): Promise<User> {
  const given = parseInput(input, raw)
  const resolved = await findInStep(scope, given)
  if (resolved) return resolved
  const unresolved = await findUnresolved(scope, given)
  if (unresolved) return unresolved
  return ensure(scope, given).catch((error: unknown) => {
    // Inside a transaction of the host nothing runs again by itself.
    if (isTenancyError(error, 'conflict')) return ensure(scope, given)
    throw error
  })
}

const parsed = z.strictObject({ ...fields, email: z.object({ email: z.string(), emailKey: z.string() }) })

/** The account as it is, when the host says nothing new. */
const findInStep = globalQuery({
  input: parsed,
  who: 'operator',
  async run({ read }, given) {
    const known = refuseDeleted(await read.users.find(given.id))
    if (!known || isInStep(known, given)) return known
    if (hasAddress(known) || !isInStep(known, withheld(given))) return null
    const holder = await read.users.findByEmailKey(given.email.emailKey)
    return holder && !takesAddress(claimOf(given), holder) ? known : null
  },
})

/**
 * The account as it is, when it changes too often to follow. A proof is followed where somebody has none, and the end of
 * one always.
 */
const findUnresolved = globalQuery({
  input: parsed,
  who: 'operator',
  async run({ context, read }, { id, email, emailVerified }) {
    const known = refuseDeleted(await read.users.find(id))
    if (!known || (known.emailVerifiedAt !== null && emailVerified === false)) return null
    const ofAddress = known.emailKey !== email.emailKey
    if (!(await changesTooOften({ events: read.events, userId: id, now: context.clock(), ofAddress }))) return null
    const holder = emailVerified ? await read.users.findByEmailKey(email.emailKey) : null
    return holder && holder.id !== id && holder.emailVerifiedAt === null ? null : known
  },
})

const ensure = globalCommand({
  input: parsed,
  who: 'operator',
  async prepare(scope, given) {
    const { id, email } = given
    const locks = await locksOfClaim(scope, { userId: id, emailKey: email.emailKey }, claimOf(given))
    return { locks, scope: { userId: id }, found: null }
  },
  async run(step, asked) {
    const { id } = asked
    const known = refuseDeleted(await step.tx.users.find(id))
    const claimed = await claimAddress(step, { userId: id, emailKey: asked.email.emailKey }, claimOf(asked))
    const given = claimed.granted ? asked : withheld(asked)
    const { user, events } = known ? await keepInStep(step, known, given) : await open(step, given)
    const inherited = claimed.inherited ? await inheritAccount(step, { from: claimed.inherited, to: user }) : []
    return { result: user, events: [...claimed.events, ...events, ...inherited] }
  },
})

interface Ensured {
  readonly user: User
  readonly events: readonly NewEvent[]
}

async function open(step: GlobalStep, { id, email, name = null, emailVerified }: Given): Promise<Ensured> {
  const { tx, now } = step
  const user = newUser({ id, ...email, name, emailVerifiedAt: emailVerified ? now : null, now })
  await tx.users.insert(user).catch(retryOnConflict)
  const personal = await openPersonalTenant(step, user)
  return {
    user,
    events: [{ type: 'user.created', target: { type: 'user', id }, data: { superuser: false } }, ...personal],
  }
}

async function keepInStep({ tx, now }: GlobalStep, known: User, given: Given): Promise<Ensured> {
  const { id } = known
  const set = changesTo(known, given, now)
  const changed = Object.keys(set).filter((name) => name !== 'emailKey' && name !== 'waitingSince')
  await tx.users.update({ id, set }).catch(retryOnConflict)
  const user = { ...known, ...set }
  return {
    user,
    events: changed.length === 0 ? [] : [{ type: 'user.updated', target: { type: 'user', id }, data: { changed } }],
  }
}

function claimOf({ emailVerified = false }: Given): AddressClaim {
  return { by: 'host', isProven: emailVerified }
}

/** What is kept of an account whose address stays another's. */
function withheld(given: Given): Given {
  return { ...given, email: noAddress(given.id), emailVerified: false }
}

function refuseDeleted(user: User | null): User | null {
  if (user?.status === 'deleted') throw unauthenticated()
  return user
}

function isInStep(user: User, given: Given): boolean {
  return Object.keys(changesTo(user, given, 0)).length === 0
}

/** What differs from what the host says. A name the host does not know is left as it is. */
function changesTo(user: User, { email, name, emailVerified }: Given, now: number) {
  return {
    ...(user.email !== email.email || user.emailKey !== email.emailKey ? email : {}),
    ...(name && name !== user.name ? { name } : {}),
    ...proofOf(user, { email, emailVerified }, now),
    ...(user.waitingSince === null ? {} : { waitingSince: null }),
  }
}

function proofOf(
  { emailKey, emailVerifiedAt }: User,
  { email, emailVerified }: { readonly email: Email; readonly emailVerified?: boolean | undefined },
  now: number,
) {
  const moved = emailKey !== email.emailKey
  const proven = emailVerifiedAt !== null
  const proves = emailVerified ?? (proven && !moved)
  if (proves === proven && !(moved && proven)) return {}
  return { emailVerifiedAt: proves ? now : null }
}
