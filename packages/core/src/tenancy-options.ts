import type { z } from 'zod'
import type { MemberMetadata } from './model/membership.js'
import type { Settings } from './model/tenant.js'
import type { CheckedResources, Resources } from './policy/permissions.js'
import type { RoleDefinitions } from './policy/roles.js'
import type { Lifetimes } from './services/pipeline/context.js'
import type { Limits } from './services/pipeline/limits.js'
import type { Logger } from './services/pipeline/logger.js'
import type { Mailer } from './services/pipeline/email-message.js'
import type { MetadataSchema } from './services/pipeline/metadata-schema.js'
import type { Messages } from './services/steps/emails/messages/render-message.js'
import type { Deliver } from './services/pipeline/worker.js'
import type { CheckSettings } from './services/pipeline/tenant-settings.js'
import type { TokenPrefixes } from './services/pipeline/token-prefixes.js'
import type { PasswordHasher } from './services/pipeline/password-hasher.js'
import type { Storage } from './storage/port.js'

export interface TenancyOptions<
  Declared extends Resources = Resources,
  Roles extends RoleDefinitions = RoleDefinitions,
  Metadata extends MemberMetadata = MemberMetadata,
  Values extends Settings = Settings,
> {
  /** Where everything is kept: `sqliteStorage(…)`, `postgresStorage(…)`, or `memoryStorage()` for tests. */
  readonly storage: Storage
  /**
   * What the host protects: each resource with its verbs, or with a definition that also says what owning such a thing
   * permits. It gives the permission names their type.
   */
  readonly resources?: Declared & CheckedResources<Declared>
  /** Roles that add to the built-in table, or replace a row of it. They give the names of roles their type. */
  readonly roles?: Roles
  /** Keys that no role can have, declared or custom: the words that an API has for roles, or in its paths. */
  readonly reservedRoles?: readonly string[]
  /**
   * The schema of what you keep with a membership, such as `z.object({ department: z.string() })`. It checks `metadata`
   * when a member is added or updated, and types it when members are read. At most 4 KiB of JSON, 4 levels deep. Whoever
   * may list members reads it: no secrets.
   */
  readonly memberMetadata?: MetadataSchema<Metadata>
  readonly limits?: Limits
  /** Sends mail. Without one no mail is written: the host delivers invitation links itself. Needs `secret`. */
  readonly mailer?: Mailer
  /** At least 32 bytes that encrypt waiting mails: the same in every process and after every restart. */
  readonly emailEncryptionKey?: string | Uint8Array
  /** The host's own words for mails, by kind. */
  readonly messages?: Messages
  /**
   * Takes every event of every tenant and user, to hand it on: at least once, those of one tenant or user in order, also
   * after a crash, in one of the processes that called `startWorker()`. It has a minute; when it rejects, it gets the
   * event again, with growing pauses. Events appended before it was first given are not among them. For what happens in
   * this process only, and at most once, there is `tenancy.on`.
   */
  readonly onEvent?: Deliver
  /**
   * Whether people are told of what happens in their tenants, in a list of their own and by mail as they choose
   * (`notifications`). Default `false`: nothing is written for it then. It begins with the first event after it was
   * turned on, and is the work of the processes that called `startWorker()`.
   */
  readonly notifications?: boolean
  /**
   * The address that an invitation's token is opened at: the whole of it, with `https://` or `http://`. Needed with a
   * `mailer`; without one it may be relative, and is `/activate?token=…` unless the host says otherwise.
   * It is also called once at the start, with a token that opens nothing.
   */
  readonly invitationLink?: (token: string) => string
  /**
   * Whether inviting returns a link, too (default), or leaves it to the mail alone. Its token is not the mailed one:
   * whoever opens an account with it is in that tenant only, and its address is not proven.
   */
  readonly returnInvitationLinks?: boolean
  /**
   * Whether `members.add` makes somebody a member without asking them (default). An account whose address nobody has
   * proven is invited in any case.
   */
  readonly allowDirectAdd?: boolean
  /**
   * The address at which a new account, made by `members.add`, gets its password by `users.activate`. The link goes by
   * mail alone. Without it such accounts get in by the host's own means.
   */
  readonly activationLink?: (token: string) => string
  /** How long things live, in milliseconds. */
  readonly lifetimes?: Partial<Lifetimes>
  /** The plan of a new tenant: the host's word. Default `basic`. */
  readonly defaultPlan?: string
  /**
   * Slugs that no tenant takes. It replaces {@link RESERVED_SLUGS}; add to it by `[...RESERVED_SLUGS, 'my-brand']`. What a
   * tenant has already it keeps.
   */
  readonly reservedSlugs?: readonly string[]
  /**
   * The schema of what a tenant sets about itself, such as `z.object({ theme: z.enum(['light', 'dark']).default('light') })`.
   * It checks `settings` when they are written, types them, and gives what is not set its default when they are read. Each
   * setting has a default or is optional, and what the schema returns must pass it again. At most 16 KiB of JSON, 4 levels
   * deep. Whoever is a member reads them: no secrets. Without it tenants have no settings.
   */
  readonly settings?: z.ZodObject & z.ZodType<Values>
  /** Checks settings by more than their schema, such as by a catalogue of yours. Return what is wrong, or nothing. */
  readonly checkSettings?: CheckSettings<NoInfer<Values>>
  /** Whether people open accounts of their own, by `users.signUp`. Default `false`. */
  readonly allowSignUp?: boolean
  /** Who makes plain accounts for others: every user (default), or superusers and the host's own code alone. */
  readonly userCreation?: 'operators' | 'users'
  /** Whose accounts a user lists: those they made or share a tenant with (`shared_tenants`, the default), or everyone's. */
  readonly userVisibility?: 'shared_tenants' | 'all'
  /** Whether every new account gets a personal tenant, which is its alone. Default `false`. */
  readonly personalTenants?: boolean
  /** Who makes organizations: superusers and the host's own code alone (`operators`, the default), or every user. */
  readonly organizationCreation?: 'operators' | 'users'
  /**
   * Whether superusers act in tenants as operators, with a reason that every event keeps (default): in each tenant, and
   * by `tenants.find`, `setPlan`, `suspend`, `reactivate` and `transferOwnership`. Over HTTP nobody does. The host's own
   * code, `SYSTEM`, always may.
   */
  readonly operatorAccess?: boolean
  /**
   * What becomes of the resources of a member who leaves or is removed: they pass to the tenant's owner (default), as
   * private as they were, or stay theirs, out of everybody's reach where they are private. What they had shared returns to its own tenant
   * either way, and what a deleted account had passes on either way.
   */
  readonly removedMemberResources?: 'reassign_to_owner' | 'keep'
  /** How tokens begin: an account's with `tnt_`, an external subject's with `tnx_`, unless said otherwise. */
  readonly tokenPrefixes?: Partial<TokenPrefixes>
  readonly passwords?: PasswordHasher
  readonly logger?: Logger
  /**
   * Milliseconds since 1970. Default: the time of the storage, which all processes on its database share. One of your own,
   * as in a test, has to show the same in all of them: leases, limits and lifetimes are measured by it.
   */
  readonly clock?: () => number
  /** Default: UUIDv7, which databases insert in order. */
  readonly newId?: () => string
  /** Default: 32 random bytes, url-safe. */
  readonly newToken?: () => string
  /** Default: six random digits. */
  readonly newCode?: () => string
  /** The code that people type for a device. Default: four random letters and four digits, such as `BCDF-2345`. */
  readonly newUserCode?: () => string
}
