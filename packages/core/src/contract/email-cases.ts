import assert from 'node:assert/strict'
import type { QueuedEmail } from '../model/queued-email.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { tenantFixture, usersFixture, queuedEmailOf, noon } from './fixtures/rows.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { awkward, long } from './texts.js'
import { write } from './write.js'

const page = { limit: 100 }

async function emailsFixture(storage: Storage, ...emails: readonly QueuedEmail[]): Promise<void> {
  await write(storage, async (tx) => {
    for (const mail of emails) await tx.emails.enqueue(mail)
  })
}

const claim = (storage: Storage, now: number, limit = 100, leaseUntil = now + 100) =>
  write(storage, (tx) => tx.emails.claim({ now, limit, leaseUntil }))
const claimIds = async (storage: Storage, now: number, limit?: number) =>
  (await claim(storage, now, limit)).map(({ id }) => id)
const dead = (id: string, fields: Partial<QueuedEmail> = {}) => queuedEmailOf({ id, status: 'dead', ...fields })

export const emailCases = [
  contractCase('mail-enqueue', 'A mail is kept with every field as given', async (storage) => {
    await usersFixture(storage, 'ann')
    await tenantFixture(storage, 'acme', ['ann'])
    const full = dead('~"\'', {
      tenantId: 'acme',
      kind: 'transfer_code',
      recipient: 'Jörg@Bücher.example',
      payload: long,
      attempts: 12,
      dueAt: 253_402_300_799_999,
      lastError: awkward,
      createdAt: 0,
    })
    const plain = queuedEmailOf({ id: 'plain' })
    await emailsFixture(storage, full, plain)
    assert.deepEqual(await storage.read.emails.listDeadLetters({ page }), [full])
    assert.deepEqual(await claim(storage, noon), [{ ...plain, attempts: 1, dueAt: noon + 100 }])
  }),

  contractCase(
    'mail-claim',
    'Due mails are handed out, earliest due first, with their attempts counted up',
    async (storage) => {
      const late = queuedEmailOf({ id: 'a', dueAt: noon - 1, attempts: 4, lastError: 'refused' })
      await emailsFixture(
        storage,
        queuedEmailOf({ id: 'b', dueAt: noon }),
        late,
        queuedEmailOf({ id: 'c', dueAt: noon - 2 }),
        dead('d'),
        queuedEmailOf({ id: 'e', dueAt: noon + 1 }),
      )
      assert.deepEqual(await claimIds(storage, noon - 3), [])
      const first = await claim(storage, noon, 2)
      assert.deepEqual(
        first.map(({ id, attempts, dueAt }) => [id, attempts, dueAt]),
        [
          ['c', 1, noon + 100],
          ['a', 5, noon + 100],
        ],
      )
      assert.deepEqual(first[1], { ...late, attempts: 5, dueAt: noon + 100 })
      assert.deepEqual(await claimIds(storage, noon), ['b'])
      assert.deepEqual(await claimIds(storage, noon + 1), ['e'])
    },
  ),

  contractCase('mail-claim-once', 'A mail is handed to one claimant only', async (storage) => {
    const ids = Array.from({ length: 25 }, (_, index) => `mail-${index}`)
    await emailsFixture(storage, ...ids.map((id) => queuedEmailOf({ id })))
    const claims = await Promise.all(Array.from({ length: 10 }, () => claimIds(storage, noon, 4)))
    const rest = await claimIds(storage, noon)
    assert.deepEqual([...claims.flat(), ...rest].sort(), [...ids].sort())
    assert.deepEqual(await claimIds(storage, noon + 99), [])
  }),

  contractCase('mail-claim-lease', 'A mail is handed out again when its lease ended', async (storage) => {
    await emailsFixture(storage, queuedEmailOf({ id: 'one' }), queuedEmailOf({ id: 'later', dueAt: noon + 200 }))
    assert.deepEqual(await claimIds(storage, noon), ['one'])
    assert.deepEqual(await claimIds(storage, noon + 99), [])
    const [again] = await claim(storage, noon + 100)
    assert.deepEqual([again?.id, again?.attempts, again?.dueAt], ['one', 2, noon + 200])
    assert.deepEqual((await claimIds(storage, noon + 200)).sort(), ['later', 'one'])
  }),

  contractCase('mail-remove', 'A mail that was sent is gone', async (storage) => {
    await emailsFixture(storage, queuedEmailOf({ id: 'one' }), queuedEmailOf({ id: 'two' }), dead('three'))
    const remove = (id: string) => write(storage, (tx) => tx.emails.remove(id))
    assert.deepEqual([await remove('one'), await remove('one'), await remove('unknown')], [true, false, false])
    assert.deepEqual(await claimIds(storage, noon), ['two'])
    assert.equal(await remove('three'), true)
    assert.equal(await storage.read.emails.countDeadLetters(), 0)
  }),

  contractCase('mail-fail', 'A mail that failed keeps why, and is due again or dead', async (storage) => {
    await emailsFixture(
      storage,
      queuedEmailOf({ id: 'one' }),
      queuedEmailOf({ id: 'two' }),
      queuedEmailOf({ id: 'three' }),
    )
    const claims = await claim(storage, noon)
    const fail = (id: string, dueAt: number | null) => {
      const mail = claims.find((one) => one.id === id) ?? queuedEmailOf({ id })
      return write(storage, (tx) => tx.emails.fail(mail, { error: long + awkward, dueAt }))
    }
    assert.deepEqual(
      [await fail('one', noon + 50), await fail('two', null), await fail('unknown', null)],
      [true, true, false],
    )
    assert.deepEqual(await claimIds(storage, noon + 49), [])
    const [again] = await claim(storage, noon + 50)
    assert.deepEqual(again, queuedEmailOf({ id: 'one', attempts: 2, dueAt: noon + 150, lastError: long + awkward }))
    const [gaveUp, ...others] = await storage.read.emails.listDeadLetters({ page })
    assert.deepEqual([gaveUp?.id, gaveUp?.attempts, gaveUp?.lastError, others], ['two', 1, long + awkward, []])
    assert.deepEqual((await claimIds(storage, noon + 1000)).sort(), ['one', 'three'])
  }),

  contractCase('mail-fail-guard', 'Who held a mail too long changes nothing of it', async (storage) => {
    await emailsFixture(storage, queuedEmailOf({ id: 'one' }))
    const fail = (mail: QueuedEmail | undefined, dueAt: number | null) =>
      write(storage, (tx) => tx.emails.fail(mail ?? queuedEmailOf({ id: 'none' }), { error: 'refused', dueAt }))
    const [slow] = await claim(storage, noon)
    const [second] = await claim(storage, noon + 100)
    assert.equal(await fail(slow, null), false)
    assert.equal(await fail(second, noon + 500), true)
    assert.deepEqual([await fail(slow, null), await fail(second, null)], [false, false])
    const [third] = await claim(storage, noon + 500)
    assert.deepEqual(third, queuedEmailOf({ id: 'one', attempts: 3, dueAt: noon + 600, lastError: 'refused' }))
    assert.equal(await fail(third, null), true)
    assert.equal(await fail(third, noon), false)
    await write(storage, (tx) => tx.emails.requeue({ id: 'one', now: noon + 700 }))
    const [requeued] = await claim(storage, noon + 700)
    assert.equal(requeued?.attempts, slow?.attempts)
    assert.equal(await fail(slow, null), false)
  }),

  contractCase('mail-revive', 'A dead mail is made due again, with no attempt counted', async (storage) => {
    const mail = dead('one', { attempts: 9, lastError: 'refused', dueAt: 5 })
    await emailsFixture(storage, mail, dead('two'), queuedEmailOf({ id: 'waiting', attempts: 3, dueAt: noon + 5000 }))
    const requeue = (id: string) => write(storage, (tx) => tx.emails.requeue({ id, now: noon }))
    assert.deepEqual(
      [await requeue('one'), await requeue('one'), await requeue('unknown'), await requeue('waiting')],
      [true, false, false, false],
    )
    assert.deepEqual(await claimIds(storage, noon - 1), [])
    const [requeued, ...others] = await claim(storage, noon)
    assert.deepEqual(others, [])
    assert.deepEqual([requeued?.id, requeued?.status, requeued?.attempts], ['one', 'queued', 1])
    assert.deepEqual(await storage.read.emails.listDeadLetters({ page }), [dead('two')])
    const [waiting] = (await claim(storage, noon + 5000)).filter(({ id }) => id === 'waiting')
    assert.equal(waiting?.attempts, 4)
  }),

  contractCase(
    'mail-list-dead',
    'Dead mails are paged without gap or repetition, and no others are listed',
    async (storage) => {
      await emailsFixture(
        storage,
        ...scatteredPlaces.map(({ id, at }) => dead(id, { createdAt: at })),
        queuedEmailOf({ id: 'waiting' }),
      )
      await assertPages(
        'newest',
        (request) => storage.read.emails.listDeadLetters({ page: request }),
        ({ createdAt, id }) => ({ at: createdAt, id }),
      )
    },
  ),

  contractCase('mail-count-dead', 'The count of dead mails is the length of their list', async (storage) => {
    assert.equal(await storage.read.emails.countDeadLetters(), 0)
    await emailsFixture(storage, dead('one'), queuedEmailOf({ id: 'two' }), dead('three'))
    assert.equal(await storage.read.emails.countDeadLetters(), 2)
  }),

  contractCase('mail-backlog', 'The backlog tells how many mails wait, and since when', async (storage) => {
    assert.deepEqual(await storage.read.emails.backlog(), { waiting: 0, oldestDueAt: null })
    await emailsFixture(storage, dead('dead', { dueAt: 1 }))
    assert.deepEqual(await storage.read.emails.backlog(), { waiting: 0, oldestDueAt: null })
    await emailsFixture(
      storage,
      queuedEmailOf({ id: 'b', dueAt: noon + 5 }),
      queuedEmailOf({ id: 'a', dueAt: noon + 3 }),
      queuedEmailOf({ id: 'c', dueAt: noon + 9 }),
    )
    assert.deepEqual(await storage.read.emails.backlog(), { waiting: 3, oldestDueAt: noon + 3 })
  }),
]
