import { v7 as uuidv7 } from 'uuid'
import { checkOptions } from './check-options.js'
import { activationLinkOf, invitationLinkOf } from './links-of.js'
import { eventRelayOf, notifierOf, outboxOf } from './relays-of.js'
import { createEmitter } from './events.js'
import type { Emitter } from './events.js'
import { actAsExternal } from './external.js'
import type { ActingExternal } from './external.js'
import type { ExternalSubject } from './model/external-token.js'
import type { MemberMetadata } from './model/membership.js'
import type { PermissionOf, Resources, TenancyPermission } from './policy/permissions.js'
import { compilePolicy } from './policy/policy.js'
import type { Policy } from './policy/policy.js'
import type { BuiltInRole, RoleDefinitions } from './policy/roles.js'
import { checkActor } from './services/actor.js'
import type { Actor } from './services/actor.js'
import type { Context } from './services/context.js'
import { lifetimesOf } from './services/lifetimes.js'
import { limitsOf } from './services/limits.js'
import { silentLogger } from './services/logger.js'
import { migrate } from './services/migrate.js'
import { consumeRateLimit } from './services/rate-limits/consume-rate-limit.js'
import { newCode, newToken, newUserCode } from './services/secrets.js'
import { authenticateAccessToken } from './services/tokens/authenticate-access-token.js'
import type { Bearer } from './services/tokens/authenticate-access-token.js'
import { tokenPrefixesOf } from './services/tokens/token-prefixes.js'
import type { TokenPrefixes } from './services/tokens/token-prefixes.js'
import { reservedSlugsOf } from './services/tenants/reserved-slugs.js'
import { createPurgeRelay } from './services/tenants/purge-relay.js'
import type { PurgeResult } from './services/tenants/purge-tenants.js'
import { argon2Hasher } from './services/users/argon2-hasher.js'
import { contextWithin } from './services/within-host.js'
import type { MigrateOptions, MigrationStep } from './storage/migration-step.js'
import { actAs } from './tenancy.js'
import type { ActingUser } from './tenancy.js'
import type { TenancyOptions } from './tenancy-options.js'

