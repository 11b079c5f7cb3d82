import { v7 as uuidv7 } from 'uuid'
import { createEmitter } from './events.js'
import type { Emitter } from './events.js'
import type { AccessToken } from './model/access-token.js'
import type { User } from './model/user.js'
import type { PermissionOf, Resources, TenancyPermission } from './policy/permissions.js'
import { compilePolicy } from './policy/policy.js'
import type { Policy } from './policy/policy.js'
import type { RoleDefinitions } from './policy/roles.js'
import { checkActor } from './services/actor.js'
import type { Actor } from './services/actor.js'
import type { Context, Lifetimes } from './services/context.js'
import type { Limits } from './services/limits.js'
import { lifetimesOf } from './services/lifetimes.js'
import { silentLogger } from './services/logger.js'
import type { Logger } from './services/logger.js'
import type { Mailer } from './services/mails/mail.js'
import type { Messages } from './services/mails/messages/render-message.js'
import type { Deliver } from './services/relay/event-relay.js'
import { newCode, newToken } from './services/secrets.js'
import { authenticateAccessToken } from './services/tokens/authenticate-access-token.js'
import { argon2Hasher } from './services/users/argon2-hasher.js'
import type { PasswordHasher } from './services/users/password-hasher.js'
import { contextWithin } from './services/within-host.js'
import type { Storage } from './storage/port.js'
import { eventRelayOf, outboxOf } from './relays-of.js'
import { actAs } from './tenancy.js'
import type { ActingUser } from './tenancy.js'

export interface TenancyOptions<Declared extends Resources = Resources> {
  /** Where everything is kept: `sqliteStorage(…)`, `postgresStorage(…)`, or `memoryStorage()` for tests. */
  readonly storage: Storage
  /** What the host protects: each resource with its verbs. It gives the permission names their type. */
  readonly resources?: Declared
  /** Roles that add to the built-in table, or replace a row of it. */
  readonly roles?: RoleDefinitions
  readonly limits?: Limits
  /** Sends mail. Without one no mail is written: the host delivers invitation links itself. Needs `secret`. */
  readonly mailer?: Mailer
  /** At least 32 bytes that encrypt waiting mails: the same in every process and after every restart. */
  readonly secret?: string | Uint8Array
  /** The host's own words for mails, by kind. */
  readonly messages?: Messages
  /**
   * Takes every event of every tenant and user, to hand it on: at least once, those of one tenant or user in order, also
   * after a crash, in one of the processes that called `startRelay()`. It has a minute; when it rejects, it gets the
   * event again, with growing pauses. Events appended before it was first given are not among them. For what happens in
   * this process only, and at most once, there is {@link Tenancy.on}.
   */
  readonly deliver?: Deliver
  /** The address that an invitation's token is opened at. Default: `/activate?token=…`. */
  readonly invitationLink?: (token: string) => string
  /**
   * Whether inviting answers the link, too (default), or leaves it to the mail alone. Whoever sees the link could open
   * an account for the invited address.
   */
  readonly revealInvitationLinks?: boolean
  /**
   * Whether `members.add` makes somebody a member without asking them (default). An account is found by its address,
   * proven or not: where strangers can register an address that is not theirs, say `false`.
   */
  readonly directAdd?: boolean
  /**
   * The address at which a new account, made by `members.add`, gets its password by `users.activate`. The link goes by
   * mail alone. Without it such accounts get in by the host's own means.
   */
  readonly activationLink?: (token: string) => string
  /** How long things live, in milliseconds. */
  readonly lifetimes?: Partial<Lifetimes>
  /** The plan of a new tenant: the host's word. Default `basic`. */
  readonly defaultPlan?: string
  /** Whether every new account gets a personal tenant, which is its alone. Default `false`. */
  readonly personalTenants?: boolean
  /** Who makes organizations: superusers and the host's own code alone (`operators`, the default), or every user. */
  readonly organizationsBy?: 'operators' | 'users'
  /** The text before the random part of an access token. Default `tnt_`. */
  readonly accessTokenPrefix?: string
  readonly passwords?: PasswordHasher
  readonly logger?: Logger
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number
  /** Default: UUIDv7, which databases insert in order. */
  readonly newId?: () => string
  /** Default: 32 random bytes, url-safe. */
  readonly newToken?: () => string
  /** Default: six random digits. */
  readonly newCode?: () => string
}

