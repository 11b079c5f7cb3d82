import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import type { DeadEvent } from '../storage/relay-port.js'
import { contractCase } from './contract-case.js'
import { noon } from './given.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { acme, mark, userAcme, zeta } from './relay-steps.js'
import { awkward, long } from './texts.js'
import { write } from './write.js'

const page = { limit: 100 }

const deadOf = (fields: Partial<DeadEvent> & Pick<DeadEvent, 'id'>): DeadEvent => ({
  scope: acme,
  seq: 1,
  type: 'member.added',
  attempts: 24,
  lastError: 'Error',
  diedAt: noon,
  ...fields,
})

async function givenDead(storage: Storage, ...events: readonly DeadEvent[]): Promise<void> {
  await write(storage, async ({ relay }) => {
    for (const event of events) await relay.bury(event)
  })
}

export const deadEventCases = [
  contractCase('relay-bury', 'A dead event is kept with every field as given', async (storage) => {
    const full = deadOf({
      id: '~"\'',
      scope: userAcme,
      seq: 4_000_000_000,
      type: 'user.created',
      attempts: 25,
      lastError: long + awkward,
      diedAt: 253_402_300_799_999,
    })
    await givenDead(storage, full, deadOf({ id: 'plain', diedAt: 0 }))
    assert.deepEqual(await storage.read.relay.listDead({ page }), [full, deadOf({ id: 'plain', diedAt: 0 })])
  }),

  contractCase('relay-find-dead', 'A dead event is found by its id', async (storage) => {
    await givenDead(storage, deadOf({ id: 'one' }), deadOf({ id: 'two', scope: zeta }))
    assert.deepEqual(await storage.read.relay.findDead('two'), deadOf({ id: 'two', scope: zeta }))
    assert.equal(await storage.read.relay.findDead('TWO'), null)
  }),

  contractCase('relay-list-dead', 'Dead events are paged without gap or repetition', async (storage) => {
    await givenDead(storage, ...scatteredPlaces.map(({ id, at }) => deadOf({ id, diedAt: at })))
    await mark({ storage, consumer: 'relay' }, acme, 1, 1)
    await assertPages(
      'newest',
      (request) => storage.read.relay.listDead({ page: request }),
      ({ diedAt, id }) => ({ at: diedAt, id }),
    )
  }),

  contractCase('relay-count-dead', 'The count of dead events is the length of their list', async (storage) => {
    assert.equal(await storage.read.relay.countDead(), 0)
    await givenDead(storage, deadOf({ id: 'one' }), deadOf({ id: 'two' }))
    assert.equal(await storage.read.relay.countDead(), 2)
  }),

  contractCase('relay-remove-dead', 'A dead event that is removed is gone, and no other', async (storage) => {
    await givenDead(storage, deadOf({ id: 'one' }), deadOf({ id: 'two' }))
    const remove = (id: string) => write(storage, ({ relay }) => relay.removeDead(id))
    assert.deepEqual([await remove('one'), await remove('one'), await remove('unknown')], [true, false, false])
    assert.deepEqual(await storage.read.relay.listDead({ page }), [deadOf({ id: 'two' })])
  }),
]
