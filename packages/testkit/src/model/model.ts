import type { InvitationStatus, OwnershipTransfer, TenantStatus, UserStatus } from '@tenantry/core'
import { STARTS_AT } from './declaration.js'

/** Plain data: what the documents say there is, and nothing of how it is kept. */
export interface Model {
  now: number
  readonly users: ModelUser[]
  readonly tenants: ModelTenant[]
  readonly roles: ModelRole[]
  readonly members: ModelMember[]
  /** What people were denied when they last went, by tenant and user. */
  readonly denied: Map<string, readonly string[]>
  readonly resources: ModelResource[]
  readonly invitations: ModelInvitation[]
  readonly transfers: ModelTransfer[]
  readonly accessTokens: ModelAccessToken[]
  readonly activations: ModelActivation[]
  /** Every token an invitation ever had, replaced and used ones included. */
  readonly invitationTokens: string[]
  readonly events: ModelEvent[]
  /** The recipients of the mails that the last command caused. */
  mailed: string[]
  /** Tries of transfer codes, by owner. */
  readonly tries: Map<string, { count: number; until: number }>
  /** What was spent of limits, see `rates.ts`. */
  readonly spent: Map<string, { readonly count: number; readonly until: number }>
  /** When accounts were changed, and whether in their address or its proof. */
  readonly changes: { readonly userId: string; readonly at: number; readonly ofAddress: boolean }[]
  /** Until when an owner gets no further mail with a code. */
  readonly nextTransferEmail: Map<string, number>
}

export interface ModelUser {
  readonly id: string
  email: string
  isVerified: boolean
  /** Made by an add, and nobody has been in it yet. */
  isWaiting: boolean
  status: UserStatus
  hasPassword: boolean
  currentTenantId: string | null
}

export interface ModelTenant {
  readonly id: string
  name: string
  slug: string | null
  plan: string
  status: TenantStatus
  ownerId: string
  readonly createdAt: number
}

/** A role that a tenant made for itself. */
export interface ModelRole {
  readonly tenantId: string
  readonly key: string
  rank: number
  permissions: readonly string[]
}

export interface ModelMember {
  readonly tenantId: string
  readonly userId: string
  roles: readonly string[]
  active: boolean
  overrides: Record<string, boolean>
  readonly invitedBy: string | null
  /** Added unasked, and has not acted in the tenant since. */
  isUnseen: boolean
  readonly createdAt: number
}

/** A resource of the type `protocol`. It is shared while it is seen in another tenant than its home. */
export interface ModelResource {
  readonly id: string
  readonly ownerTenantId: string
  tenantId: string
  ownerId: string
  visibility: 'private' | 'tenant'
}

export interface ModelInvitation {
  readonly id: string
  readonly tenantId: string
  readonly email: string
  role: string
  status: InvitationStatus
  inviterId: string
  expiresAt: number
  resolvedAt: number | null
  /** The one that the inviter saw. */
  token: string
  /** The one that only the mail holds. */
  emailedToken: string
}

export interface ModelTransfer {
  readonly tenantId: string
  readonly ownerId: string
  phase: OwnershipTransfer['phase']
  token: string
  readonly code: string
  expiresAt: number
}

export interface ModelAccessToken {
  readonly id: string
  readonly userId: string
  /** `null` for an activation, which signs nobody in. */
  readonly secret: string | null
  readonly expiresAt: number
  /** When its bearer signed in; `null` for one that was made without a sign-in. */
  readonly signedInAt: number | null
}

/** A mail by which an account gets its password: the how manieth to its address. */
export interface ModelActivation {
  readonly tokenId: string
  readonly userId: string
  readonly email: string
  readonly nth: number
}

/** `chain` is the id of the tenant or the user in whose audit log it stands. */
interface ModelEvent {
  readonly chain: string
  readonly type: string
  readonly actorId: string | null
  readonly targetId: string
}

export function emptyModel(): Model {
  return {
    now: STARTS_AT,
    users: [],
    tenants: [],
    roles: [],
    members: [],
    denied: new Map(),
    resources: [],
    invitations: [],
    transfers: [],
    accessTokens: [],
    activations: [],
    invitationTokens: [],
    events: [],
    mailed: [],
    tries: new Map(),
    spent: new Map(),
    changes: [],
    nextTransferEmail: new Map(),
  }
}

/** An address as it counts: without the case of its letters. The addresses of a run need no other normal form. */
export function addressKey(email: string): string {
  return email.toLowerCase()
}

export function userOf(model: Model, userId: string): ModelUser | undefined {
  return model.users.find(({ id }) => id === userId)
}

export function userAt(model: Model, email: string): ModelUser | undefined {
  return model.users.find((user) => addressKey(user.email) === addressKey(email))
}

export function tenantOf(model: Model, tenantId: string): ModelTenant | undefined {
  return model.tenants.find(({ id }) => id === tenantId)
}

export function membersOf(model: Model, tenantId: string): readonly ModelMember[] {
  return model.members.filter((member) => member.tenantId === tenantId)
}

export function memberOf(model: Model, tenantId: string, userId: string): ModelMember | undefined {
  return model.members.find((member) => member.tenantId === tenantId && member.userId === userId)
}

export function invitationsOf(model: Model, tenantId: string): readonly ModelInvitation[] {
  return model.invitations.filter((invitation) => invitation.tenantId === tenantId)
}

export function isOpen({ status, expiresAt }: ModelInvitation, now: number): boolean {
  return status === 'pending' && expiresAt > now
}

export function transferOf(model: Model, tenantId: string): ModelTransfer | undefined {
  return model.transfers.find((transfer) => transfer.tenantId === tenantId)
}

/** Takes the rows out that fit, in place. */
export function drop<Row>(rows: Row[], fits: (row: Row) => boolean): void {
  rows.splice(0, rows.length, ...rows.filter((row) => !fits(row)))
}
