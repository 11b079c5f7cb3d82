import type { Emitter } from '../../events.js'
import type { MemberMetadata } from '../../model/membership.js'
import type { Policy } from '../../policy/policy.js'
import type { Storage } from '../../storage/port.js'
import type { Limits } from './limits.js'
import type { Logger } from './logger.js'
import type { Outbox } from './outbox.js'
import type { MetadataSchema } from './metadata-schema.js'
import type { EventWorker } from './worker.js'
import type { CheckSettings, TenantSettings } from './tenant-settings.js'
import type { TokenPrefixes } from './token-prefixes.js'
import type { PasswordHasher } from './password-hasher.js'

/** How long things live, in milliseconds. */
export interface Lifetimes {
  readonly invitation: number
  readonly accessToken: number
  readonly ownershipTransfer: number
  readonly inviteCooldown: number
  /** How long nobody asks again who was turned away. */
  readonly joinRequestCooldown: number
  /** How long a deleted tenant can be restored; then it is purged. */
  readonly deletedTenantRetention: number
  readonly deviceAuthorization: number
  /** How long notifications are kept at least. */
  readonly notification: number
}

/** What every use case works with: made once by the factory, the same for all calls. */
export interface Context {
  readonly storage: Storage
  /** Whether all happens inside a transaction that the host began, and alone commits. */
  readonly hostTransaction: boolean
  readonly policy: Policy
  readonly limits: Limits
  readonly lifetimes: Lifetimes
  readonly defaultPlan: string
  readonly personalTenants: boolean
  /** What checks the metadata of memberships; `null` where there is none. */
  readonly memberMetadata: MetadataSchema<MemberMetadata> | null
  readonly settings: TenantSettings
  /** `null` when the schema of settings says all. */
  readonly checkSettings: CheckSettings | null
  /** Whether people open accounts of their own. */
  readonly allowSignUp: boolean
  /** Who makes plain accounts for others. */
  readonly userCreation: 'operators' | 'users'
  /** Whose accounts a user lists. */
  readonly userVisibility: 'shared_tenants' | 'all'
  /** Who makes organizations. */
  readonly organizationCreation: 'operators' | 'users'
  /** The slugs that no tenant takes. */
  readonly reservedSlugs: ReadonlySet<string>
  /** Whether superusers act in tenants as operators. */
  readonly operatorAccess: boolean
  /** How tokens begin. */
  readonly tokenPrefixes: TokenPrefixes
  readonly clock: () => number
  readonly newId: () => string
  readonly newToken: () => string
  readonly newCode: () => string
  readonly newUserCode: () => string
  readonly passwords: PasswordHasher
  /** `null` when the host sends no mail. */
  readonly outbox: Outbox | null
  /** `null` when the host takes no events from the relay: nothing is written for it then. */
  readonly eventDelivery: EventWorker | null
  /** Tells people of events; `null` when the host wants no notifications: nothing is written for them then. */
  readonly notifier: EventWorker | null
  readonly invitationLink: (token: string) => string
  readonly returnInvitationLinks: boolean
  /** Whether admins may make somebody a member without an invitation. */
  readonly allowDirectAdd: boolean
  /** `null` when accounts are opened some other way. */
  readonly activationLink: ((token: string) => string) | null
  /** Owner of a removed member’s resources. */
  readonly removedMemberResources: 'reassign_to_owner' | 'keep'
  readonly emitter: Emitter
  readonly logger: Logger
}
