import type { ExternalSubjectKey } from '../../../storage/external-token-port.js'
import type { Context } from '../../pipeline/context.js'

/** An external subject calls. It is no actor: no use case of a user can be given one. */
export interface ExternalScope {
  readonly context: Context
  readonly subject: ExternalSubjectKey
}
