import { z } from 'zod'
import { EmailInput } from '../../../model/email.js'
import { Id } from '../../../model/id.js'
import { globalQuery } from '../../pipeline/query.js'
import { ownOrAny } from '../../steps/users/own-or-any.js'

/** An account by its id or its address: the caller's own; another's needs an operator. */
export const getUser = globalQuery({
  input: z.union([z.strictObject({ userId: Id }), z.strictObject({ email: EmailInput })]),
  who: 'anyone',
  async run(step, input) {
    const { read } = step
    if ('userId' in input) return ownOrAny(step, read, input.userId)
    const found = await read.users.findByEmailKey(input.email.emailKey)
    return ownOrAny(step, read, found?.id ?? '')
  },
})
