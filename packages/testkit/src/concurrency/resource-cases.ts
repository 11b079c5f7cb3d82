import assert from 'node:assert/strict'
import { wholeTenant } from '../tenant-state.js'
import { countOutcomes, isOk, nameOf } from './count-outcomes.js'
import { admitted, someTenant, times } from './fixtures.js'
import { inTurn } from './in-turn.js'
import type { ConcurrencyHarness, Call, ConcurrencyCase } from './concurrency-case.js'
import { HANDOVERS, SHARINGS } from './resource-conflicts.js'
import type { ConflictCase } from './resource-conflicts.js'
import { giveAway, isWhere, share, someScene } from './resource-scene.js'
import type { Scene } from './resource-scene.js'

const PAIRS = 4

/** What is shared is seen in one tenant alone, and everything belongs to a member, however many change it at once. */
export const resourceCases: readonly ConcurrencyCase[] = [
  ...SHARINGS.map((conflict) => ({
    id: conflict.id,
    name: `a document is shared just as its owner ${conflict.name}: one of the two came first, and no share is left over`,
    run: (harness: ConcurrencyHarness) => meet(harness, conflict, (scene) => share(scene)),
  })),
  ...HANDOVERS.map((conflict) => ({
    id: conflict.id,
    name: `a document is given to a member who is ${conflict.name} at the same moment: it belongs to somebody who is there`,
    run: (harness: ConcurrencyHarness) => meet(harness, conflict, giveAway),
  })),
  {
    id: 'share-twice',
    name: 'a document is shared with two tenants at once: one of them sees it',
    async run(harness) {
      const scenes = await times(PAIRS, async () => {
        const scene = await someScene(harness)
        const third = await someTenant(harness)
        await admitted(harness, third, scene.owner, 'editor')
        return { ...scene, third }
      })
      const responses = await harness.race(scenes.flatMap((scene) => [share(scene), share(scene, scene.third)]))
      for (const [at, scene] of scenes.entries()) {
        const both = [nameOf(responses[at * 2]), nameOf(responses[at * 2 + 1])]
        assert.deepEqual([...both].sort(), ['conflict', 'ok'])
        const to = both[0] === 'ok' ? scene.elsewhere : scene.third
        await isWhere(harness, scene, { ownerId: scene.owner.id, tenantId: to.id })
        for (const { id } of [scene.ownerTenant, scene.elsewhere, scene.third]) await wholeTenant(harness.storage, id)
      }
    },
  },
  {
    id: 'share-one-id',
    name: 'two tenants share a document of one id to the same tenant at once: one is there, the other stays at home',
    async run(harness) {
      const pairs = await times(PAIRS, async () => {
        const one = await someScene(harness)
        const other = await someScene(harness, { elsewhere: one.elsewhere, id: one.id })
        return [one, other] as const
      })
      const responses = await harness.race(pairs.flatMap((pair) => pair.map((scene) => share(scene))))
      assert.deepEqual(countOutcomes(responses), { ok: PAIRS, resource_already_exists: PAIRS })
      for (const [at, scene] of pairs.flat().entries()) {
        const ownerId = scene.owner.id
        const tenantId = isOk(responses[at]) ? scene.elsewhere.id : scene.ownerTenant.id
        await isWhere(harness, scene, { ownerId, tenantId })
      }
    },
  },
]

async function meet(harness: ConcurrencyHarness, conflict: ConflictCase, call: (scene: Scene) => Call): Promise<void> {
  const scenes = await times(PAIRS, () => someScene(harness))
  const responses = await harness.race(
    scenes.flatMap((scene, at) => inTurn(at, [call(scene), conflict.against(scene)] as const)),
  )
  for (const [at, scene] of scenes.entries()) {
    const [first, other] = inTurn(at, [nameOf(responses[at * 2]), nameOf(responses[at * 2 + 1])])
    const isFirst = first === 'ok'
    const expected = isFirst ? ['ok', conflict.refusalOfOther ?? 'ok'] : [conflict.refusal, 'ok']
    assert.deepEqual([first, other], expected)
    await isWhere(harness, scene, conflict.end(scene, isFirst))
    for (const { id } of [scene.ownerTenant, scene.elsewhere]) await wholeTenant(harness.storage, id)
  }
}
