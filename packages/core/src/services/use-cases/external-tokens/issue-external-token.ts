import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { ClientId, TokenLabel } from '../../../model/access-token.js'
import { EmailInput } from '../../../model/email.js'
import { Issuer } from '../../../model/external-token.js'
import type { ExternalToken } from '../../../model/external-token.js'
import { isSystem } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import { inOperatorsChain } from '../../pipeline/operators-chain.js'
import { hashToken, shownPrefix } from '../../pipeline/secrets.js'

const MAX_MS = 365 * 24 * 60 * 60 * 1000

/** A new token of an external subject. `accessToken` is shown this once; only its hash is kept. */
export interface IssuedExternalToken {
  readonly accessToken: string
  readonly token: ExternalToken
}

/**
 * Issues a token for somebody whom the host's single sign-on has just proven to be who they are. For the host's own code
 * alone: nobody who calls from outside, no operator either, can name a subject. An earlier token of the same subject,
 * program and device is replaced, and stops at once.
 */
export const issueExternalToken = globalCommand({
  input: z.strictObject({
    email: EmailInput,
    /** Who vouches for the address. */
    issuer: Issuer,
    /** The name of the program that signs in. */
    clientId: ClientId,
    deviceLabel: TokenLabel,
    /** How long it lives, in milliseconds, at most 365 days. Default: the factory's. */
    expiresIn: z.int().min(1).max(MAX_MS).optional(),
  }),
  who: 'operator',
  // There is no chain of people without an account.
  prepare: inOperatorsChain,
  async run(step, { email, issuer, clientId, deviceLabel, expiresIn }) {
    const { context, tx, now, actor } = step
    if (!isSystem(actor)) throw new TenancyError('forbidden', 'Only the host’s own code may do this', {})
    await tx.externalTokens.sweep(now)
    const accessToken = `${context.tokenPrefixes.external}${context.newToken()}`
    const token: ExternalToken = {
      id: context.newId(),
      subject: { issuer, ...email },
      label: deviceLabel,
      clientId,
      prefix: shownPrefix(accessToken, context.tokenPrefixes.external),
      createdAt: now,
      expiresAt: now + (expiresIn ?? context.lifetimes.accessToken),
      lastUsedAt: null,
    }
    const id = await tx.externalTokens.put(token, hashToken(accessToken))
    const result: IssuedExternalToken = { accessToken, token: { ...token, id } }
    return { result, events: [] }
  },
})
