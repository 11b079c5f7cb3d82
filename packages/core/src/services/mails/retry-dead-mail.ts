import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import type { NewEvent } from '../../events.js'
import { Id } from '../../model/id.js'
import { directoryCommand } from '../command.js'
import type { Scope } from '../command.js'
import { inOperatorsChain } from '../operators-chain.js'

const input = z.strictObject({ mailId: Id })

const revive = directoryCommand({
  input,
  who: 'operator',
  prepare: inOperatorsChain,
  async run({ tx, user, now }, { mailId }) {
    if (!(await tx.mails.revive({ id: mailId, now }))) throw new TenancyError('mail_not_found', 'No such dead mail', {})
    const event: NewEvent = { type: 'mail.retried', target: { type: 'mail', id: mailId }, data: {} }
    return { result: undefined, events: user ? [event] : [] }
  },
})

/** Makes a mail that gave up due again, with all its attempts before it. For operators. */
export async function retryDeadMail(scope: Scope, raw: z.input<typeof input>): Promise<void> {
  await revive(scope, raw)
  scope.context.outbox?.wake()
}
