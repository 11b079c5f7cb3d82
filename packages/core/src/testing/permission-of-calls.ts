import type { TenantClient } from '../clients/tenant-client.js'
import type { TenancyPermission } from '../policy/permissions.js'

/** What the calls of the table are tried on: something real of each noun. */
export interface Targets {
  readonly memberId: string
  readonly inactiveMemberId: string
  readonly adminId: string
  readonly invitationId: string
  readonly joinRequestId: string
  /** A tenant's custom role that nobody holds. */
  readonly roleKey: string
  /** An invoice that another member made and everybody may know of. */
  readonly invoiceId: string
}

export interface PermittedCall {
  /** The one permission that the call needs. `null`: every active member may. */
  readonly permission: TenancyPermission | `invoice:${string}` | null
  readonly call: (acting: TenantClient, targets: Targets) => Promise<unknown>
  /** The built-in roles that hold the permission, as the documents say it. */
  readonly roles: 'all' | 'owner' | 'owner, admin' | 'owner, admin, editor' | 'all but assistant'
  /** Why the permission alone is not enough: the code of what else is asked for. */
  readonly alone?: string
}

const email = 'new@example.com'
const role = 'nothing'
const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"></svg>')

/** Every call inside an active tenant, the permission it needs, and who has it. Written from the documents, not from the code. */
// prettier-ignore
export const PERMISSION_OF_CALLS: Readonly<Record<string, PermittedCall>> = {
  'access':               { permission: null,                  roles: 'all',          call: (acting) => acting.access() },
  'recordActivity':       { permission: null,                  roles: 'all',          call: (acting) => acting.recordActivity() },
  'events.append':        { permission: null,                  roles: 'all',          call: (acting) => acting.events.append({ type: 'app.invoice.paid' }) },
  'get':                  { permission: 'tenant:read',         roles: 'all',          call: (acting) => acting.get() },
  'organization':         { permission: 'tenant:read',         roles: 'all',          call: (acting) => acting.organization(), alone: 'organization_not_found' },
  'update':               { permission: 'tenant:update',       roles: 'owner, admin', call: (acting) => acting.update({ name: 'New' }) },
  'uploadImage':          { permission: 'tenant:update',       roles: 'owner, admin', call: (acting) => acting.uploadImage({ setting: 'logoId', bytes: svg }) },
  'resources.statistics': { permission: 'tenant:update',       roles: 'owner, admin', call: (acting) => acting.resources.statistics() },
  'archive':              { permission: 'tenant:archive',      roles: 'owner',        call: (acting) => acting.archive() },
  'delete':               { permission: 'tenant:delete',       roles: 'owner',        call: (acting) => acting.delete() },
  'ownership.start':      { permission: 'tenant:transfer',     roles: 'owner',        call: (acting) => acting.ownership.start() },
  'ownership.verify':     { permission: 'tenant:transfer',     roles: 'owner',        call: (acting) => acting.ownership.verify({ token: 't', code: '000000' }), alone: 'invalid_token' },
  'ownership.complete':   { permission: 'tenant:transfer',     roles: 'owner',        call: (acting, { memberId }) => acting.ownership.complete({ userId: memberId, token: 't' }), alone: 'invalid_token' },
  'members.list':         { permission: 'member:read',         roles: 'all',          call: (acting) => acting.members.list() },
  'members.listEffective': { permission: 'member:read',         roles: 'all',          call: (acting) => acting.members.listEffective() },
  'members.get':          { permission: 'member:read',         roles: 'all',          call: (acting, { memberId }) => acting.members.get({ userId: memberId }) },
  'members.invite':       { permission: 'invitation:create',   roles: 'owner, admin', call: (acting) => acting.members.invite({ email, role }) },
  'members.inviteMany':   { permission: 'invitation:create',   roles: 'owner, admin', call: (acting) => acting.members.inviteMany({ emails: [email], role }) },
  'members.add':          { permission: 'member:add',          roles: 'owner, admin', call: (acting) => acting.members.add({ email, role }) },
  'members.addMany':      { permission: 'member:add',          roles: 'owner, admin', call: (acting) => acting.members.addMany({ members: [{ email, role }] }) },
  'members.addOrInvite':  { permission: 'member:add',          roles: 'owner, admin', call: (acting) => acting.members.addOrInvite({ members: [{ email, role }] }) },
  'members.setRoles':  { permission: 'member:assign',       roles: 'owner, admin', call: (acting, { memberId }) => acting.members.setRoles({ userId: memberId, roles: ['idle'] }) },
  'members.update':       { permission: 'member:assign',       roles: 'owner, admin', call: (acting, { memberId }) => acting.members.update({ userId: memberId, active: false }) },
  'members.activate':     { permission: 'member:assign',       roles: 'owner, admin', call: (acting, { inactiveMemberId }) => acting.members.activate({ userId: inactiveMemberId }) },
  'members.deactivate':   { permission: 'member:assign',       roles: 'owner, admin', call: (acting, { memberId }) => acting.members.deactivate({ userId: memberId }) },
  // Whoever makes admins must hold what admins hold.
  'members.promote':      { permission: 'member:assign',       roles: 'owner',        call: (acting, { memberId }) => acting.members.promote({ userId: memberId }), alone: 'forbidden' },
  'members.demote':       { permission: 'member:assign',       roles: 'owner',        call: (acting, { adminId }) => acting.members.demote({ userId: adminId }), alone: 'forbidden' },
  'members.remove':       { permission: 'member:remove',       roles: 'owner, admin', call: (acting, { memberId }) => acting.members.remove({ userId: memberId }) },
  'members.getOverrides': { permission: 'member:override',     roles: 'owner, admin', call: (acting, { memberId }) => acting.members.getOverrides({ userId: memberId }) },
  'members.setOverrides': { permission: 'member:override',     roles: 'owner, admin', call: (acting, { memberId }) => acting.members.setOverrides({ userId: memberId, overrides: { 'invoice:read': false } }) },
  'members.explain':      { permission: 'member:override',     roles: 'owner, admin', call: (acting, { memberId }) => acting.members.explain({ userId: memberId, permission: 'invoice:read' }) },
  'members.listByPermission':      { permission: 'member:override',     roles: 'owner, admin', call: (acting) => acting.members.listByPermission({ permission: 'invoice:read' }) },
  'members.previewAccessChange':       { permission: 'member:override',     roles: 'owner, admin', call: (acting, { memberId }) => acting.members.previewAccessChange({ userId: memberId, roles: [role] }) },
  'invitations.list':     { permission: 'invitation:read',     roles: 'owner, admin', call: (acting) => acting.invitations.list() },
  'invitations.resend':   { permission: 'invitation:create',   roles: 'owner, admin', call: (acting, { invitationId }) => acting.invitations.resend({ invitationId }) },
  'invitations.revoke':   { permission: 'invitation:revoke',   roles: 'owner, admin', call: (acting, { invitationId }) => acting.invitations.revoke({ invitationId }) },
  'joinRequests.list':    { permission: 'join_request:read',   roles: 'owner, admin', call: (acting) => acting.joinRequests.list() },
  'joinRequests.approve': { permission: 'join_request:decide', roles: 'owner, admin', call: (acting, { joinRequestId }) => acting.joinRequests.approve({ joinRequestId, role }) },
  'joinRequests.reject':  { permission: 'join_request:decide', roles: 'owner, admin', call: (acting, { joinRequestId }) => acting.joinRequests.reject({ joinRequestId }) },
  'roles.list':           { permission: 'role:read',           roles: 'all',          call: (acting) => acting.roles.list() },
  'roles.create':         { permission: 'role:create',         roles: 'owner, admin', call: (acting) => acting.roles.create({ key: 'clerk', name: 'Clerk', rank: 5, permissions: [] }) },
  'roles.update':         { permission: 'role:update',         roles: 'owner, admin', call: (acting, { roleKey }) => acting.roles.update({ key: roleKey, name: 'Other' }) },
  'roles.delete':         { permission: 'role:delete',         roles: 'owner, admin', call: (acting, { roleKey }) => acting.roles.delete({ key: roleKey }) },
  'events.list':          { permission: 'event:read',          roles: 'owner, admin', call: (acting) => acting.events.list() },
  'events.verify':        { permission: 'event:read',          roles: 'owner, admin', call: (acting) => acting.events.verify() },
  'resources.create':     { permission: 'invoice:create',      roles: 'owner, admin, editor', call: (acting) => acting.resources.create({ type: 'invoice', name: 'New', visibility: 'tenant' }) },
  'resources.get':        { permission: 'invoice:read',        roles: 'all but assistant',          call: (acting, { invoiceId: id }) => acting.resources.get({ type: 'invoice', id }) },
  'resources.update':     { permission: 'invoice:update',      roles: 'owner, admin, editor', call: (acting, { invoiceId: id }) => acting.resources.update({ type: 'invoice', id, name: 'Other' }) },
  'resources.delete':     { permission: 'invoice:delete',      roles: 'owner, admin, editor', call: (acting, { invoiceId: id }) => acting.resources.delete({ type: 'invoice', id }) },
  'comments.list':        { permission: 'invoice:read',        roles: 'all but assistant',          call: (acting, { invoiceId: id }) => acting.comments.list({ type: 'invoice', id }) },
  'comments.create':      { permission: 'invoice:comment',     roles: 'all but assistant',          call: (acting, { invoiceId: id }) => acting.comments.create({ type: 'invoice', id, text: 'Hello' }) },
}

/** Calls that no single permission decides, and what holds them. */
// prettier-ignore
export const DECIDED_OTHERWISE: Readonly<Record<string, string>> = {
  'restore':               'is for archived and deleted tenants: archive-tenant.test.ts, delete-tenant.test.ts',
  'members.leave':         'is for oneself: leave-tenant.test.ts',
  'resources.list':        'shows what each caller may read: list-resources.test.ts',
  'resources.countLabels': 'counts what each caller may read: labels.test.ts',
  'resources.share':       'is for the owner of the resource: share-resource.test.ts',
  'resources.unshare':     'is for the owner of the resource: share-resource.test.ts',
  'resources.transfer':    'is for the owner of the resource and unrestricted roles: transfer-resource.test.ts',
}
