import type { TenantClient } from '../clients/tenant-client.js'

/** A way to call something inside a tenant. */
export interface CallInTenant {
  /** Who is not forbidden it. `all` is every member. */
  readonly who: 'all' | 'owner, admin' | 'owner'
  /** The input comes from tests that hand in what the types would refuse. */
  readonly call: (acting: TenantClient, input?: never) => Promise<unknown>
  /** An input that fits and names nothing there is. Absent when the call takes none. */
  readonly input?: object
}

const nobody = { userId: 'nobody' }
const noRequest = { joinRequestId: 'none' }
const noRole = { key: 'none' }
const noResource = { type: 'invoice', id: 'none' }
const noInvitation = { invitationId: 'none' }

/** Everything that may be asked for inside an active tenant. */
// prettier-ignore
export const CALLS_IN_A_TENANT: Readonly<Record<string, CallInTenant>> = {
  'access':               { who: 'all',          call: (acting) => acting.access() },
  'get':                  { who: 'all',          call: (acting) => acting.get() },
  'recordActivity':       { who: 'all',          call: (acting) => acting.recordActivity() },
  'organization':         { who: 'all',          call: (acting) => acting.organization() },
  'update':               { who: 'owner, admin', call: (acting, input) => acting.update(input as never), input: { name: 'New' } },
  'archive':              { who: 'owner',        call: (acting) => acting.archive() },
  'uploadImage':          { who: 'owner, admin', call: (acting, input) => acting.uploadImage(input as never), input: { setting: 'logoId', bytes: Uint8Array.of(1) } },
  'members.list':         { who: 'all',          call: (acting, input) => acting.members.list(input), input: {} },
  'members.listEffective': { who: 'all',          call: (acting) => acting.members.listEffective() },
  'members.get':          { who: 'all',          call: (acting, input) => acting.members.get(input as never), input: nobody },
  'members.invite':       { who: 'owner, admin', call: (acting, input) => acting.members.invite(input as never), input: { email: 'new@example.com', role: 'member' } },
  'members.inviteMany':   { who: 'owner, admin', call: (acting, input) => acting.members.inviteMany(input as never), input: { emails: ['new@example.com'], role: 'member' } },
  'members.add':          { who: 'owner, admin', call: (acting, input) => acting.members.add(input as never), input: { email: 'new@example.com', role: 'member' } },
  'members.addMany':      { who: 'owner, admin', call: (acting, input) => acting.members.addMany(input as never), input: { members: [{ email: 'new@example.com', role: 'member' }] } },
  'members.addOrInvite':  { who: 'owner, admin', call: (acting, input) => acting.members.addOrInvite(input as never), input: { members: [{ email: 'new@example.com', role: 'member' }] } },
  'members.promote':      { who: 'owner',        call: (acting, input) => acting.members.promote(input as never), input: nobody },
  'members.demote':       { who: 'owner',        call: (acting, input) => acting.members.demote(input as never), input: nobody },
  'members.setRoles':  { who: 'owner, admin', call: (acting, input) => acting.members.setRoles(input as never), input: { ...nobody, roles: ['viewer'] } },
  'members.update':       { who: 'owner, admin', call: (acting, input) => acting.members.update(input as never), input: { ...nobody, roles: { viewer: true } } },
  'members.activate':     { who: 'owner, admin', call: (acting, input) => acting.members.activate(input as never), input: nobody },
  'members.deactivate':   { who: 'owner, admin', call: (acting, input) => acting.members.deactivate(input as never), input: nobody },
  'members.remove':       { who: 'owner, admin', call: (acting, input) => acting.members.remove(input as never), input: nobody },
  'members.leave':        { who: 'all',          call: (acting) => acting.members.leave() },
  'members.getOverrides': { who: 'owner, admin', call: (acting, input) => acting.members.getOverrides(input as never), input: nobody },
  'members.setOverrides': { who: 'owner, admin', call: (acting, input) => acting.members.setOverrides(input as never), input: { ...nobody, overrides: { 'invoice:read': true } } },
  'members.explain':      { who: 'owner, admin', call: (acting, input) => acting.members.explain(input as never), input: { ...nobody, permission: 'invoice:read' } },
  'members.listByPermission':      { who: 'owner, admin', call: (acting, input) => acting.members.listByPermission(input as never), input: { permission: 'invoice:read' } },
  'members.previewAccessChange':       { who: 'owner, admin', call: (acting, input) => acting.members.previewAccessChange(input as never), input: { ...nobody, roles: ['viewer'] } },
  'invitations.list':     { who: 'owner, admin', call: (acting, input) => acting.invitations.list(input), input: {} },
  'invitations.resend':   { who: 'owner, admin', call: (acting, input) => acting.invitations.resend(input as never), input: noInvitation },
  'invitations.revoke':   { who: 'owner, admin', call: (acting, input) => acting.invitations.revoke(input as never), input: noInvitation },
  'joinRequests.list':    { who: 'owner, admin', call: (acting, input) => acting.joinRequests.list(input), input: {} },
  'joinRequests.approve': { who: 'owner, admin', call: (acting, input) => acting.joinRequests.approve(input as never), input: noRequest },
  'joinRequests.reject':  { who: 'owner, admin', call: (acting, input) => acting.joinRequests.reject(input as never), input: noRequest },
  'roles.list':           { who: 'all',          call: (acting) => acting.roles.list() },
  'roles.create':         { who: 'owner, admin', call: (acting, input) => acting.roles.create(input as never), input: { key: 'clerk', name: 'Clerk', rank: 5, permissions: [] } },
  'roles.update':         { who: 'owner, admin', call: (acting, input) => acting.roles.update(input as never), input: noRole },
  'roles.delete':         { who: 'owner, admin', call: (acting, input) => acting.roles.delete(input as never), input: noRole },
  'resources.create':     { who: 'all',          call: (acting, input) => acting.resources.create(input as never), input: { type: 'invoice', name: 'New' } },
  'resources.get':        { who: 'all',          call: (acting, input) => acting.resources.get(input as never), input: noResource },
  'resources.list':       { who: 'all',          call: (acting, input) => acting.resources.list(input as never), input: { type: 'invoice' } },
  'resources.update':     { who: 'all',          call: (acting, input) => acting.resources.update(input as never), input: noResource },
  'resources.delete':     { who: 'all',          call: (acting, input) => acting.resources.delete(input as never), input: noResource },
  'resources.share':      { who: 'all',          call: (acting, input) => acting.resources.share(input as never), input: { ...noResource, tenantId: 'none' } },
  'resources.unshare':    { who: 'all',          call: (acting, input) => acting.resources.unshare(input as never), input: noResource },
  'resources.transfer':   { who: 'all',          call: (acting, input) => acting.resources.transfer(input as never), input: { ...noResource, ...nobody } },
  'resources.countLabels': { who: 'all',         call: (acting, input) => acting.resources.countLabels(input as never), input: { type: 'invoice', kind: 'tag' } },
  'resources.statistics': { who: 'owner, admin', call: (acting) => acting.resources.statistics() },
  'comments.list':        { who: 'all',          call: (acting, input) => acting.comments.list(input as never), input: noResource },
  'comments.create':      { who: 'all',          call: (acting, input) => acting.comments.create(input as never), input: { ...noResource, text: 'Hello' } },
  'ownership.start':      { who: 'owner',        call: (acting, input) => acting.ownership.start(input), input: {} },
  'ownership.verify':     { who: 'owner',        call: (acting, input) => acting.ownership.verify(input as never), input: { token: 't', code: 'c' } },
  'ownership.complete':   { who: 'owner',        call: (acting, input) => acting.ownership.complete(input as never), input: { ...nobody, token: 't' } },
  'events.list':          { who: 'owner, admin', call: (acting, input) => acting.events.list(input), input: {} },
  'events.append':        { who: 'all',          call: (acting, input) => acting.events.append(input as never), input: { type: 'app.invoice.paid' } },
  'events.verify':        { who: 'owner, admin', call: (acting) => acting.events.verify() },
}

/** What is also asked for inside an archived one. */
export const DELETE: CallInTenant = { who: 'owner', call: (acting) => acting.delete() }

/** What is asked for inside an archived one only. */
export const RESTORE: CallInTenant = { who: 'owner', call: (acting) => acting.restore() }
