import type { Emitter } from '../events.js'
import type { MemberMetadata } from '../model/membership.js'
import type { Policy } from '../policy/policy.js'
import type { Storage } from '../storage/port.js'
import type { Limits } from './limits.js'
import type { Logger } from './logger.js'
import type { Outbox } from './mails/outbox.js'
import type { MetadataSchema } from './members/member-metadata.js'
import type { EventRelay } from './relay/event-relay.js'
import type { CheckSettings } from './tenants/check-settings.js'
import type { TenantSettings } from './tenants/tenant-settings.js'
import type { TokenPrefixes } from './tokens/token-prefixes.js'
import type { PasswordHasher } from './users/password-hasher.js'

/** How long things live, in milliseconds. */
export interface Lifetimes {
  readonly invitation: number
  readonly accessToken: number
  readonly ownershipTransfer: number
  readonly declineCoolDown: number
  /** How long nobody asks again who was turned away. */
  readonly rejectionCoolDown: number
  /** How long a deleted tenant can be restored; then it is purged. */
  readonly deletedTenant: number
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
  readonly signUp: boolean
  /** Who makes plain accounts for others. */
  readonly usersBy: 'operators' | 'users'
  /** Whose accounts a user lists. */
  readonly userDirectory: 'fellows' | 'everyone'
  /** Who makes organizations. */
  readonly organizationsBy: 'operators' | 'users'
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
  readonly relay: EventRelay | null
  /** Tells people of events; `null` when the host wants no notifications: nothing is written for them then. */
  readonly notifier: EventRelay | null
  readonly invitationLink: (token: string) => string
  readonly revealInvitationLinks: boolean
  /** Whether admins may make somebody a member without an invitation. */
  readonly directAdd: boolean
  /** `null` when accounts are opened some other way. */
  readonly activationLink: ((token: string) => string) | null
  /** Whose the things of a member are who goes. */
  readonly resourcesOfLeavers: 'pass_to_owner' | 'stay'
  readonly emitter: Emitter
  readonly logger: Logger
}
