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

/** One installation of the library, on one storage. Made by {@link createTenancy}. */
export interface Tenancy<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> {
  /**
   * Says who calls. Every call has an actor; there is no ambient one.
   *
   * @throws {TypeError} for anything that is no actor.
   */
  as(actor: Actor): UserClient<Permission, Role, Metadata, Values>
  /** Whose access token this is, a user's or an external subject's, or `null`. */
  authenticate(accessToken: string): Promise<Bearer | null>
  /**
   * What an external subject may ask for: its own tokens.
   *
   * @throws {TypeError} for anything that is no subject.
   */
  asExternal(subject: Pick<ExternalSubject, 'issuer' | 'email'>): ExternalClient
  /**
   * Counts a request against `limits.requestsPerToken` or `limits.requestsPerUser`. It is never given back.
   *
   * @throws {TenancyError} `rate_limited`, with `retryAfterMs`, above the limit.
   * @example
   * await tenancy.consumeRateLimit({ user: { id: userId } })
   */
  consumeRateLimit(of: RequestSource): Promise<void>
  /**
   * The same inside a transaction of the host: what is called there becomes part of it, and is kept or undone with the
   * host's own rows. Which objects are a transaction, the storage's adapter says: one of Kysely, or a connection on
   * which the host has begun one. Call it anew in each transaction, and await what is called before the commit.
   *
   * A refused command undoes what it did and nothing else. Nothing runs again when others were faster: the error is a
   * `conflict`, and the host runs its transaction again. Events are not told to {@link on} and mails do not leave at
   * once, because only the host knows when it has committed; the worker finds both afterwards.
   *
   * @throws {TypeError} for anything that is no open transaction on the storage's database.
   */
  withTransaction(hostTransaction: unknown): Pick<Tenancy<Permission, Role, Metadata, Values>, 'as' | 'authenticate'>
  /**
   * Brings the database to this version's schema, and returns the steps that it took. Safe to run again, and by many
   * processes at once. With `plan: true` it changes nothing and returns the steps that it would take: their statements,
   * what each locks, and about how many rows that table has.
   *
   * @example
   * for (const { name, parts } of await tenancy.migrate({ plan: true })) console.log(name, parts)
   */
  migrate(options?: MigrateOptions): Promise<readonly MigrationStep[]>
  /**
   * Looks for what is wrong with the database, and changes nothing: a schema of another version, missing rights, what a
   * crash left, foreign keys of yours that would stop a purge, row-level security that binds nobody. Each finding has a
   * stable code, the problem and its remedy. Call it when you deploy, with the role that works.
   *
   * @throws {TenancyError} `storage_unavailable` when the database cannot be reached.
   *
   * @example
   * const findings = await tenancy.check()
   * for (const { severity, code, problem, remedy } of findings) console.log(severity, code, problem, remedy)
   * if (findings.some(({ severity }) => severity === 'error')) process.exitCode = 1
   */
  check(): Promise<readonly StorageFinding[]>
  /** Calls back after each commit, with the event as appended. Answers how to stop. A listener that throws harms nobody. */
  readonly on: Emitter['on']
  /**
   * Delivers waiting mails, events and notifications, and purges deleted tenants, in the background until {@link stopWorker} or {@link close}: retries, and what a
   * crashed process left behind. Any number of processes may share the work.
   */
  startWorker(): void
  /** Stops what {@link startWorker} began, and waits for deliveries under way. */
  stopWorker(): Promise<void>
  /** Delivers the mails that are due now. */
  flushEmails(): Promise<{ readonly sent: number; readonly failed: number }>
  /** Hands over the events that are due now. */
  flushEvents(): Promise<{ readonly delivered: number; readonly failed: number }>
  /** Tells people of the events that are due now. */
  flushNotifications(): Promise<{ readonly delivered: number; readonly failed: number }>
  /**
   * Removes what belongs to tenants that were deleted longer ago than `lifetimes.deletedTenantRetention`, for good. It survives a
   * crash, and any number of processes may do it at once; after {@link startWorker} it happens once an hour.
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
    tokenPrefixes,
  })
}
