import { expect, test, vi } from 'vitest'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { StorageError } from '../../../storage/storage-error.js'
import type { Storage } from '../../../storage/port.js'
import { createOutbox } from './create-outbox.js'
import type { OutboxOptions } from './create-outbox.js'
import type { EmailMessage, Mailer } from '../../pipeline/email-message.js'

const MINUTE = 60_000
const LINK = 'https://app.example/activate?token=s3cr3t-t0k3n'
const SECRET = 'a secret of at least thirty-two bytes'

type Sent = Parameters<Mailer['send']>[0]

function invitation(to: string, expiresAt = 1e12): EmailMessage<'invitation'> {
  return {
    kind: 'invitation',
    to,
    language: null,
    data: { tenantName: 'Acme', inviterName: 'Ann', role: 'Member', link: LINK, expiresAt },
  }
}

/** An outbox with a clock to turn and a mailer that fails while `failing` is set. */
function organizationMembership(storage: Storage = memoryStorage(), options: Partial<OutboxOptions> = {}) {
  const sent: Sent[] = []
  const log: string[] = []
  const state = { now: 1_000_000, failing: null as Error | null, ids: 0 }
  const note = (details: object, message: string) => void log.push(`${message} ${JSON.stringify(details)}`)
  const send: Mailer['send'] = async (message) => {
    if (state.failing) throw state.failing
    sent.push(message)
  }
  const outbox = createOutbox({
    storage,
    mailer: { send },
    secret: SECRET,
    clock: () => state.now,
    logger: { info: note, warn: note, error: note },
    ...options,
  })
  return {
    storage,
    outbox,
    sent,
    log,
    state,
    pass: (ms: number) => void (state.now += ms),
    async post(mail: EmailMessage, id = `m${++state.ids}`) {
      const queued = outbox.seal({ id, tenantId: 'acme', mail, now: state.now })
      await storage.transaction({}, (tx) => tx.emails.enqueue(queued))
      return queued
    },
    dead: () => storage.read.emails.listDeadLetters({ page: { limit: 10 } }),
    waiting: async () => (await storage.read.emails.backlog()).waiting,
  }
}

test('a posted mail is delivered once, rendered, and then gone', async () => {
  const { outbox, post, sent, waiting } = organizationMembership()
  await post(invitation('bob@example.com'))
  expect(await outbox.deliverDue()).toEqual({ sent: 1, failed: 0 })
  expect(await outbox.deliverDue()).toEqual({ sent: 0, failed: 0 })
  expect(sent).toMatchObject([{ id: 'm1', to: 'bob@example.com', subject: 'Ann invites you to Acme' }])
  expect(sent[0]?.text).toContain(LINK)
  expect(await waiting()).toBe(0)
})

test('what waits in the storage shows no token', async () => {
  const { post } = organizationMembership()
  const row = JSON.stringify(await post(invitation('bob@example.com')))
  expect(row).not.toContain('s3cr3t')
  expect(row).not.toContain(Buffer.from(LINK).toString('base64url').slice(4, -4))
})

test('more mails than fit in one batch all leave in one delivery', async () => {
  const { outbox, post, sent } = organizationMembership()
  for (let mail = 0; mail < 35; mail++) await post(invitation(`p${mail}@example.com`))
  expect(await outbox.deliverDue()).toEqual({ sent: 35, failed: 0 })
  expect(new Set(sent.map(({ to }) => to)).size).toBe(35)
})

test('two outboxes on one storage send each mail once', async () => {
  const first = organizationMembership()
  const second = organizationMembership(first.storage)
  for (let mail = 0; mail < 35; mail++) await first.post(invitation(`p${mail}@example.com`))
  await Promise.all([first.outbox.deliverDue(), second.outbox.deliverDue()])
  expect([...first.sent, ...second.sent].map(({ id }) => id).sort()).toHaveLength(35)
  expect(new Set([...first.sent, ...second.sent].map(({ id }) => id)).size).toBe(35)
})

test('a mail that a process claimed before it crashed is sent when the lease has run out, and not before', async () => {
  const { storage, outbox, post, sent, pass, state } = organizationMembership()
  await post(invitation('bob@example.com'))
  const lease = { now: state.now, limit: 10, leaseUntil: state.now + 5 * MINUTE }
  expect(await storage.transaction({}, (tx) => tx.emails.claim(lease))).toHaveLength(1)
  pass(5 * MINUTE - 1)
  expect(await outbox.deliverDue()).toEqual({ sent: 0, failed: 0 })
  pass(1)
  expect(await outbox.deliverDue()).toEqual({ sent: 1, failed: 0 })
  expect(sent).toHaveLength(1)
})

