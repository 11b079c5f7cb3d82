import { createTenancy, memoryStorage, type Access, type Resources, type Tenancy } from './index.js'

/** Checked by the compiler alone: nothing here is run. */
const tenancy = createTenancy({ storage: memoryStorage(), resources: { invoice: ['read', 'approve'], file: ['read'] } })
const acme = tenancy.as({ userId: 'ann' }).in('acme')

export async function severalQuestionsNameDeclaredPermissions(): Promise<void> {
  const access = await acme.access()
  const answers: readonly boolean[] = access.canMany([
    { permission: 'invoice:approve' },
    { permission: 'file:read', resource: { ownerId: null, tenantId: 'acme', sharedTenantId: null } },
    { permission: 'member:remove' },
  ])
  void answers
  // @ts-expect-error -- no resource declares this verb
  access.canMany([{ permission: 'file:approve' }])
  // @ts-expect-error -- a name alone is no question
  access.canMany(['file:read'])
  // @ts-expect-error -- no such resource
  access.canAny(['invoice:read', 'invoce:read'])
  // @ts-expect-error -- no resource declares this verb
  access.explain('file:approve')
  // @ts-expect-error -- answers name declared permissions only
  access.permissions().includes('file:approve')
}

export async function filtersAreForPermissionsOfTheHost(): Promise<void> {
  const access = await acme.access()
  access.filter('invoice:read')
  access.filter('file:read', { tenant: null, owner: 'file.owner_id', visibility: 'shown', sharedTenant: 'lent_to' })
  // @ts-expect-error -- no resource declares this verb
  access.filter('file:approve')
  // @ts-expect-error -- rows are the host's, and this permission is the library's
  access.filter('member:read')
  // @ts-expect-error -- no such fact
  access.filter('file:read', { visiblity: 'shown' })
  // @ts-expect-error -- only the tenant's column may be none
  access.filter('file:read', { owner: null })
  // @ts-expect-error -- no such placeholder
  access.filter('file:read').toSql({ placeholder: ':' })
}

export function explanationsAndOverridesNameDeclaredPermissions(): void {
  const userId = 'bob'
  void acme.members.explain({ userId, permission: 'invoice:approve', resource: { ownerId: null } })
  void acme.members.explain({ userId, permission: 'member:override' })
  // @ts-expect-error -- no resource declares this verb
  void acme.members.explain({ userId, permission: 'file:approve' })
  // @ts-expect-error -- about whom
  void acme.members.explain({ permission: 'invoice:approve' })
  void acme.members.setOverrides({ userId, overrides: { 'invoice:approve': true, 'file:read': null } })
  // @ts-expect-error -- no resource declares this verb
  void acme.members.setOverrides({ userId, overrides: { 'file:approve': true } })
  // @ts-expect-error -- the library's own permissions are not given one by one
  void acme.members.setOverrides({ userId, overrides: { 'tenant:transfer': true } })
  // @ts-expect-error -- neither granted, denied nor left to the roles
  void acme.members.setOverrides({ userId, overrides: { 'file:read': undefined } })
}

/** What works with any host's names takes a tenancy with names of its own. */
export async function namesOfOnesOwnAreStillNames(): Promise<void> {
  const any: Tenancy = tenancy
  const access: Access = await acme.access()
  access.can('whatever:a-caller-asks')
  await any.as({ userId: 'ann' }).in('acme').members.explain({ userId: 'ann', permission: 'whatever:a-caller-asks' })
}

export async function listByPermissionAndPreviewNameDeclaredPermissions(): Promise<void> {
  void acme.members.listByPermission({ permission: 'invoice:approve', limit: 100, resource: { ownerId: 'ann' } })
  void acme.members.listByPermission({ permission: 'member:remove' })
  // @ts-expect-error -- no resource declares this verb
  void acme.members.listByPermission({ permission: 'file:approve' })
  const { gains } = await acme.members.previewAccessChange({
    userId: 'bob',
    roles: ['viewer'],
    overrides: { 'file:read': null },
  })
  gains.includes('invoice:approve')
  // @ts-expect-error -- answers name declared permissions only
  gains.includes('file:approve')
  // @ts-expect-error -- the library's own permissions are not given one by one
  void acme.members.previewAccessChange({ userId: 'bob', overrides: { 'tenant:transfer': true } })
}

export function rolesOfATenantNameDeclaredPermissions(): void {
  const role = { key: 'approver', name: 'Approver', rank: 5 }
  void acme.roles.create({ ...role, permissions: ['invoice:approve', 'member:read'] })
  void acme.roles.update({ key: 'approver', permissions: ['file:read'] })
  void acme.roles.update({ key: 'approver', rank: 6 })
  // @ts-expect-error -- no resource declares this verb
  void acme.roles.create({ ...role, permissions: ['file:approve'] })
  // @ts-expect-error -- patterns are for the host's own table
  void acme.roles.update({ key: 'approver', permissions: ['file:*'] })
}

export async function resourcesMaySayWhatOwningPermits(): Promise<void> {
  const verbs = ['read', 'submit'] as const
  const storage = memoryStorage()
  const memos = createTenancy({
    storage,
    resources: { memo: { verbs: ['read', 'submit'], owner: ['submit'], allowWildcards: false }, file: ['read'] },
  })
  const access = await memos.as({ userId: 'ann' }).in('acme').access()
  access.can('memo:submit', { ownerId: 'ann' })
  access.can('file:read')
  // @ts-expect-error -- no resource declares this verb
  access.can('memo:approve')
  createTenancy({ storage, resources: { memo: { verbs, owner: ['submit'] } } })
  // @ts-expect-error -- owning permits only what the resource declares
  createTenancy({ storage, resources: { memo: { verbs: ['read', 'submit'], owner: ['sumbit'] } } })
  // @ts-expect-error -- no such option
  createTenancy({ storage, resources: { memo: { verbs: ['read'], onwer: ['read'] } } })
  // @ts-expect-error -- no verbs
  createTenancy({ storage, resources: { memo: { owner: [] } } })
  // A declaration that is only known at run time is checked there.
  const declared: Resources = { memo: { verbs, owner: ['submit'] } }
  createTenancy({ storage, resources: declared })
}
