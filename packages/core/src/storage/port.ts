import type { AccessReads } from './access-port.js'
import type { AccessTokenReads, AccessTokenRepository } from './access-token-port.js'
import type { CommentReads, CommentRepository } from './comment-port.js'
import type { CounterRepository } from './counter-port.js'
import type { DeviceAuthorizationReads, DeviceAuthorizationRepository } from './device-authorization-port.js'
import type { EventReads, EventRepository } from './event-port.js'
import type { ExternalTokenReads, ExternalTokenRepository } from './external-token-port.js'
import type { FileReads, FileRepository } from './file-port.js'
import type { FormerMemberReads, FormerMemberRepository } from './former-member-port.js'
import type { InvitationReads, InvitationRepository } from './invitation-port.js'
import type { JoinRequestReads, JoinRequestRepository } from './join-request-port.js'
import type { EmailReads, EmailRepository } from './email-port.js'
import type { MembershipReads, MembershipRepository } from './membership-port.js'
import type { MigrateOptions, MigrationStep } from './migration-step.js'
import type { NotificationReads, NotificationRepository } from './notification-port.js'
import type { OrganizationMemberReads, OrganizationMemberRepository } from './organization-member-port.js'
import type { OrganizationReads, OrganizationRepository } from './organization-port.js'
import type { OwnershipTransferReads, OwnershipTransferRepository } from './ownership-transfer-port.js'
import type { PurgeReads, PurgeRepository } from './purge-port.js'
import type { ChainReads, ChainRepository, EventDeliveryReads, EventDeliveryRepository } from './event-delivery-port.js'
import type { ResourceReads, ResourceRepository } from './resource-port.js'
import type { RoleReads, RoleRepository } from './role-port.js'
import type { StorageFinding } from './storage-finding.js'
import type { TenantReads, TenantRepository } from './tenant-port.js'
import type { UserReads, UserRepository } from './user-port.js'

/** The rows a transaction holds from its start: nobody else who names one of them gets in before it ends. */
export interface Locks {
  readonly organizations?: readonly string[]
  readonly tenants?: readonly string[]
  readonly users?: readonly string[]
}

/** What may be read, each call by itself, in no transaction. */
export interface Reads {
  readonly access: AccessReads
  readonly tenants: TenantReads
  readonly users: UserReads
  readonly memberships: MembershipReads
  readonly roles: RoleReads
  readonly invitations: InvitationReads
  readonly organizations: OrganizationReads
  readonly organizationMembers: OrganizationMemberReads
  readonly joinRequests: JoinRequestReads
  readonly formerMembers: FormerMemberReads
  readonly ownershipTransfers: OwnershipTransferReads
  readonly accessTokens: AccessTokenReads
  readonly externalTokens: ExternalTokenReads
  readonly deviceAuthorizations: DeviceAuthorizationReads
  readonly events: EventReads
  readonly emails: EmailReads
  readonly eventDelivery: EventDeliveryReads
  readonly notificationChains: ChainReads
  readonly notifications: NotificationReads
  readonly purges: PurgeReads
  readonly files: FileReads
  readonly resources: ResourceReads
  readonly comments: CommentReads
}

/** What may be read and written within one transaction. */
export interface Transaction {
  readonly access: AccessReads
  readonly tenants: TenantRepository
  readonly users: UserRepository
  readonly memberships: MembershipRepository
  readonly roles: RoleRepository
  readonly invitations: InvitationRepository
  readonly organizations: OrganizationRepository
  readonly organizationMembers: OrganizationMemberRepository
  readonly joinRequests: JoinRequestRepository
  readonly formerMembers: FormerMemberRepository
  readonly ownershipTransfers: OwnershipTransferRepository
  readonly accessTokens: AccessTokenRepository
  readonly externalTokens: ExternalTokenRepository
  readonly deviceAuthorizations: DeviceAuthorizationRepository
  readonly events: EventRepository
  readonly emails: EmailRepository
  readonly eventDelivery: EventDeliveryRepository
  readonly notificationChains: ChainRepository
  readonly notifications: NotificationRepository
  readonly purges: PurgeRepository
  readonly files: FileRepository
  readonly resources: ResourceRepository
  readonly comments: CommentRepository
  readonly counters: CounterRepository
}

