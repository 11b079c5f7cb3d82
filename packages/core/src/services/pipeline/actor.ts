import { TenancyError } from '../../errors.js'
import { Id } from '../../model/id.js'
import { normalizeAddress } from './network.js'

/**
 * Who calls. `ip` is the caller's address on the network when there is one: it goes into events in its normal form, and
 * limits count one IPv4 address, or one /64 of IPv6, as one client. Text that is no address goes into no event; all who
 * send such count as one client.
 */
export type Actor = UserActor | GuestActor | SystemActor

export interface UserActor {
  readonly userId: string
  readonly ip?: string | undefined
  /** The id of the token of this library that the caller bears, if any. It outlives the caller's change of password. */
  readonly tokenId?: string | undefined
  /**
   * When the person last signed in, in milliseconds since 1970: of the token, or as a host knows it that keeps sessions
   * of its own. Within ten minutes of it, changes that a stolen session must not make need no current password.
   */
  readonly signedInAt?: number | null | undefined
}

/** Somebody who is not signed in. */
export interface GuestActor {
  readonly guest: true
  readonly ip?: string | undefined
}

/**
 * The host's own code: start-up, jobs, the command line. It is an operator, outside tenants and, with a reason, inside
 * every one.
 */
export interface SystemActor {
  readonly system: true
  readonly ip?: string | undefined
}

export const GUEST: GuestActor = Object.freeze({ guest: true })
export const SYSTEM: SystemActor = Object.freeze({ system: true })

export function userIdOf(actor: Actor): string | null {
  return 'userId' in actor ? actor.userId : null
}

export function isSystem(actor: Actor): boolean {
  return 'system' in actor && !('userId' in actor)
}

/** The signed-in user's id; nobody else gets further. */
export function requireUserId(actor: Actor): string {
  const userId = userIdOf(actor)
  if (userId === null) throw unauthenticated()
  return userId
}

/** The same, where the host's own code gets further, too: `null`. */
export function requireCaller(actor: Actor): string | null {
  return isSystem(actor) ? null : requireUserId(actor)
}

export function unauthenticated(): TenancyError {
  return new TenancyError('unauthenticated', 'Sign in first', {})
}

/**
 * Refuses at the door what is no actor at all, such as `{ userId: undefined }`: it must never mean everybody. What is
 * kept is a copy, so that nobody becomes another by a later assignment.
 */
export function checkActor(actor: Actor): Actor {
  const given: { readonly [Field in keyof (UserActor & GuestActor & SystemActor)]?: unknown } = { ...actor }
  const claims = (['userId', 'guest', 'system'] as const).filter((claim) => claim in given)
  const isOne = Id.safeParse(given.userId).success || given.guest === true || given.system === true
  const hasAddress = given.ip !== undefined && given.ip !== null
  const place = hasAddress ? { ip: normalizeAddress(given.ip) } : {}
  if (claims.length === 1 && isOne) return Object.freeze({ ...actor, ...place })
  throw new TypeError('as(actor) needs { userId } with an id of 1 to 128 printable ASCII characters, GUEST or SYSTEM')
}
