import { sqliteStorage } from '@tenantry/adapter-sqlite'
import { createTenancy, isTenancyError, SYSTEM } from '@tenantry/core'

const tenancy = createTenancy({
  storage: sqliteStorage({ filename: ':memory:' }),
  resources: { invoice: ['create', 'read', 'update', 'delete', 'approve'] },
  roles: {
    editor: {
      rank: 30,
      name: 'Editor',
      permissions: ['tenant:read', 'member:read', 'invoice:create', 'invoice:read', 'invoice:update', 'invoice:delete'],
    },
  },
})
await tenancy.migrate()

// Listeners run after the commit and cannot undo it.
tenancy.on('*', ({ type, target }) => console.log(`  event: ${type} (${target.type})`))

console.log('Two people sign up')
const host = tenancy.as(SYSTEM)
const { id: annId } = await host.users.create({ email: 'ann@example.com', name: 'Ann', emailVerified: true })
const { id: bobId } = await host.users.create({ email: 'bob@example.com', name: 'Bob', emailVerified: true })
const ann = tenancy.as({ userId: annId })
const bob = tenancy.as({ userId: bobId })

console.log('Ann makes a tenant, and owns it')
const acme = await ann.tenants.create({ name: 'Acme' })

console.log('Ann invites Bob, who accepts')
const { link } = await ann.in(acme.id).members.invite({ email: 'bob@example.com', role: 'viewer' })
const token = new URL(link ?? '', 'https://app.example').searchParams.get('token') ?? ''
await bob.invitations.accept({ token })

// One query loads everything that decisions need; the checks are then synchronous.
const asViewer = await bob.in(acme.id).access()
console.log('As a viewer, Bob may')
console.log(`  read invoices: ${asViewer.can('invoice:read')}`)
console.log(`  create invoices: ${asViewer.can('invoice:create')}`)
console.log(`  delete his own invoice: ${asViewer.can('invoice:delete', { ownerId: bobId })}`)
console.log(`  ${asViewer.explain('invoice:create').message}`)

console.log('Ann makes Bob an editor')
await ann.in(acme.id).members.setRoles({ userId: bobId, roles: ['editor'] })
const asEditor = await bob.in(acme.id).access()
console.log(`  create invoices: ${asEditor.can('invoice:create')}`)
console.log(`  approve invoices: ${asEditor.can('invoice:approve')}`)

console.log('Bob tries to remove Ann')
try {
  await bob.in(acme.id).members.remove({ userId: annId })
} catch (error) {
  if (!isTenancyError(error)) throw error
  console.log(`  refused: ${error.code}`)
}

const { items } = await ann.in(acme.id).members.list()
console.log('The members')
for (const { user, roles } of items) console.log(`  ${user.name}: ${roles.join(', ')}`)

const chain = await ann.in(acme.id).events.verify()
console.log(`The audit log is ${chain.intact ? `intact: ${chain.events} events` : 'broken'}`)
await tenancy.close()
