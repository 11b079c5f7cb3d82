import type { NewEvent } from '../../../events.js'
import type { User } from '../../../model/user.js'
import type { TenantStep } from '../../pipeline/command.js'
import { hashActivation, hashToken } from '../../pipeline/secrets.js'

/** How an activation is called in the list of tokens. */
const ACTIVATION = 'activation'

interface IssuedActivation {
  readonly link: string
  readonly expiresAt: number
  readonly event: NewEvent
}

/**
 * A link by which whoever reads the mails of an account without a password gives it one; `null` for any other account.
 * It goes into a mail and nowhere else, so that holding it proves the address.
 */
export async function issueActivation(
  { context, tx, now }: TenantStep,
  user: Pick<User, 'id' | 'emailKey'>,
): Promise<IssuedActivation | null> {
  const { activationLink, outbox, lifetimes } = context
  if (!activationLink || !outbox || (await tx.users.findPasswordHash(user.id)) !== null) return null
  const token = `${context.newToken()}.${addressMark(user.emailKey)}`
  const [id, expiresAt] = [context.newId(), now + lifetimes.invitation]
  const kept = { id, userId: user.id, label: ACTIVATION, clientId: null, prefix: '' }
  await tx.accessTokens.put(
    { ...kept, createdAt: now, expiresAt, signedInAt: null, lastUsedAt: null },
    hashActivation(token),
  )
  return {
    link: activationLink(token),
    expiresAt,
    event: {
      type: 'access_token.issued',
      scope: { userId: user.id },
      target: { type: 'access_token', id },
      data: { label: ACTIVATION, expiresAt },
    },
  }
}

/** Whether an activation was mailed to the address the account has now. */
export function isMailedTo(emailKey: string, token: string): boolean {
  return token.endsWith(`.${addressMark(emailKey)}`)
}

function addressMark(emailKey: string): string {
  return hashToken(emailKey).slice(0, 16)
}
