import { expect, test } from 'vitest'
import type { Tenant } from '../../../model/tenant.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { SYSTEM } from '../../pipeline/actor.js'
import type { Limits } from '../../pipeline/limits.js'
import { consumeEmailLimits } from './consume-email-limits.js'
import { consumeTransferEmail } from './transfer-limits.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

function tenant(id: string, plan = 'basic'): Tenant {
  const kind = { type: 'group', joinPolicy: 'closed', description: null } as const
  return {
    id,
    name: id,
    slug: null,
    ...kind,
    plan,
    status: 'active',
    settings: {},
    ownerId: 'ann',
    createdAt: 0,
    deletedAt: null,
    organizationId: null,
  }
}

const acme = tenant('acme')
const hooli = tenant('hooli', 'free')

function emails(limits: Limits) {
  const storage = memoryStorage()
  let now = 1_000_000
  return {
    pass: (ms: number) => void (now += ms),
    send: ({ ip, ...cause }: { tenant?: Tenant; recipient?: string; ip?: string }, then = async () => {}) =>
      storage.transaction({}, async (tx) => {
        const actor = { ...SYSTEM, ip }
        await consumeEmailLimits({ context: { limits }, actor, tx, now }, { tenant: acme, recipient: 'bob', ...cause })
        await then()
      }),
    sendCode: (ownerId: string, ip?: string) =>
      storage.transaction({}, (tx) =>
        consumeTransferEmail({ context: { limits }, actor: { ...SYSTEM, ip }, tx, now, tenant: acme }, { ownerId }),
      ),
  }
}

const exceeded = (per: string) => ({ code: 'email_limit_exceeded', details: { per } })

test('a mailbox receives 20 emails per hour and tenant by default', async () => {
  const { send, pass } = emails({})
  for (let mail = 0; mail < 20; mail++) await send({ tenant: hooli })
  await expect(send({ tenant: hooli })).rejects.toMatchObject({
    ...exceeded('recipient'),
    details: { retryAfterMs: HOUR },
  })
  await send({ tenant: hooli, recipient: 'eve' })
  await send({ tenant: acme })
  pass(HOUR)
  await send({ tenant: hooli })
})

test('one mailbox gets 100 mails an hour from all tenants, or five times what the host lets one send, or as it says', async () => {
  for (const [limits, most] of [
    [{}, 100],
    [{ emailsPerRecipient: 3 }, 15],
    [{ emailsPerRecipient: 3, emailsPerMailbox: 7 }, 7],
    [{ emailsPerRecipient: 40, emailsPerMailbox: 30 }, 30],
  ] as const) {
    const { send } = emails(limits)
    const each = (n: number) =>
      send({ tenant: tenant(`t${n}`) }).then(
        () => true,
        () => false,
      )
    const sent = await Promise.all(Array.from({ length: 150 }, (_, n) => each(n)))
    expect(sent.filter(Boolean)).toHaveLength(most)
  }
})

test('addresses that differ by a plus tag are one mailbox, and no other is', async () => {
  const { send } = emails({ emailsPerRecipient: 2 })
  for (const tag of ['', '+1']) await send({ recipient: `ann${tag}@example.com` })
  for (const tag of ['', '+2', '+3+4', '+']) {
    const recipient = `ann${tag}@example.com`
    await expect(send({ recipient })).rejects.toMatchObject(exceeded('recipient'))
  }
  for (const recipient of ['anna@example.com', 'ann@example.org', '+ann@example.com']) await send({ recipient })
})

test('Infinity lifts the limit per recipient', async () => {
  const { send } = emails({ emailsPerRecipient: Infinity })
  for (let mail = 0; mail < 50; mail++) await send({})
})

test('0 allows none', async () => {
  await expect(emails({ emailsPerRecipient: 0 }).send({})).rejects.toMatchObject(exceeded('recipient'))
  await expect(emails({ emailsPerTenant: 0 }).send({})).rejects.toMatchObject(exceeded('tenant'))
  await expect(emails({ emailsPerIp: 0 }).send({ ip: '192.0.2.1' })).rejects.toMatchObject(exceeded('ip'))
})

test('a tenant is held to its plan', async () => {
  const { send, pass } = emails({ emailsPerTenant: ({ plan }) => (plan === 'free' ? 2 : undefined) })
  for (const recipient of ['a', 'b']) await send({ tenant: hooli, recipient })
  await expect(send({ tenant: hooli, recipient: 'c' })).rejects.toMatchObject(exceeded('tenant'))
  for (const recipient of ['a', 'b', 'c', 'd']) await send({ tenant: acme, recipient })
  pass(HOUR)
  await send({ tenant: hooli, recipient: 'c' })
})

test('a network address is held to its mails a minute; no address is not limited', async () => {
  const { send, pass } = emails({ emailsPerIp: 1 })
  await send({ ip: '192.0.2.1', recipient: 'a' })
  await expect(send({ ip: '192.0.2.1', recipient: 'b' })).rejects.toMatchObject(exceeded('ip'))
  await send({ ip: '192.0.2.2', recipient: 'c' })
  for (const recipient of ['d', 'e']) await send({ recipient })
  pass(MINUTE)
  await send({ ip: '192.0.2.1', recipient: 'f' })
})

test('a command that fails afterwards counts nothing', async () => {
  const { send } = emails({ emailsPerRecipient: 1 })
  const fail = () => Promise.reject(new Error('seats are full'))
  for (let attempt = 0; attempt < 3; attempt++) await expect(send({}, fail)).rejects.toThrow('seats are full')
  await send({})
  await expect(send({})).rejects.toMatchObject(exceeded('recipient'))
})

test('a refused mail takes no point of the other limits', async () => {
  const { send } = emails({ emailsPerTenant: 2, emailsPerRecipient: 1 })
  await send({ recipient: 'a' })
  for (let attempt = 0; attempt < 3; attempt++) {
    await expect(send({ recipient: 'a' })).rejects.toMatchObject(exceeded('recipient'))
  }
  await send({ recipient: 'b' })
  await expect(send({ recipient: 'c' })).rejects.toMatchObject(exceeded('tenant'))
})

test('a mail with a transfer code leaves once a minute per owner and 50 times a minute per network address', async () => {
  const { sendCode, pass } = emails({})
  for (let owner = 0; owner < 50; owner++) await sendCode(`owner${owner}`, '192.0.2.1')
  await expect(sendCode('owner50', '192.0.2.1')).rejects.toMatchObject(exceeded('ip'))
  await expect(sendCode('owner0', '192.0.2.2')).rejects.toMatchObject(exceeded('owner'))
  pass(MINUTE)
  await sendCode('owner0', '192.0.2.1')
})

test('others who fill the mailbox of an owner do not keep the owner from handing over', async () => {
  const { send, sendCode } = emails({ emailsPerRecipient: 1 })
  await send({ recipient: 'ann' })
  await sendCode('ann')
})
