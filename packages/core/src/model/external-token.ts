import { z } from 'zod'
import { AccessToken, ClientId, TokenLabel } from './access-token.js'

/** Who vouches for an external subject, such as the address of its identity provider. */
export const Issuer = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 printable ASCII characters')

/**
 * Somebody whom a single sign-on of the host knows by an address. They have no account and are no member of any tenant:
 * the same address at an account or at another issuer is somebody else.
 */
export const ExternalSubject = z.object({ issuer: Issuer, email: z.string(), emailKey: z.string() })
export interface ExternalSubject extends Readonly<z.infer<typeof ExternalSubject>> {}

/** A bearer token of an external subject. Of one program (`clientId`) on one device (`label`) there is one at most. */
export const ExternalToken = AccessToken.omit({ userId: true, signedInAt: true }).extend({
  subject: ExternalSubject.readonly(),
  clientId: ClientId,
  label: TokenLabel,
})
export interface ExternalToken extends Readonly<z.infer<typeof ExternalToken>> {}
