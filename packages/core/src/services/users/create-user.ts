import { z } from 'zod'
import { EmailInput } from '../../model/email.js'
import { Id } from '../../model/id.js'
import { Language, Password, TimeZone, UserName } from '../../model/user.js'
import { userIdOf } from '../actor.js'
import { directoryCommand } from '../command.js'
import type { Scope } from '../command.js'
import { parseInput } from '../parse-input.js'
import { directoryQuery } from '../query.js'
import { openPersonalTenant } from '../tenants/open-personal-tenant.js'
import { newUser, refuseTakenEmail } from './new-user.js'

const input = z.strictObject({
  /** The host's own id for this person, when it keeps users itself. */
  id: Id.optional(),
  email: EmailInput,
  /** Whether the address is proven theirs. Only then can they accept invitations. Default `false`. */
  emailVerified: z.boolean().default(false),
  name: UserName.optional(),
  password: Password.optional(),
  language: Language.optional(),
  timeZone: TimeZone.optional(),
  /** Makes an operator of the installation. Default `false`. */
  superuser: z.boolean().default(false),
})

/** Makes an account. For operators. */
export async function createUser(scope: Scope, raw: z.input<typeof input>) {
  const { password, ...details } = parseInput(input, raw)
  const id = details.id ?? scope.context.newId()
  if (password === undefined) return create(scope, { ...details, id, passwordHash: null })
  await refuseNonOperators(scope, undefined)
  return create(scope, { ...details, id, passwordHash: await scope.context.passwords.hash(password) })
}

/** Asked before the costly work of hashing, and again by the command. */
const refuseNonOperators = directoryQuery({ input: z.undefined(), who: 'operator', run: async () => undefined })

const create = directoryCommand({
  input: input.extend({
    id: Id,
    email: z.object({ email: z.string(), emailKey: z.string() }),
    password: z.undefined().optional(),
    passwordHash: z.string().nullable(),
  }),
  who: 'operator',
  async prepare({ actor }, { id }) {
    const operator = userIdOf(actor)
    return { locks: { users: operator === null ? [id] : [operator, id] }, scope: { userId: id }, found: null }
  },
  async run(step, { email, emailVerified, passwordHash, ...details }) {
    const { tx, now } = step
    const user = newUser({ ...details, ...email, emailVerifiedAt: emailVerified ? now : null, now })
    await tx.users.insert(user).catch(refuseTakenEmail)
    if (passwordHash !== null) await tx.users.setPasswordHash(user.id, passwordHash)
    return {
      result: user,
      events: [
        { type: 'user.created', target: { type: 'user', id: user.id }, data: { superuser: user.superuser } },
        ...(await openPersonalTenant(step, user)),
      ],
    }
  },
})
