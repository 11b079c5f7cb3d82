import { checkOptions } from './check-options.js'
import { createContext } from './create-context.js'
import type { Emitter } from './events.js'
import type { ExternalClient } from './clients/external-client.js'
import type { UserClient } from './clients/user-client.js'
import { externalApi } from './external-api.js'
import type { ExternalSubject } from './model/external-token.js'
import type { MemberMetadata } from './model/membership.js'
import type { Settings } from './model/tenant.js'
import type { PermissionOf, Resources, TenancyPermission } from './policy/permissions.js'
import type { Policy } from './policy/policy.js'
import type { BuiltInRole, RoleDefinitions } from './policy/roles.js'
import { checkActor } from './services/pipeline/actor.js'
import type { Actor } from './services/pipeline/actor.js'
import type { Context } from './services/pipeline/context.js'
import { migrate } from './services/use-cases/migrations/migrate.js'
import { consumeRateLimit } from './services/steps/rate-limits/consume-rate-limit.js'
import { authenticateAccessToken } from './services/use-cases/tokens/authenticate-access-token.js'
import type { Bearer } from './services/use-cases/tokens/authenticate-access-token.js'
import type { TokenPrefixes } from './services/pipeline/token-prefixes.js'
import { createPurgeWorker } from './services/workers/tenants/purge-worker.js'
import type { PurgeResult } from './services/workers/tenants/purge-tenants.js'
import { retryWhenBusy } from './services/pipeline/retry.js'
import { contextWithin } from './services/pipeline/within-host.js'
import type { MigrateOptions, MigrationStep } from './storage/migration-step.js'
import type { StorageFinding } from './storage/storage-finding.js'
import { userApi } from './user-api.js'
import type { TenancyOptions } from './tenancy-options.js'

/** Who makes a request: an access token, or a user. */
export type RequestSource = { readonly token: { readonly id: string } } | { readonly user: { readonly id: string } }

/** How many emails were sent, and how many attempts failed. */
export interface FlushedEmails {
  readonly sent: number
  readonly failed: number
}

/** How many events were delivered, and how many attempts failed. */
export interface FlushedDeliveries {
  readonly delivered: number
  readonly failed: number
}

/** The calls inside a transaction of the host. {@link Tenancy.withTransaction} returns it. */
export interface TransactionClient<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> extends Pick<Tenancy<Permission, Role, Metadata, Values>, 'as' | 'authenticate'> {}