/** One installation of the library, on one storage. Made by {@link createTenancy}. */
export interface Tenancy<Permission extends string = string, Role extends string = string, Metadata = MemberMetadata> {
  /**
   * Says who calls. Every call has an actor; there is no ambient one.
   *
   * @throws {TypeError} for anything that is no actor.
   */
  as(actor: Actor): ActingUser<Permission, Role, Metadata>
  /** Whose access token this is, a user's or an external subject's, or `null`. */
  authenticate(accessToken: string): Promise<Bearer | null>
  /**
   * What an external subject may ask for: its own tokens.
   *
   * @throws {TypeError} for anything that is no subject.
   */
  asExternal(subject: Pick<ExternalSubject, 'issuer' | 'email'>): ActingExternal
  /** Counts a request with a token, for good. Rejects with `rate_limited` beyond the limit `requestsPerToken`. */
  countRequest(token: { readonly id: string }): Promise<void>
  /** Counts a request of a user, for good. Rejects with `rate_limited` beyond the limit `requestsPerUser`. */
  countRequestOf(user: { readonly id: string }): Promise<void>
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
  within(hostTransaction: unknown): Pick<Tenancy<Permission, Role, Metadata>, 'as' | 'authenticate'>
  /**
   * Brings the database to this version's schema, and returns the steps that it took. Safe to run again, and by many
   * processes at once. With `plan: true` it changes nothing and returns the steps that it would take: their statements,
   * what each locks, and about how many rows that table has.
   *
   * @example
   * for (const { name, parts } of await tenancy.migrate({ plan: true })) console.log(name, parts)
   */
  migrate(options?: MigrateOptions): Promise<readonly MigrationStep[]>
  /** Calls back after each commit, with the event as appended. Answers how to stop. A listener that throws harms nobody. */
  readonly on: Emitter['on']
  /**
   * Delivers waiting mails, events and notifications, and purges deleted tenants, in the background until {@link stopRelay} or {@link close}: retries, and what a
   * crashed process left behind. Any number of processes may share the work.
   */
  startRelay(): void
  /** Stops what {@link startRelay} began, and waits for deliveries under way. */
  stopRelay(): Promise<void>
  /** Delivers the mails that are due now. */
  deliverMails(): Promise<{ readonly sent: number; readonly failed: number }>
  /** Hands over the events that are due now. */
  deliverEvents(): Promise<{ readonly delivered: number; readonly failed: number }>
  /** Tells people of the events that are due now. */
  deliverNotifications(): Promise<{ readonly delivered: number; readonly failed: number }>
  /**
   * Removes what belongs to tenants that were deleted longer ago than `lifetimes.deletedTenant`, for good. It survives a
   * crash, and any number of processes may do it at once; after {@link startRelay} it happens once an hour.
   */
  purge(): Promise<PurgeResult>
  /** Waits for deliveries under way, and closes what the storage opened. */
  close(): Promise<void>
  /** The compiled resources and roles. */
  readonly policy: Policy
  readonly tokenPrefixes: TokenPrefixes
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
export function createTenancy<
  const Declared extends Resources = Record<never, never>,
  const Roles extends RoleDefinitions = Record<never, never>,
  Metadata extends MemberMetadata = never,
>(
  options: TenancyOptions<Declared, Roles, Metadata>,
): Tenancy<PermissionOf<Declared> | TenancyPermission, BuiltInRole | (keyof Roles & string), Metadata> {
  type Permission = PermissionOf<Declared> | TenancyPermission
  type Role = BuiltInRole | (keyof Roles & string)
  checkOptions(options)
  const { storage, logger = silentLogger, clock = () => storage.now() } = options
  const policy = compilePolicy(options)
  const tokenPrefixes = tokenPrefixesOf(options.tokenPrefixes)
  const outbox = outboxOf(options)
  const relay = eventRelayOf(options)
  const limits = limitsOf(options.limits)
  const lifetimes = lifetimesOf(options.lifetimes)
  const newId = options.newId ?? uuidv7
  const notifier = notifierOf(options, { storage, policy, limits, lifetimes, outbox, clock, newId })
  const context: Context = {
    storage,
    hostTransaction: false,
    policy,
    limits,
    lifetimes,
    defaultPlan: options.defaultPlan ?? 'basic',
    personalTenants: options.personalTenants ?? false,
    models: options.models ?? null,
    memberMetadata: options.memberMetadata ?? null,
    signUp: options.signUp ?? false,
    usersBy: options.usersBy ?? 'users',
    userDirectory: options.userDirectory ?? 'fellows',
    organizationsBy: options.organizationsBy ?? 'operators',
    operatorAccess: options.operatorAccess ?? true,
    accessTokenPrefix: tokenPrefixes.account,
    externalTokenPrefix: tokenPrefixes.external,
    clock,
    newId,
    newToken: options.newToken ?? newToken,
    newCode: options.newCode ?? newCode,
    newUserCode: options.newUserCode ?? newUserCode,
    passwords: options.passwords ?? argon2Hasher(),
    outbox,
    relay,
    notifier,
    invitationLink: invitationLinkOf(options),
    revealInvitationLinks: options.revealInvitationLinks ?? true,
    directAdd: options.directAdd ?? true,
    activationLink: activationLinkOf(options),
    reservedSlugs: reservedSlugsOf(options.reservedSlugs),
    resourcesOfLeavers: options.resourcesOfLeavers ?? 'pass_to_owner',
    emitter: createEmitter(logger),
    logger,
  }
  const purges = createPurgeRelay(context)
  const relays = [outbox, relay, notifier, purges]
  const stopRelay = async () => void (await Promise.all(relays.map(async (part) => part?.stop())))
  const callsOn = (context: Context) => ({
    as: (actor: Actor) => actAs<Permission, Role, Metadata>(context, checkActor(actor)),
    authenticate: (accessToken: string) => authenticateAccessToken(context, accessToken),
  })
  return Object.freeze({
    ...callsOn(context),
    within: (hostTransaction: unknown) => Object.freeze(callsOn(contextWithin(context, hostTransaction))),
    asExternal: (subject: Pick<ExternalSubject, 'issuer' | 'email'>) => actAsExternal(context, subject),
    countRequest: ({ id }: { readonly id: string }) =>
      consumeRateLimit(context, 'requestPerToken', id, context.limits.requestsPerToken),
    countRequestOf: ({ id }: { readonly id: string }) =>
      consumeRateLimit(context, 'requestPerUser', id, context.limits.requestsPerUser),
    migrate: (options?: MigrateOptions) => migrate(storage, options),
    on: context.emitter.on,
    startRelay: () => relays.forEach((part) => part?.start()),
    stopRelay,
    deliverMails: async () => (await outbox?.deliverDue()) ?? { sent: 0, failed: 0 },
    deliverEvents: async () => (await relay?.deliverDue()) ?? { delivered: 0, failed: 0 },
    deliverNotifications: async () => (await notifier?.deliverDue()) ?? { delivered: 0, failed: 0 },
    purge: () => purges.deliverDue(),
    close: async () => {
      await stopRelay()
      await storage.close()
    },
    policy,
    tokenPrefixes,
  })
}