/** One installation of the library, on one storage. Made by {@link createTenancy}. */
export interface Tenancy<Permission extends string = string> {
  /**
   * Says who calls. Every call has an actor; there is no ambient one.
   *
   * @throws {TypeError} for anything that is no actor.
   */
  as(actor: Actor): ActingUser<Permission>
  /** Whose access token this is, or `null`. */
  authenticate(accessToken: string): Promise<{ readonly user: User; readonly token: AccessToken } | null>
  /**
   * The same inside a transaction of the host: what is called there becomes part of it, and is kept or undone with the
   * host's own rows. Which objects are a transaction, the storage's adapter says: one of Kysely, or a connection on
   * which the host has begun one. Call it anew in each transaction, and await what is called before the commit.
   *
   * A refused command undoes what it did and nothing else. Nothing runs again when others were faster: the error is a
   * `conflict`, and the host runs its transaction again. Events are not told to {@link on} and mails do not leave at
   * once, because only the host knows when it has committed; the relay finds both afterwards.
   *
   * @throws {TypeError} for anything that is no open transaction on the storage's database.
   */
  within(hostTransaction: unknown): Pick<Tenancy<Permission>, 'as' | 'authenticate'>
  /** Brings the database to this version's schema. Safe to run again, and by many processes at once. */
  migrate(): Promise<void>
  /** Calls back after each commit, with the event as appended. Answers how to stop. A listener that throws harms nobody. */
  readonly on: Emitter['on']
  /**
   * Delivers waiting mails and events in the background until {@link stopRelay} or {@link close}: retries, and what a
   * crashed process left behind. Any number of processes may share the work.
   */
  startRelay(): void
  /** Stops what {@link startRelay} began, and waits for deliveries under way. */
  stopRelay(): Promise<void>
  /** Delivers the mails that are due now. */
  deliverMails(): Promise<{ readonly sent: number; readonly failed: number }>
  /** Hands over the events that are due now. */
  deliverEvents(): Promise<{ readonly delivered: number; readonly failed: number }>
  /** Waits for deliveries under way, and closes what the storage opened. */
  close(): Promise<void>
  /** The compiled resources and roles. */
  readonly policy: Policy
}

/**
 * Makes the library ready on a storage. Call `migrate()` once before use.
 *
 * @throws {TypeError} naming what is wrong with the configuration.
 *
 * @example
 * const tenancy = createTenancy({ storage: memoryStorage(), resources: { invoice: ['create', 'read', 'approve'] } })
 * await tenancy.migrate()
 */
export function createTenancy<const Declared extends Resources = Record<never, never>>(
  options: TenancyOptions<Declared>,
): Tenancy<PermissionOf<Declared> | TenancyPermission> {
  const { storage, logger = silentLogger, clock = Date.now } = options
  const policy = compilePolicy(options)
  const outbox = outboxOf(options)
  const relay = eventRelayOf(options)
  const context: Context = {
    storage,
    hostTransaction: false,
    policy,
    limits: options.limits ?? {},
    lifetimes: lifetimesOf(options.lifetimes),
    defaultPlan: options.defaultPlan ?? 'basic',
    personalTenants: options.personalTenants ?? false,
    organizationsBy: options.organizationsBy ?? 'operators',
    accessTokenPrefix: options.accessTokenPrefix ?? 'tnt_',
    clock,
    newId: options.newId ?? uuidv7,
    newToken: options.newToken ?? newToken,
    newCode: options.newCode ?? newCode,
    passwords: options.passwords ?? argon2Hasher(),
    outbox,
    relay,
    invitationLink: options.invitationLink ?? ((token) => `/activate?token=${token}`),
    revealInvitationLinks: options.revealInvitationLinks ?? true,
    directAdd: options.directAdd ?? true,
    activationLink: options.activationLink ?? null,
    emitter: createEmitter(logger),
    logger,
  }
  const stopRelay = async () => void (await Promise.all([outbox?.stop(), relay?.stop()]))
  const callsOn = (context: Context) => ({
    as: (actor: Actor) => actAs<PermissionOf<Declared> | TenancyPermission>(context, checkActor(actor)),
    authenticate: (accessToken: string) => authenticateAccessToken(context, accessToken),
  })
  return Object.freeze({
    ...callsOn(context),
    within: (hostTransaction: unknown) => Object.freeze(callsOn(contextWithin(context, hostTransaction))),
    migrate: () => storage.migrate(),
    on: context.emitter.on,
    startRelay: () => [outbox, relay].forEach((part) => part?.start()),
    stopRelay,
    deliverMails: async () => (await outbox?.deliverDue()) ?? { sent: 0, failed: 0 },
    deliverEvents: async () => (await relay?.deliverDue()) ?? { delivered: 0, failed: 0 },
    close: async () => {
      await stopRelay()
      await storage.close()
    },
    policy,
  })
}
