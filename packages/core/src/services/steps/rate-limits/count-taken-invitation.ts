import type { Context } from '../../pipeline/context.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { hashToken } from '../../pipeline/secrets.js'
import { peek, consume } from './consume.js'

interface Asked {
  readonly inviterId: string
  readonly token: string
  /** Whether the token is refused because the address has an account. */
  readonly isTaken: boolean
}

/**
 * Bounds what the tokens that an inviter saw tell of other people's accounts: ten a day of each inviter, one for each token.
 * After that nobody learns anything, because all their tokens are refused alike, with `rate_limited`. The mailed tokens go on
 * working, so nothing is bound where no mail is sent.
 */
export async function countTakenInvitation(context: Context, { inviterId, token, isTaken }: Asked): Promise<void> {
  if (!context.outbox) return
  const now = context.clock()
  const inviter = { rule: 'takenInvitationPerInviter', key: inviterId, now } as const
  const count = () =>
    context.storage.transaction({}, async ({ counters }) => {
      const refusal = await peek(counters, inviter)
      const counts = !refusal && isTaken
      const isAgain =
        counts && (await consume(counters, { rule: 'takenInvitationPerToken', key: hashToken(token), now }))
      if (counts && !isAgain) await consume(counters, inviter)
      return refusal
    })
  const refusal = await retryWhenBusy(count, context)
  if (refusal) throw refusal
}