/** One installation of the library, on one storage. Made by {@link createTenancy}. */
export interface Tenancy<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> {
  /**
   * Returns the calls of one actor. It reads nothing; each call checks the caller again.
   *
   * @throws {TypeError} for anything that is not an actor.
   */
  as(actor: Actor): UserClient<Permission, Role, Metadata, Values>
  /** Returns the user or the external subject of an access token, or `null` if the token is invalid. */
  authenticate(accessToken: string): Promise<Bearer | null>
  /**
   * Returns the calls of an external subject: those on its own tokens.
   *
   * @throws {TypeError} for anything that is not a subject.
   */
  asExternal(subject: Pick<ExternalSubject, 'issuer' | 'email'>): ExternalClient
  /**
   * Counts a request against `limits.requestsPerToken` or `limits.requestsPerUser`.
   *
   * @throws {TenancyError} `rate_limited`, with `retryAfterMs`, above the limit.
   * @example
   * await tenancy.consumeRateLimit({ user: { id: userId } })
   */
  consumeRateLimit(of: RequestSource): Promise<void>
  /**
   * Returns the calls that commit or roll back with the host's open transaction. After a `conflict`, run it again.
   *
   * @throws {TypeError} for anything that is not an open transaction on the storage's database.
   */
  withTransaction(hostTransaction: unknown): TransactionClient<Permission, Role, Metadata, Values>
  /**
   * Migrates the database to this version's schema and returns the steps; with `plan: true` it only returns them. Safe to
   * repeat, and to run in several processes.
   *
   * @example
   * for (const { name, parts } of await tenancy.migrate({ plan: true })) console.log(name, parts)
   */
  migrate(options?: MigrateOptions): Promise<readonly MigrationStep[]>
  /**
   * Checks the database and changes nothing: schema, rights, leftovers of crashes, foreign keys, row-level security.
   *
   * @throws {TenancyError} `storage_unavailable` if the database cannot be reached.
   * @example
   * const findings = await tenancy.check()
   * for (const { severity, code, problem, remedy } of findings) console.log(severity, code, problem, remedy)
   */
  check(): Promise<readonly StorageFinding[]>
  /** Calls a listener with each event after its commit, and returns a function that removes the listener. */
  readonly on: Emitter['on']
  /**
   * Delivers emails, events and notifications, and purges deleted tenants, in the background until {@link stopWorker} or
   * {@link close}. Several processes may share the work.
   */
  startWorker(): void
  /** Stops the background worker, and waits for running deliveries. */
  stopWorker(): Promise<void>
  /** Delivers the emails that are due now. */
  flushEmails(): Promise<FlushedEmails>
  /** Delivers the events that are due now to the host. */
  flushEvents(): Promise<FlushedDeliveries>
  /** Creates the notifications that are due now. */
  flushNotifications(): Promise<FlushedDeliveries>
  /** Purges the tenants whose retention period after their deletion (`lifetimes.deletedTenantRetention`) has ended. */
  purge(): Promise<PurgeResult>
  /** Waits for running deliveries, and closes what the storage opened. */
  close(): Promise<void>
  /** The compiled resources and roles. */
  readonly policy: Policy
  /** The settings that the schema given as `settings` has. */
  readonly settingNames: readonly string[]
  /** The prefixes of access tokens. */
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
  Values extends Settings = Record<string, never>,
>(
  options: TenancyOptions<Declared, Roles, Metadata, Values>,
): Tenancy<PermissionOf<Declared> | TenancyPermission, BuiltInRole | (keyof Roles & string), Metadata, Values> {
  type Permission = PermissionOf<Declared> | TenancyPermission
  type Role = BuiltInRole | (keyof Roles & string)
  checkOptions(options)
  const context = createContext(options)
  const { storage, policy, tokenPrefixes, outbox, eventDelivery, notifier } = context
  const purges = createPurgeWorker(context)
  const workers = [outbox, eventDelivery, notifier, purges]
  const stopWorker = async () => void (await Promise.all(workers.map(async (part) => part?.stop())))
  const callsOn = (context: Context) => ({
    as: (actor: Actor) => userApi<Permission, Role, Metadata, Values>(context, checkActor(actor)),
    authenticate: (accessToken: string) => authenticateAccessToken(context, accessToken),
  })
  return Object.freeze({
    ...callsOn(context),
    withTransaction: (hostTransaction: unknown) => Object.freeze(callsOn(contextWithin(context, hostTransaction))),
    asExternal: (subject: Pick<ExternalSubject, 'issuer' | 'email'>) => externalApi(context, subject),
    consumeRateLimit: (of: RequestSource) =>
      'token' in of
        ? consumeRateLimit(context, 'requestPerToken', of.token.id, context.limits.requestsPerToken)
        : consumeRateLimit(context, 'requestPerUser', of.user.id, context.limits.requestsPerUser),
    migrate: (options?: MigrateOptions) => migrate(storage, options),
    check: () => retryWhenBusy(() => storage.check()),
    on: context.emitter.on,
    startWorker: () => workers.forEach((part) => part?.start()),
    stopWorker,
    flushEmails: async () => (await outbox?.deliverDue()) ?? { sent: 0, failed: 0 },
    flushEvents: async () => (await eventDelivery?.deliverDue()) ?? { delivered: 0, failed: 0 },
    flushNotifications: async () => (await notifier?.deliverDue()) ?? { delivered: 0, failed: 0 },
    purge: () => purges.deliverDue(),
    close: async () => {
      await stopWorker()
      await storage.close()
    },
    policy,
    settingNames: context.settings.keys,
    tokenPrefixes,
  })
}
