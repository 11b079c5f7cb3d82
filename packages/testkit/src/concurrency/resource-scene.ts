import assert from 'node:assert/strict'
import { admitted, somebody, someTenant } from './fixtures.js'
import type { Person } from './fixtures.js'
import type { ConcurrencyHarness, Call } from './concurrency-case.js'

/** Somebody with a document in its own tenant, who may make documents elsewhere, too, and a colleague there. */
export interface Scene {
  readonly ownerTenant: Place
  readonly elsewhere: Place
  readonly owner: Person
  readonly memberUser: Person
  readonly id: string
}

interface Place {
  readonly id: string
  readonly owner: Person
}

const named = ({ id }: Scene) => ({ type: 'document', id })
const byOwner = ({ owner, ownerTenant }: Scene) => ({ actor: { userId: owner.id }, tenantId: ownerTenant.id })
export const byTenantOwner = ({ id, owner }: Place) => ({ actor: { userId: owner.id }, tenantId: id })

export const share = (scene: Scene, to = scene.elsewhere): Call => ({
  ...byOwner(scene),
  useCase: 'resources.share',
  input: { ...named(scene), tenantId: to.id },
})
export const giveAway = (scene: Scene): Call => ({
  ...byOwner(scene),
  useCase: 'resources.transfer',
  input: { ...named(scene), userId: scene.memberUser.id },
})

/** It is there, whose it should be, in one tenant alone, and a share of it is one of somebody who is in both. */
export async function isWhere(
  { storage: { read } }: ConcurrencyHarness,
  scene: Scene,
  expected: { readonly ownerId: string; readonly tenantId: string },
): Promise<void> {
  const [tenantId, other] =
    expected.tenantId === scene.ownerTenant.id
      ? [scene.ownerTenant.id, scene.elsewhere.id]
      : [expected.tenantId, scene.ownerTenant.id]
  const found = await read.resources.find({ ...named(scene), tenantId })
  assert.deepEqual(
    { ownerId: found?.ownerId, ownerTenantId: found?.ownerTenantId },
    {
      ownerId: expected.ownerId,
      ownerTenantId: scene.ownerTenant.id,
    },
  )
  const twin = await read.resources.find({ ...named(scene), tenantId: other })
  assert.notEqual(twin?.ownerTenantId, scene.ownerTenant.id, 'it is seen in two tenants')
}

export async function someScene(
  harness: ConcurrencyHarness,
  given: { readonly elsewhere?: Place; readonly id?: string } = {},
) {
  const ownerTenant = await someTenant(harness)
  const { elsewhere = await someTenant(harness) } = given
  const [owner, memberUser] = [await somebody(harness), await somebody(harness)]
  for (const place of [ownerTenant, elsewhere]) await admitted(harness, place, owner, 'editor')
  await admitted(harness, ownerTenant, memberUser, 'editor')
  const { resources } = harness.tenancy.as({ userId: owner.id }).in(ownerTenant.id)
  const { id } = await resources.create({ type: 'document', name: 'A document', ...(given.id ? { id: given.id } : {}) })
  return { ownerTenant, elsewhere, owner, memberUser, id } satisfies Scene
}
