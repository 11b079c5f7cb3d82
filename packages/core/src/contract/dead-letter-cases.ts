import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import type { DeadLetter } from '../storage/event-delivery-port.js'
import { contractCase } from './contract-case.js'
import { noon } from './fixtures/rows.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { acme, mark, userAcme, zeta } from './event-delivery-steps.js'
import { awkward, long } from './texts.js'
import { write } from './write.js'

const page = { limit: 100 }

const deadLetterOf = (fields: Partial<DeadLetter> & Pick<DeadLetter, 'id'>): DeadLetter => ({
  scope: acme,
  seq: 1,
  type: 'member.added',
  attempts: 24,
  lastError: 'Error',
  diedAt: noon,
  ...fields,
})

async function deadLetterFixture(storage: Storage, ...events: readonly DeadLetter[]): Promise<void> {
  await write(storage, async ({ eventDelivery }) => {
    for (const event of events) await eventDelivery.insertDeadLetter(event)
  })
}

export const deadLetterCases = [
  contractCase('dead-letter-insert', 'A dead letter is kept with every field as given', async (storage) => {
    const full = deadLetterOf({
      id: '~"\'',
      scope: userAcme,
      seq: 4_000_000_000,
      type: 'user.created',
      attempts: 25,
      lastError: long + awkward,
      diedAt: 253_402_300_799_999,
    })
    await deadLetterFixture(storage, full, deadLetterOf({ id: 'plain', diedAt: 0 }))
    assert.deepEqual(await storage.read.eventDelivery.listDeadLetters({ page }), [
      full,
      deadLetterOf({ id: 'plain', diedAt: 0 }),
    ])
  }),

  contractCase('relay-find-dead', 'A dead event is found by its id', async (storage) => {
    await deadLetterFixture(storage, deadLetterOf({ id: 'one' }), deadLetterOf({ id: 'two', scope: zeta }))
    assert.deepEqual(await storage.read.eventDelivery.findDeadLetter('two'), deadLetterOf({ id: 'two', scope: zeta }))
    assert.equal(await storage.read.eventDelivery.findDeadLetter('TWO'), null)
  }),

  contractCase('relay-list-dead', 'Dead events are paged without gap or repetition', async (storage) => {
    await deadLetterFixture(storage, ...scatteredPlaces.map(({ id, at }) => deadLetterOf({ id, diedAt: at })))
    await mark({ storage, consumer: 'eventDelivery' }, acme, 1, 1)
    await assertPages(
      'newest',
      (request) => storage.read.eventDelivery.listDeadLetters({ page: request }),
      ({ diedAt, id }) => ({ at: diedAt, id }),
    )
  }),

  contractCase('relay-count-dead', 'The count of dead events is the length of their list', async (storage) => {
    assert.equal(await storage.read.eventDelivery.countDeadLetters(), 0)
    await deadLetterFixture(storage, deadLetterOf({ id: 'one' }), deadLetterOf({ id: 'two' }))
    assert.equal(await storage.read.eventDelivery.countDeadLetters(), 2)
  }),

  contractCase('relay-remove-dead', 'A dead event that is removed is gone, and no other', async (storage) => {
    await deadLetterFixture(storage, deadLetterOf({ id: 'one' }), deadLetterOf({ id: 'two' }))
    const remove = (id: string) => write(storage, ({ eventDelivery }) => eventDelivery.deleteDeadLetter(id))
    assert.deepEqual([await remove('one'), await remove('one'), await remove('unknown')], [true, false, false])
    assert.deepEqual(await storage.read.eventDelivery.listDeadLetters({ page }), [deadLetterOf({ id: 'two' })])
  }),
]