/**
 * Where Tenantry keeps everything. An adapter translates and nothing else: it makes no id, no default, no date, and
 * knows no role. Values come back equal to what was given: text of any length and script, JSON with its keys in their
 * order, `null` as `null`. Ids are equal, and are ordered, by their bytes.
 *
 * Every `MUST` is followed by the ID of the contract test that verifies it.
 */
export interface Storage {
  /**
   * Brings the database to the schema of this version.
   *
   * - MUST make a fresh database usable [migrate-fresh].
   * - MUST do nothing the second time, and be safe when run many times at once [migrate-again].
   * - MUST answer the steps that it took; with `plan`, those that it would take, and change nothing [migrate-plan].
   */
  migrate(options?: MigrateOptions): Promise<readonly MigrationStep[]>

  /**
   * Looks for what keeps calls from working, or will later: the version of the schema, rights, what a crash or the host
   * left. It works before `migrate`, reads no row of a tenant, and rejects only where the database cannot be asked.
   *
   * - MUST change nothing, and return a finding `schema_missing` where `migrate` has steps to take on a fresh database
   *   [check-unmigrated].
   * - MUST return no finding but notices once the database is migrated [check-migrated].
   */
  check(): Promise<readonly StorageFinding[]>

  readonly read: Reads

  /**
   * Runs `work` with repositories that write together or not at all.
   *
   * - MUST keep what `work` wrote once it resolves, and resolve to its result [transaction-commit].
   * - MUST undo everything when `work` rejects, and reject with the same error [transaction-rollback].
   * - MUST show nothing to `read` before the commit [transaction-isolation].
   * - MUST let a transaction read its own writes [transaction-own-writes].
   * - MUST run one after the other those that name the same organization, tenant or user in `locks`, so that what one
   *   reads before it writes is what the one before it left [transaction-lock-organization] [transaction-lock-tenant]
   *   [transaction-lock-user], counts of the tenant's rows included [transaction-lock-tenant-count].
   * - MUST ignore a lock on a row that is not there [transaction-lock-missing].
   * - MUST go on working after a transaction that failed [transaction-after-failure].
   *
   * Losing to another transaction is a `StorageError` `busy`; the caller may run the work again. `work` must only use `tx`. Awaiting `read` or another transaction inside it can deadlock. Once a repository rejected, the
   * transaction is lost and `work` must reject too.
   */
  transaction<Result>(locks: Locks, work: (tx: Transaction) => Promise<Result>): Promise<Result>

  /**
   * This storage inside a transaction that the host began on a connection of its own, and alone ends.
   *
   * - MUST throw a `TypeError` for what is no transaction of its database [within-foreign]; which objects are one, its
   *   adapter says.
   *
   * In what it answers, `read` shows what the transaction wrote, and `transaction` runs one work after the other, each
   * undone by itself when it rejects, so that the host's transaction can go on. What the host sends on its connection
   * meanwhile is no part of any: neither undone with it nor under its settings. All else that is promised here holds,
   * except that a database may refuse the host's commit where it would have refused one of ours. `migrate` and
   * `check` reject and `close` does nothing. A `StorageError` `busy` means that the host must run its transaction again.
   */
  withTransaction(hostTransaction: unknown): Storage

  /**
   * The time, in milliseconds since 1970, that all processes on this database share: they measure leases, limits and
   * lifetimes by it. A database on another machine has a clock of its own, and a process whose clock differs goes by the
   * database's from the first statement on.
   *
   * - MUST go on with the time of the database [clock-now].
   */
  now(): number

  /** Closes only what the storage itself opened. MUST be safe to call twice [close-twice]. */
  close(): Promise<void>
}
