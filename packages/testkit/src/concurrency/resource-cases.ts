import assert from 'node:assert/strict'
import { wholeTenant } from '../tenant-state.js'
import { countAnswers, isOk, nameOf } from './count-answers.js'
import { admitted, someTenant, times } from './given.js'
import { inTurn } from './in-turn.js'
import type { Arena, Call, RaceCase } from './race-case.js'
import { HANDOVERS, LENDINGS } from './resource-meetings.js'
import type { Meeting } from './resource-meetings.js'
import { giveAway, isWhere, lend, someScene } from './resource-scene.js'
import type { Scene } from './resource-scene.js'

const PAIRS = 4

/** What is lent is seen in one tenant alone, and everything belongs to a member, however many change it at once. */
export const resourceCases: readonly RaceCase[] = [
  ...LENDINGS.map((meeting) => ({
    id: meeting.id,
    name: `a document is lent just as its owner ${meeting.name}: one of the two came first, and no loan is left over`,
    run: (arena: Arena) => meet(arena, meeting, (scene) => lend(scene)),
  })),
  ...HANDOVERS.map((meeting) => ({
    id: meeting.id,
    name: `a document is given to a member who is ${meeting.name} at the same moment: it belongs to somebody who is there`,
    run: (arena: Arena) => meet(arena, meeting, giveAway),
  })),
  {
    id: 'lend-twice',
    name: 'a document is lent to two tenants at once: one of them sees it',
    async run(arena) {
      const scenes = await times(PAIRS, async () => {
        const scene = await someScene(arena)
        const third = await someTenant(arena)
        await admitted(arena, third, scene.owner, 'editor')
        return { ...scene, third }
      })
      const answers = await arena.race(scenes.flatMap((scene) => [lend(scene), lend(scene, scene.third)]))
      for (const [at, scene] of scenes.entries()) {
        const both = [nameOf(answers[at * 2]), nameOf(answers[at * 2 + 1])]
        assert.deepEqual([...both].sort(), ['conflict', 'ok'])
        const to = both[0] === 'ok' ? scene.elsewhere : scene.third
        await isWhere(arena, scene, { ownerId: scene.owner.id, tenantId: to.id })
        for (const { id } of [scene.home, scene.elsewhere, scene.third]) await wholeTenant(arena.storage, id)
      }
    },
  },
  {
    id: 'lend-one-id',
    name: 'two tenants lend a document of one id to the same tenant at once: one is there, the other stays at home',
    async run(arena) {
      const pairs = await times(PAIRS, async () => {
        const one = await someScene(arena)
        const other = await someScene(arena, { elsewhere: one.elsewhere, id: one.id })
        return [one, other] as const
      })
      const answers = await arena.race(pairs.flatMap((pair) => pair.map((scene) => lend(scene))))
      assert.deepEqual(countAnswers(answers), { ok: PAIRS, resource_exists: PAIRS })
      for (const [at, scene] of pairs.flat().entries()) {
        const ownerId = scene.owner.id
        const tenantId = isOk(answers[at]) ? scene.elsewhere.id : scene.home.id
        await isWhere(arena, scene, { ownerId, tenantId })
      }
    },
  },
]

async function meet(arena: Arena, meeting: Meeting, call: (scene: Scene) => Call): Promise<void> {
  const scenes = await times(PAIRS, () => someScene(arena))
  const answers = await arena.race(
    scenes.flatMap((scene, at) => inTurn(at, [call(scene), meeting.against(scene)] as const)),
  )
  for (const [at, scene] of scenes.entries()) {
    const [first, other] = inTurn(at, [nameOf(answers[at * 2]), nameOf(answers[at * 2 + 1])])
    const isFirst = first === 'ok'
    const expected = isFirst ? ['ok', meeting.refusalOfOther ?? 'ok'] : [meeting.refusal, 'ok']
    assert.deepEqual([first, other], expected)
    await isWhere(arena, scene, meeting.end(scene, isFirst))
    for (const { id } of [scene.home, scene.elsewhere]) await wholeTenant(arena.storage, id)
  }
}
