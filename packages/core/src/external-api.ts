import { bindScope } from './bind-scope.js'
import type { ExternalClient } from './clients/external-client.js'
import { parseEmail } from './model/email.js'
import { Issuer } from './model/external-token.js'
import type { ExternalSubject } from './model/external-token.js'
import type { Context } from './services/pipeline/context.js'
import type { ExternalScope } from './services/steps/external-tokens/external-scope.js'
import { listExternalTokens } from './services/use-cases/external-tokens/list-external-tokens.js'
import { revokeExternalToken } from './services/use-cases/external-tokens/revoke-external-token.js'

/** Everything an external subject may ask for: its own tokens, and nothing else. */
export function externalApi(context: Context, subject: Pick<ExternalSubject, 'issuer' | 'email'>): ExternalClient {
  const issuer = Issuer.safeParse(subject.issuer)
  const email = parseEmail(subject.email)
  if (!issuer.success || !email) throw new TypeError('asExternal(subject) needs { issuer, email }')
  const scope: ExternalScope = { context, subject: { issuer: issuer.data, emailKey: email.emailKey } }
  return Object.freeze({
    accessTokens: {
      list: bindScope(scope, listExternalTokens),
      revoke: bindScope(scope, revokeExternalToken),
    },
  })
}
