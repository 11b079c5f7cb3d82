import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import { Id } from '../../../model/id.js'
import { globalCommand } from '../../pipeline/command.js'
import type { Scope } from '../../pipeline/command.js'
import { inOperatorsChain } from '../../pipeline/operators-chain.js'

const input = z.strictObject({ emailId: Id })

const requeue = globalCommand({
  input,
  who: 'operator',
  prepare: inOperatorsChain,
  async run({ tx, user, now }, { emailId }) {
    if (!(await tx.emails.requeue({ id: emailId, now })))
      throw new TenancyError('email_not_found', 'No such dead mail', {})
    const event: NewEvent = { type: 'email.retried', target: { type: 'email', id: emailId }, data: {} }
    return { result: undefined, events: user ? [event] : [] }
  },
})

/** Makes a mail that gave up due again, with all its attempts before it. For operators. */
export async function retryDeadEmail(scope: Scope, raw: z.input<typeof input>): Promise<void> {
  await requeue(scope, raw)
  scope.context.outbox?.wake()
}