test('a mail that was sent by a process that crashed before noting it is sent again under the same id', async () => {
  const storage = memoryStorage()
  const lost = () => Promise.reject(new StorageError('unavailable', 'the connection is gone'))
  const crashing: Storage = {
    ...storage,
    transaction: (locks, work) =>
      storage.transaction(locks, (tx) => work({ ...tx, emails: { ...tx.emails, remove: lost, fail: lost } })),
  }
  const first = organizationMembership(crashing)
  await first.post(invitation('bob@example.com'))
  await expect(first.outbox.deliverDue()).rejects.toMatchObject({ code: 'storage_unavailable' })

  const second = organizationMembership(storage)
  expect(await second.outbox.deliverDue()).toEqual({ sent: 0, failed: 0 })
  second.pass(10 * MINUTE)
  expect(await second.outbox.deliverDue()).toEqual({ sent: 1, failed: 0 })
  expect([...first.sent, ...second.sent].map(({ id }) => id)).toEqual(['m1', 'm1'])
})

test('a failed mail waits longer each time and is sent once the mailer works again', async () => {
  const { outbox, post, sent, pass, state } = organizationMembership()
  await post(invitation('bob@example.com'))
  state.failing = new Error('down')
  for (const longest of [5_000, 10_000, 20_000, 40_000]) {
    expect(await outbox.deliverDue()).toEqual({ sent: 0, failed: 1 })
    pass(longest / 2 - 1)
    expect(await outbox.deliverDue()).toEqual({ sent: 0, failed: 0 })
    pass(longest / 2 + 1)
  }
  state.failing = null
  expect(await outbox.deliverDue()).toEqual({ sent: 1, failed: 0 })
  expect(sent).toHaveLength(1)
})

test('an email becomes a dead letter after its last attempt, with the error but without its content', async () => {
  const { outbox, post, dead, pass, state, log } = organizationMembership(undefined, { attempts: 3 })
  await post(invitation('bob@example.com'))
  state.failing = Object.assign(new Error(`refused: ${LINK}`), { code: 'EAUTH' })
  for (let attempt = 0; attempt < 5; attempt++) {
    await outbox.deliverDue()
    pass(60 * MINUTE)
  }
  expect(await dead()).toMatchObject([{ id: 'm1', attempts: 3, lastError: 'Error EAUTH' }])
  expect(log).toHaveLength(3)
  expect(log.at(-1)).toContain('gave up')
  expect(log.join()).not.toMatch(/s3cr3t|bob@/)
})

test('a failing mail holds up no other', async () => {
  const { outbox, post, sent } = organizationMembership(undefined, {
    messages: {
      welcome: () => {
        throw new Error('a message of the host that fails')
      },
    },
  })
  await post({ kind: 'welcome', to: 'eve@example.com', language: null, data: { tenantName: 'Acme', name: null } })
  await post(invitation('bob@example.com'))
  expect(await outbox.deliverDue()).toEqual({ sent: 1, failed: 1 })
  expect(sent.map(({ to }) => to)).toEqual(['bob@example.com'])
})

test('a mail that ends every process that takes it is given up without another try', async () => {
  const { storage, outbox, post, sent, dead, pass, state } = organizationMembership(undefined, { attempts: 2 })
  await post(invitation('bob@example.com'))
  for (let crash = 0; crash < 2; crash++) {
    await storage.transaction({}, (tx) => tx.emails.claim({ now: state.now, limit: 1, leaseUntil: state.now + MINUTE }))
    pass(MINUTE)
  }
  expect(await outbox.deliverDue()).toEqual({ sent: 0, failed: 1 })
  expect(sent).toEqual([])
  expect(await dead()).toMatchObject([{ lastError: 'No attempt ever came to an end' }])
})

test.each(['gives up', 'would try again'])(
  'who is slower than its lease and %s leaves the mail to whoever took it over',
  async (meaning) => {
    const storage = memoryStorage()
    let fail: (error: Error) => void = () => {}
    const stuck = { send: () => new Promise<void>((_, reject) => (fail = reject)) }
    const attempts = meaning === 'gives up' ? [1, 24] : [24, 2]
    const slow = organizationMembership(storage, { mailer: stuck, attempts: attempts[0] ?? 0 })
    const second = organizationMembership(storage, { attempts: attempts[1] ?? 0 })
    await slow.post(invitation('bob@example.com'))
    const late = slow.outbox.deliverDue()
    second.pass(10 * MINUTE)
    second.state.failing = Object.assign(new Error('down'), { code: 'ESECOND' })
    await vi.waitUntil(() => second.outbox.deliverDue().then(({ failed }) => failed === 1))
    const before = [await second.dead(), await storage.read.emails.backlog()]
    fail(Object.assign(new Error('down'), { code: 'ESLOW' }))
    expect(await late).toEqual({ sent: 0, failed: 1 })
    expect([await second.dead(), await storage.read.emails.backlog()]).toEqual(before)
    expect(await second.dead()).toHaveLength(meaning === 'gives up' ? 0 : 1)
  },
)

