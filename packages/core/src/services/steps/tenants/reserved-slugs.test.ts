import { expect, it } from 'vitest'
import { RESERVED_SLUGS, SYSTEM } from '../../../index.js'
import { Slug } from '../../../model/tenant.js'
import { tenancyFixture } from '../../../testing/fixtures/tenancy.js'

const refused = { code: 'invalid_input', details: { field: 'slug' } }

it('a reserved slug is refused to every tenant, made or renamed', async () => {
  const { tenancy, user, organization } = await tenancyFixture()
  const ann = await user('ann')
  const { id } = await ann.tenants.create({ name: 'Acme', slug: 'acme' })
  const above = ann.organization(await organization('ann'))
  for (const slug of ['admin', 'api', 'www', 'app', 'login', 'no-reply']) {
    await expect(ann.tenants.create({ name: 'Trap', slug })).rejects.toMatchObject(refused)
    await expect(tenancy.as(SYSTEM).tenants.create({ name: 'Trap', slug, ownerId: 'ann' })).rejects.toMatchObject(
      refused,
    )
    await expect(ann.in(id).update({ slug })).rejects.toMatchObject(refused)
    await expect(above.tenants.create({ name: 'Trap', slug })).rejects.toMatchObject(refused)
  }
  await ann.in(id).update({ slug: 'acme-admin' })
})

it('a host reserves its own slugs, or none', async () => {
  const own = await tenancyFixture({ reservedSlugs: [...RESERVED_SLUGS, 'my-brand'] })
  const ann = await own.user('ann')
  for (const slug of ['my-brand', 'admin'])
    await expect(ann.tenants.create({ name: 'Trap', slug })).rejects.toMatchObject(refused)
  const none = await tenancyFixture({ reservedSlugs: [] })
  expect(await (await none.user('ann')).tenants.create({ name: 'Ours', slug: 'admin' })).toMatchObject({
    slug: 'admin',
  })
})

it('a slug that was reserved later stays, and other fields still change', async () => {
  const { storage, user } = await tenancyFixture({ reservedSlugs: [] })
  const { id } = await (await user('ann')).tenants.create({ name: 'Acme', slug: 'admin' })
  const later = await tenancyFixture({ storage })
  expect(await later.as('ann').in(id).update({ slug: 'admin', name: 'New' })).toMatchObject({
    slug: 'admin',
    name: 'New',
  })
})

it('every reserved slug could be a slug, and is listed once', () => {
  for (const slug of RESERVED_SLUGS) expect(Slug.safeParse(slug).success || slug.length < 2, slug).toBe(true)
  expect(new Set(RESERVED_SLUGS).size).toBe(RESERVED_SLUGS.length)
})

it('a slug never has the form of an id', async () => {
  const { user } = await tenancyFixture()
  const ann = await user('ann')
  const slug = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'
  await expect(ann.tenants.create({ name: 'Trap', slug })).rejects.toMatchObject(refused)
  const { id } = await ann.tenants.create({ name: 'Acme' })
  await expect(ann.in(id).update({ slug })).rejects.toMatchObject(refused)
  expect(await ann.in(id).update({ slug: `${slug}-x` })).toMatchObject({ slug: `${slug}-x` })
})
