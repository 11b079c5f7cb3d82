import { z } from 'zod'
import { isTenancyError } from '../../errors.js'
import { EmailInput } from '../../model/email.js'
import { Id } from '../../model/id.js'
import { HostUserName } from '../../model/user.js'
import type { User } from '../../model/user.js'
import { unauthenticated } from '../actor.js'
import { directoryCommand } from '../command.js'
import type { Scope } from '../command.js'
import { parseInput } from '../parse-input.js'
import { directoryQuery } from '../query.js'
import { openPersonalTenant } from '../tenants/open-personal-tenant.js'
import { changesTooOften } from './changes-too-often.js'
import { newUser, refuseTakenEmail } from './new-user.js'

const input = z.strictObject({
  id: Id,
  email: EmailInput,
  name: HostUserName.nullish(),
  /** Whether the host has proven the address theirs. Only then can they accept invitations. Default `false`. */
  emailVerified: z.boolean().default(false),
})

type Given = z.output<typeof input>

/**
 * Takes over a person the host has authenticated: made on first sight, kept in step afterwards. Nothing is written
 * while nothing differs, and an account that changed five times within an hour stays as it is until that hour is over:
 * sessions with different claims do not write in turns. An account that was deleted stays so: `unauthenticated`. For the host's own code.
 */
export async function ensureUser(scope: Scope, raw: z.input<typeof input>): Promise<User> {
  const given = parseInput(input, raw)
  const known = await find(scope, { id: given.id })
  if (known && Object.keys(changesTo(known, given, 0)).length === 0) return known
  if (known && (await isUnsettled(scope, { id: given.id }))) return known
  return ensure(scope, given).catch((error: unknown) => {
    // Somebody's first requests come at once, and another one has just made the account.
    if (isTenancyError(error, 'conflict') || isTenancyError(error, 'email_taken')) return ensure(scope, given)
    throw error
  })
}

const find = directoryQuery({
  input: z.strictObject({ id: Id }),
  who: 'operator',
  run: async ({ read }, { id }) => refuseDeleted(await read.users.find(id)),
})

const isUnsettled = directoryQuery({
  input: z.strictObject({ id: Id }),
  who: 'operator',
  run: ({ context, read }, { id }) => changesTooOften({ events: read.events, userId: id, now: context.clock() }),
})

const ensure = directoryCommand({
  input: input.extend({ email: z.object({ email: z.string(), emailKey: z.string() }) }),
  who: 'operator',
  prepare: async (_, { id }) => ({ locks: { users: [id] }, scope: { userId: id }, found: null }),
  async run(step, given) {
    const { tx, now } = step
    const { id, email, name, emailVerified } = given
    const known = refuseDeleted(await tx.users.find(id))
    const target = { type: 'user', id } as const
    if (!known) {
      const user = newUser({ id, ...email, name: name ?? null, emailVerifiedAt: emailVerified ? now : null, now })
      await tx.users.insert(user).catch(refuseTakenEmail)
      const personal = await openPersonalTenant(step, user)
      return { result: user, events: [{ type: 'user.created', target, data: { superuser: false } }, ...personal] }
    }
    const set = changesTo(known, given, now)
    const changed = Object.keys(set).filter((name) => name !== 'emailKey')
    if (changed.length === 0) return { result: known, events: [] }
    await tx.users.update({ id, set }).catch(refuseTakenEmail)
    return { result: { ...known, ...set }, events: [{ type: 'user.updated', target, data: { changed } }] }
  },
})

function refuseDeleted(user: User | null): User | null {
  if (user?.status === 'deleted') throw unauthenticated()
  return user
}

/** What differs from what the host says. A name the host does not know is left as it is. */
function changesTo(user: User, { email, name, emailVerified }: Given, now: number) {
  const moved = user.emailKey !== email.emailKey
  const proven = user.emailVerifiedAt !== null
  return {
    ...(user.email !== email.email || moved ? email : {}),
    ...(name && name !== user.name ? { name } : {}),
    ...(proven !== emailVerified || (moved && proven) ? { emailVerifiedAt: emailVerified ? now : null } : {}),
  }
}
