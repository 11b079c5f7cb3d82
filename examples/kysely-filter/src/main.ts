import { sqliteStorage } from '@tenantry/adapter-sqlite'
import { createTenancy, SYSTEM } from '@tenantry/core'
import Database from 'better-sqlite3'
import { explainReading, openInvoices, readableInvoices, resources, type Invoice } from './invoices.js'

const database = new Database(':memory:')
const tenancy = createTenancy({ storage: sqliteStorage({ database }), resources })
await tenancy.migrate()
const db = openInvoices(database)

const host = tenancy.as(SYSTEM)
const { id: ann } = await host.users.create({ email: 'ann@example.com', name: 'Ann', emailVerified: true })
const { id: bob } = await host.users.create({ email: 'bob@example.com', name: 'Bob', emailVerified: true })
const { id: zoe } = await host.users.create({ email: 'zoe@example.com', name: 'Zoe', emailVerified: true })
const { id: acme } = await tenancy.as({ userId: ann }).tenants.create({ name: 'Acme' })
const { id: zoo } = await tenancy.as({ userId: zoe }).tenants.create({ name: 'Zoo' })
const { link } = await tenancy.as({ userId: ann }).in(acme).members.invite({ email: 'bob@example.com', role: 'viewer' })
await tenancy.as({ userId: bob }).invitations.accept({ token: link?.split('token=')[1] ?? '' })

const salaries: Invoice = { tenant_id: acme, title: 'Salaries', owner_id: ann, visibility: 'private' }
await db
  .insertInto('invoice')
  .values([
    salaries,
    { tenant_id: acme, title: 'Rent', owner_id: ann, visibility: 'tenant' },
    { tenant_id: acme, title: 'Bob’s travel', owner_id: bob, visibility: 'private' },
    { tenant_id: zoo, title: 'Fodder', owner_id: zoe, visibility: 'tenant' },
  ])
  .execute()

const asBob = await tenancy.as({ userId: bob }).in(acme).access()
console.log('Bob may read')
for (const title of await readableInvoices(db, asBob)) console.log(`  ${title}`)

console.log('Why not the salaries?')
console.log(`  ${explainReading(asBob, salaries)}`)

console.log('Ann takes reading away from Bob, who may still read')
await tenancy
  .as({ userId: ann })
  .in(acme)
  .members.setOverrides({ userId: bob, overrides: { 'invoice:read': false } })
const restricted = await tenancy.as({ userId: bob }).in(acme).access()
for (const title of await readableInvoices(db, restricted)) console.log(`  ${title}`)

const asZoe = await tenancy.as({ userId: zoe }).in(zoo).access()
console.log('Zoe, in her own tenant, may read')
for (const title of await readableInvoices(db, asZoe)) console.log(`  ${title}`)
await tenancy.close()
