import { z } from 'zod'
import { createTenancy, customRole, memoryStorage, mergePresets } from './index.js'
import type { Access, AccessOf, MemberOf, RoleOf, Tenancy } from './index.js'

/** Checked by the compiler alone: nothing here is run. */
const tenancy = createTenancy({
  storage: memoryStorage(),
  resources: { invoice: ['read', 'approve'] },
  roles: { clerk: { rank: 15, name: 'Clerk', permissions: ['invoice:read'] } },
  memberMetadata: z.object({ department: z.string(), level: z.int().optional() }),
})
const acme = tenancy.as({ userId: 'ann' }).in('acme')
const userId = 'bob'
const email = 'bob@example.com'

export function rolesAreTheDeclaredOnes(): void {
  void acme.members.setRoles({ userId, roles: ['clerk', 'admin'] })
  void acme.members.invite({ email, role: 'clerk' })
  void acme.members.addMany({
    members: [
      { email, role: 'clerk' },
      { email, roles: ['viewer'] },
    ],
  })
  void acme.members.update({ userId, roles: { clerk: true, admin: false } })
  void acme.members.list({ role: 'clerk' })
  // @ts-expect-error -- a typo
  void acme.members.setRoles({ userId, roles: ['clark'] })
  // @ts-expect-error -- a typo
  void acme.members.invite({ email, role: 'clark' })
  // @ts-expect-error -- a typo
  void acme.members.inviteMany({ members: [{ email, role: 'clark' }] })
  // @ts-expect-error -- a typo
  void acme.members.add({ email, role: 'clark' })
  // @ts-expect-error -- a typo
  void acme.members.addMany({ members: [{ email, roles: ['clark'] }] })
  // @ts-expect-error -- a typo
  void acme.members.addOrInvite({ members: [{ email, role: 'clark' }] })
  // @ts-expect-error -- a typo
  void acme.members.update({ userId, roles: { clark: true } })
  // @ts-expect-error -- a typo
  void acme.members.list({ role: 'clark' })
  // @ts-expect-error -- a typo
  void acme.members.previewAccessChange({ userId, roles: ['clark'] })
  // @ts-expect-error -- a typo
  void acme.joinRequests.approve({ joinRequestId: 'j', role: 'clark' })
  // @ts-expect-error -- any text at all
  void acme.members.invite({ email, role: String(email) })
}

export function rolesOfATenantAreSaidToBe(): void {
  void acme.members.setRoles({ userId, roles: ['clerk', customRole('billing')] })
  void acme.members.invite({ email, role: customRole('billing') })
  void acme.members.update({ userId, roles: { clerk: false, [customRole('billing')]: true } })
  void acme.members.previewAccessChange({ userId, roles: [customRole('billing')] })
}

export async function whatIsReadIsTyped(): Promise<void> {
  const member = await acme.members.get({ userId })
  // Roles that were read can be written again.
  void acme.members.setRoles({ userId, roles: [...member.roles, 'clerk'] })
  const department: string | undefined = member.metadata?.department
  const { items } = await acme.members.list()
  const levels: readonly (number | undefined)[] = items.map(({ metadata }) => metadata?.level)
  const added = await acme.members.add({ email, role: 'clerk', metadata: { department: 'R&D' } })
  void [department, levels, added.status === 'added' && added.member.metadata?.department]
  // @ts-expect-error -- no such field
  void member.metadata?.team
}

export function metadataIsWhatTheSchemaSays(): void {
  void acme.members.update({ userId, metadata: { department: 'R&D', level: 3 } })
  void acme.members.update({ userId, metadata: null })
  // @ts-expect-error -- without a department
  void acme.members.update({ userId, metadata: { level: 3 } })
  // @ts-expect-error -- a department is a text
  void acme.members.add({ email, role: 'clerk', metadata: { department: 3 } })
  const plain = createTenancy({ storage: memoryStorage() }).as({ userId }).in('acme')
  // @ts-expect-error -- without a schema there is none
  void plain.members.add({ email, role: 'member', metadata: { department: 'R&D' } })
  // @ts-expect-error -- a schema is no description
  createTenancy({ storage: memoryStorage(), memberMetadata: { department: 'string' } })
}

type AppAccess = AccessOf<typeof tenancy>
type AppRole = RoleOf<typeof tenancy>
type AppMember = MemberOf<typeof tenancy>

export function typesOfATenancyHaveNames(access: AppAccess, member: AppMember): readonly AppRole[] {
  access.can('invoice:approve')
  // @ts-expect-error -- no resource declares this verb
  access.can('invoice:delete')
  void member.metadata?.department
  // @ts-expect-error -- a typo
  const roles: AppRole[] = ['clark']
  void roles
  return ['clerk', 'owner']
}

/** What works with any host's names takes a tenancy with names of its own. */
export async function namesOfOnesOwnAreStillNames(role: string): Promise<void> {
  const any: Tenancy = tenancy
  const access: Access = await acme.access()
  void access
  void any.as({ userId }).in('acme').members.invite({ email, role })
  const { metadata } = await any.as({ userId }).in('acme').members.get({ userId })
  void metadata?.['department']
}

export function namesOfMergedPresetsAreThoseOfEach(): void {
  const payer = { rank: 15, name: 'Payer', permissions: [] } as const
  const preset = mergePresets(
    { resources: { bill: ['read', 'pay'] }, roles: { payer } },
    { resources: { file: ['read'] } },
  )
  const resources = { ...preset.resources, memo: ['read'] } as const
  const merged = createTenancy({ storage: memoryStorage(), ...preset, resources })
    .as({ userId })
    .in('acme')
  const can = async () => (await merged.access()).canAll(['bill:pay', 'file:read', 'memo:read'])
  void merged.members.invite({ email, role: 'payer' })
  // @ts-expect-error -- no preset declares this verb
  const cannot = async () => (await merged.access()).can('file:pay')
  // @ts-expect-error -- no preset declares this role
  void merged.members.invite({ email, role: 'clerk' })
  void [can, cannot]
}

export async function settingsAreWhatTheSchemaSays(): Promise<void> {
  const settings = z.object({ theme: z.enum(['light', 'dark']).default('light'), seats: z.int().optional() })
  const host = createTenancy({ storage: memoryStorage(), settings })
  const inAcme = host.as({ userId }).in('acme')
  void inAcme.update({ settings: { theme: 'dark', seats: null } })
  void host.as({ userId }).tenants.create({ name: 'Acme', settings: { seats: 3 } })
  const { tenant } = await inAcme.get()
  const theme: 'light' | 'dark' = tenant.settings.theme
  const seats: (number | undefined)[] = (await host.as({ userId }).tenants.list()).items.map(
    (one) => one.tenant.settings.seats,
  )
  void [theme, seats]
  // @ts-expect-error -- no such theme
  void inAcme.update({ settings: { theme: 'blue' } })
  // @ts-expect-error -- no such setting
  void inAcme.update({ settings: { thme: 'dark' } })
  // @ts-expect-error -- no such setting
  void tenant.settings.thme
  const any: Tenancy = host
  void (await any.as({ userId }).in('acme').get()).tenant.settings['theme']
  // @ts-expect-error -- without a schema there are none
  void acme.update({ settings: { theme: 'dark' } })
  const merged = mergePresets({ settings }, { settings: z.object({ plan: z.string().default('free') }) })
  const both = createTenancy({ storage: memoryStorage(), ...merged })
  const inBoth = both.as({ userId }).in('acme')
  const plan: string = (await inBoth.get()).tenant.settings.plan
  void plan
  // @ts-expect-error -- no preset has such a setting
  void inBoth.update({ settings: { colour: 'red' } })
}
