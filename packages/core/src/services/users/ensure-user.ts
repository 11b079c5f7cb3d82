import { z } from 'zod'
import { EmailInput } from '../../model/email.js'
import { Id } from '../../model/id.js'
import { UserName } from '../../model/user.js'
import type { User } from '../../model/user.js'
import { directoryCommand } from '../command.js'
import type { Scope } from '../command.js'
import { parseInput } from '../parse-input.js'
import { newUser, refuseTakenEmail } from './new-user.js'

const input = z.strictObject({
  id: Id,
  email: EmailInput,
  name: UserName.nullish(),
  /** Whether the host has proven the address theirs. Only then can they accept invitations. Default `false`. */
  emailVerified: z.boolean().default(false),
})

/**
 * Takes over a person the host has authenticated: made on first sight, kept in step afterwards. Nothing is written
 * while nothing differs. For the host's own code.
 */
export async function ensureUser(scope: Scope, raw: z.input<typeof input>): Promise<User> {
  const given = parseInput(input, raw)
  const known = await scope.context.storage.read.users.find(given.id)
  if (known && !differs(known, given)) return known
  return ensure(scope, given)
}

type Given = z.output<typeof input>

function differs(user: User, { email, name, emailVerified }: Given): boolean {
  const renamed = name != null && name !== user.name
  return user.email !== email.email || renamed || (user.emailVerifiedAt !== null) !== emailVerified
}

const ensure = directoryCommand({
  input: input.extend({ email: z.object({ email: z.string(), emailKey: z.string() }) }),
  who: 'operator',
  prepare: async (_, { id }) => ({ locks: { users: [id] }, scope: { userId: id }, found: null }),
  async run({ tx, now }, given) {
    const { id, email, name, emailVerified } = given
    const known = await tx.users.find(id)
    const target = { type: 'user', id } as const
    if (!known) {
      const user = newUser({ id, ...email, name: name ?? null, emailVerifiedAt: emailVerified ? now : null, now })
      await tx.users.insert(user).catch(refuseTakenEmail)
      return { result: user, events: [{ type: 'user.created', target, data: { superuser: false } }] }
    }
    if (!differs(known, given)) return { result: known, events: [] }
    const set = {
      ...email,
      name: name ?? known.name,
      emailVerifiedAt: emailVerified ? (known.emailVerifiedAt ?? now) : null,
    }
    await tx.users.update({ id, set }).catch(refuseTakenEmail)
    return {
      result: { ...known, ...set },
      events: [{ type: 'user.updated', target, data: { changed: ['email', 'name', 'emailVerified'] } }],
    }
  },
})