test('an email encrypted with another key becomes a dead letter immediately', async () => {
  const { storage, post } = organizationMembership()
  await post(invitation('bob@example.com'))
  const restarted = organizationMembership(storage, { secret: 'the secret after a careless restart' })
  expect(await restarted.outbox.deliverDue()).toEqual({ sent: 0, failed: 1 })
  const [mail] = await restarted.dead()
  expect(mail?.lastError).toBe('The content cannot be opened: it was sealed with another secret, or changed since')
})

test('a payload moved to another mail is not sent', async () => {
  const { storage, outbox, post, sent, dead } = organizationMembership()
  const { payload } = await post(invitation('bob@example.com'))
  const stolen = {
    ...outbox.seal({ id: 'm9', tenantId: 'evil', mail: invitation('eve@example.com'), now: 0 }),
    payload,
  }
  await storage.transaction({}, (tx) => tx.emails.enqueue(stolen))
  expect(await outbox.deliverDue()).toEqual({ sent: 1, failed: 1 })
  expect(sent.map(({ to }) => to)).toEqual(['bob@example.com'])
  expect(await dead()).toMatchObject([{ id: 'm9' }])
})

test('an offer that expired before it could be sent is not sent', async () => {
  const { outbox, post, sent, dead, state, pass } = organizationMembership()
  await post(invitation('bob@example.com', state.now + MINUTE))
  pass(MINUTE)
  expect(await outbox.deliverDue()).toEqual({ sent: 0, failed: 1 })
  expect(sent).toEqual([])
  expect(await dead()).toMatchObject([{ lastError: 'What it offers expired before it could be sent' }])
})

test('waking delivers in the background, however often it is done', async () => {
  const { outbox, post, sent } = organizationMembership()
  await post(invitation('bob@example.com'))
  for (let call = 0; call < 100; call++) outbox.wake()
  await vi.waitFor(() => expect(sent).toHaveLength(1))
})

test('a started outbox finds by itself what is due, until it is stopped', async () => {
  const { outbox, post, sent } = organizationMembership(undefined, { pollMs: 1 })
  outbox.start()
  await post(invitation('bob@example.com'))
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  await outbox.stop()
  await post(invitation('eve@example.com'))
  outbox.wake()
  await outbox.stop()
  expect(sent).toHaveLength(1)
  outbox.start()
  await vi.waitFor(() => expect(sent).toHaveLength(2))
  await outbox.stop()
})

test('stopping waits for the mails under way and takes no more', async () => {
  const underWay: (() => void)[] = []
  const send = () => new Promise<void>((resolve) => void underWay.push(resolve))
  const { outbox, post, waiting } = organizationMembership(undefined, { mailer: { send } })
  for (let mail = 0; mail < 15; mail++) await post(invitation(`p${mail}@example.com`))
  outbox.wake()
  await vi.waitFor(() => expect(underWay).toHaveLength(10))
  let stopped = false
  const stopping = outbox.stop().then(() => (stopped = true))
  await new Promise(setImmediate)
  expect(stopped).toBe(false)
  for (const finish of underWay) finish()
  await stopping
  expect(await waiting()).toBe(5)
})

test('a storage that cannot be reached in the background is logged and nothing more', async () => {
  const storage = memoryStorage()
  const gone: Storage = { ...storage, transaction: () => Promise.reject(new StorageError('unavailable', 'gone')) }
  const { outbox, log } = organizationMembership(gone)
  outbox.wake()
  await vi.waitFor(() => expect(log.join()).toContain('could not reach the storage'))
})

test('counters that expired are swept with deliveries', async () => {
  const { storage, outbox, state, pass } = organizationMembership()
  await storage.transaction({}, (tx) =>
    tx.counters.add({ key: 'old', points: 1, now: state.now, expiresAt: state.now + MINUTE }),
  )
  pass(MINUTE)
  await outbox.deliverDue()
  expect(await storage.transaction({}, (tx) => tx.counters.sweep(state.now))).toBe(0)
})

test('a short secret is refused at the start', () => {
  expect(() => organizationMembership(undefined, { secret: 'too short' })).toThrow(TypeError)
})
