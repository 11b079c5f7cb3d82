import { expect, test } from 'vitest'
import { createTenancy } from '../../../create-tenancy.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { GUEST, SYSTEM } from '../../pipeline/actor.js'
import { createOutbox } from '../../workers/emails/create-outbox.js'
import type { Mailer } from '../../pipeline/email-message.js'

const SECRET = 'a secret of at least thirty-two bytes'

/** An installation with an operator and some mails that gave up because the mailer was down. */
async function installation({ dead }: { readonly dead: number }) {
  const storage = memoryStorage()
  const sent: string[] = []
  let [now, works] = [1_000_000, false]
  const mailer: Mailer = {
    async send({ id }) {
      if (!works) throw Object.assign(new Error('down'), { code: 'ECONNREFUSED' })
      sent.push(id)
    },
  }
  const clock = () => now
  const tenancy = createTenancy({
    storage,
    mailer,
    emailEncryptionKey: SECRET,
    clock,
    invitationLink: (token) => `https://app.example.com/${token}`,
  })
  const operator = await tenancy.as(SYSTEM).users.create({ email: 'op@example.com', superuser: true })
  const ann = await tenancy.as(SYSTEM).users.create({ email: 'ann@example.com' })
  const impatient = createOutbox({ storage, mailer, secret: SECRET, clock, attempts: 1 })
  for (let mail = 1; mail <= dead; mail++) {
    const data = { tenantName: 'Acme', name: null }
    const welcome = { kind: 'welcome', to: 'bob@example.com', language: null, data } as const
    const queued = impatient.seal({ id: `m${mail}`, tenantId: 'acme', mail: welcome, now: now + mail })
    await storage.transaction({}, (tx) => tx.emails.enqueue(queued))
  }
  now += dead
  await impatient.deliverDue()
  works = true
  return { tenancy, storage, sent, operator: tenancy.as({ userId: operator.id }), ann: tenancy.as({ userId: ann.id }) }
}

test('an operator sees which mails gave up and why, newest first, without their content', async () => {
  const { operator } = await installation({ dead: 3 })
  const first = await operator.emails.listDeadLetters({ limit: 2 })
  const rest = await operator.emails.listDeadLetters({ limit: 2, cursor: first.nextCursor ?? '' })
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(['m3', 'm2', 'm1'])
  expect(first.items[0]).toEqual({
    id: 'm3',
    tenantId: 'acme',
    kind: 'welcome',
    recipient: 'bob@example.com',
    attempts: 1,
    lastError: 'Error ECONNREFUSED',
    createdAt: 1_000_003,
  })
  expect(await operator.emails.listDeadLetters({ page: 1 })).toMatchObject({ total: 3 })
})

test('an operator sees how many mails wait and how many gave up', async () => {
  const { operator } = await installation({ dead: 2 })
  expect(await operator.emails.backlog()).toEqual({ waiting: 0, oldestDueAt: null, dead: 2 })
})

test('a dead mail that is retried is sent, and the operator is on record', async () => {
  const { tenancy, storage, operator, sent } = await installation({ dead: 2 })
  await operator.emails.retry({ emailId: 'm1' })
  await tenancy.flushEmails()
  expect(sent).toEqual(['m1'])
  expect(await operator.emails.backlog()).toMatchObject({ dead: 1 })
  const me = await operator.users.me()
  const events = await storage.read.events.list({ scope: { userId: me.id }, order: 'newest', limit: 10 })
  expect(events.filter(({ type }) => type === 'email.retried')).toMatchObject([
    { actorId: me.id, target: { type: 'email', id: 'm1' } },
  ])
})

test('the host itself may retry a dead mail', async () => {
  const { tenancy, sent } = await installation({ dead: 1 })
  await tenancy.as(SYSTEM).emails.retry({ emailId: 'm1' })
  await tenancy.flushEmails()
  expect(sent).toEqual(['m1'])
})

test('a mail that is not dead, or that does not exist, cannot be retried', async () => {
  const { operator } = await installation({ dead: 1 })
  await expect(operator.emails.retry({ emailId: 'm9' })).rejects.toMatchObject({ code: 'email_not_found' })
  await operator.emails.retry({ emailId: 'm1' })
  await expect(operator.emails.retry({ emailId: 'm1' })).rejects.toMatchObject({ code: 'email_not_found' })
})

test('nobody but operators sees or retries mails', async () => {
  const { tenancy, ann, operator } = await installation({ dead: 1 })
  for (const [who, code] of [
    [ann, 'forbidden'],
    [tenancy.as(GUEST), 'unauthenticated'],
  ] as const) {
    await expect(who.emails.listDeadLetters({})).rejects.toMatchObject({ code })
    await expect(who.emails.backlog()).rejects.toMatchObject({ code })
    await expect(who.emails.retry({ emailId: 'm1' })).rejects.toMatchObject({ code })
  }
  expect(await operator.emails.backlog()).toMatchObject({ dead: 1 })
})
