import assert from 'node:assert/strict'
import { admitted, somebody, someTenant } from './given.js'
import type { Person } from './given.js'
import type { Arena, Call } from './race-case.js'

/** Somebody with a document at home, who may make documents elsewhere, too, and a fellow at home. */
export interface Scene {
  readonly home: Place
  readonly elsewhere: Place
  readonly owner: Person
  readonly fellow: Person
  readonly id: string
}

interface Place {
  readonly id: string
  readonly owner: Person
}

const named = ({ id }: Scene) => ({ type: 'document', id })
const byOwner = ({ owner, home }: Scene) => ({ actor: { userId: owner.id }, tenantId: home.id })
export const byTenantOwner = ({ id, owner }: Place) => ({ actor: { userId: owner.id }, tenantId: id })

export const lend = (scene: Scene, to = scene.elsewhere): Call => ({
  ...byOwner(scene),
  useCase: 'resources.share',
  input: { ...named(scene), tenantId: to.id },
})
export const giveAway = (scene: Scene): Call => ({
  ...byOwner(scene),
  useCase: 'resources.transfer',
  input: { ...named(scene), userId: scene.fellow.id },
})

/** It is there, whose it should be, in one tenant alone, and a loan of it is one of somebody who is in both. */
export async function isWhere(
  { storage: { read } }: Arena,
  scene: Scene,
  expected: { readonly ownerId: string; readonly tenantId: string },
): Promise<void> {
  const [tenantId, other] =
    expected.tenantId === scene.home.id ? [scene.home.id, scene.elsewhere.id] : [expected.tenantId, scene.home.id]
  const found = await read.resources.find({ ...named(scene), tenantId })
  assert.deepEqual(
    { ownerId: found?.ownerId, homeTenantId: found?.homeTenantId },
    {
      ownerId: expected.ownerId,
      homeTenantId: scene.home.id,
    },
  )
  const twin = await read.resources.find({ ...named(scene), tenantId: other })
  assert.notEqual(twin?.homeTenantId, scene.home.id, 'it is seen in two tenants')
}

export async function someScene(arena: Arena, given: { readonly elsewhere?: Place; readonly id?: string } = {}) {
  const home = await someTenant(arena)
  const { elsewhere = await someTenant(arena) } = given
  const [owner, fellow] = [await somebody(arena), await somebody(arena)]
  for (const place of [home, elsewhere]) await admitted(arena, place, owner, 'editor')
  await admitted(arena, home, fellow, 'editor')
  const { resources } = arena.tenancy.as({ userId: owner.id }).in(home.id)
  const { id } = await resources.create({ type: 'document', name: 'A document', ...(given.id ? { id: given.id } : {}) })
  return { home, elsewhere, owner, fellow, id } satisfies Scene
}
