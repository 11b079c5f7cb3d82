import { AsyncLocalStorage } from 'node:async_hooks'
import { createTenancy, GUEST, SYSTEM, type Storage, type Tenancy } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'

const database = useTestDatabase()
const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** How far the clock is ahead of the machine on which something runs. */
const ahead = new AsyncLocalStorage<number>()
const trueNow = Date.now

interface Machine {
  readonly storage: Storage
  on<Result>(call: () => Promise<Result>): Promise<Result>
}

const machines: Machine[] = []
let schema: string

beforeEach(async () => {
  schema = database.newSchema()
  vi.spyOn(Date, 'now').mockImplementation(() => trueNow() + (ahead.getStore() ?? 0))
  const storage = postgresStorage({ connectionString: database.url, schema })
  await storage.migrate()
  await storage.close()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(machines.splice(0).map(({ storage }) => storage.close()))
})

/** A machine whose clock is ahead by so much, and a storage there. */
function machine(aheadBy: number): Machine {
  const storage = postgresStorage({ connectionString: database.url, schema })
  const made: Machine = { storage, on: (call) => ahead.run(aheadBy, call) }
  machines.push(made)
  return made
}

describe('the time of the database', () => {
  test.each([HOUR, -HOUR, MINUTE, -MINUTE])(
    'is known after a statement, on a machine that is %d ms ahead',
    async (by) => {
      const { storage, on } = machine(by)
      await on(async () => {
        expect(Math.abs(storage.now() - Date.now())).toBeLessThan(MINUTE / 2)
        await storage.read.users.find('ann')
        expect(Math.abs(storage.now() - Date.now() + by)).toBeLessThan(MINUTE / 2)
      })
    },
  )

  test('is the own one on a machine that agrees with it', async () => {
    const { storage, on } = machine(0)
    await on(() => storage.read.users.find('ann'))
    vi.spyOn(Date, 'now').mockReturnValue(12345)
    expect(storage.now()).toBe(12345)
  })

  test.each(['read', 'transaction'] as const)(
    'is read again before a %s after the clock of the process was set',
    async (use) => {
      const { storage } = machine(0)
      const statement = () =>
        use === 'read' ? storage.read.users.find('ann') : storage.transaction({}, (tx) => tx.users.find('ann'))
      for (const by of [HOUR, 0, -HOUR]) {
        await ahead.run(by, async () => {
          await statement()
          expect(Math.abs(storage.now() - trueNow())).toBeLessThan(MINUTE / 2)
        })
      }
    },
  )
})

describe.each([HOUR, -HOUR])('two machines, of which one is %d ms ahead', (by) => {
  interface Host extends Machine {
    readonly tenancy: Tenancy
    readonly delivered: string[]
    readonly emails: string[]
  }
  let right: Host
  let wrong: Host
  /** What deliveries and mails wait for. */
  let goOn: Promise<void>
  let letGo: () => void

  beforeEach(async () => {
    goOn = new Promise((resolve) => (letGo = resolve))
    right = await host(0)
    wrong = await host(by)
    await right.tenancy.as(SYSTEM).users.create({ id: 'ann', email: 'ann@example.com', emailVerified: true })
  })

  async function host(aheadBy: number): Promise<Host> {
    const made = machine(aheadBy)
    const delivered: string[] = []
    const emails: string[] = []
    const tenancy = createTenancy({
      storage: made.storage,
      onEvent: async ({ id }) => (delivered.push(id), await goOn),
      mailer: { send: async ({ to }) => (emails.push(to), await goOn) },
      emailEncryptionKey: 'a secret of at least thirty-two bytes',
      invitationLink: (token) => `https://example.com/${token}`,
      limits: { requestsPerUser: 2 },
    })
    return { ...made, tenancy, delivered, emails }
  }

  const both = () => [[right, wrong] as const, [wrong, right] as const]

  test('leave an event and a mail to the one that has taken them', async () => {
    for (const [one, other] of both()) {
      const ann = one.tenancy.as({ userId: 'ann' })
      const { id } = await one.on(() => ann.tenants.create({ name: 'Acme' }))
      const invite = { email: `bob-${id}@example.com`, role: 'member' } as const
      const delivering = one.on(() => one.tenancy.flushEvents())
      await expect.poll(() => one.delivered.length).toBeGreaterThan(0)
      await one.on(() => ann.in(id).members.invite(invite))
      await expect.poll(() => one.emails.length).toBe(1)
      expect(await other.on(() => other.tenancy.flushEvents())).toEqual({ delivered: 0, failed: 0 })
      expect(await other.on(() => other.tenancy.flushEmails())).toEqual({ sent: 0, failed: 0 })
      letGo()
      await delivering
      await one.on(() => one.tenancy.flushEmails())
      expect(other.delivered).toEqual([])
      expect(other.emails).toEqual([])
      goOn = new Promise((resolve) => (letGo = resolve))
      one.delivered.length = one.emails.length = 0
    }
  })

  test('hand over each other’s events at once', async () => {
    letGo()
    for (const [one, other] of both()) {
      await one.on(() => one.tenancy.as({ userId: 'ann' }).tenants.create({ name: 'Acme' }))
      expect((await other.on(() => other.tenancy.flushEvents())).delivered).toBeGreaterThan(0)
    }
  })

  test('count one limit, over one window', async () => {
    const refusals: unknown[] = []
    for (const { on, tenancy } of [right, wrong, right, wrong])
      await on(() => tenancy.consumeRateLimit({ user: { id: 'ann' } }).catch((error: unknown) => refusals.push(error)))
    expect(refusals).toMatchObject([{ code: 'rate_limited' }, { code: 'rate_limited' }])
    for (const { details } of refusals as { details: { retryAfterMs: number } }[]) {
      expect(details.retryAfterMs).toBeGreaterThan(0)
      expect(details.retryAfterMs).toBeLessThanOrEqual(MINUTE)
    }
  })

  test('let a device in that began on one and asks on the other', async () => {
    for (const [one, other] of both()) {
      const device = { clientId: 'cli', deviceLabel: 'laptop' }
      const { deviceCode, userCode } = await one.on(() => one.tenancy.as(GUEST).devices.start(device))
      await other.on(() => other.tenancy.as({ userId: 'ann' }).devices.approve({ userCode }))
      const exchange = { deviceCode, clientId: 'cli' }
      expect(await other.on(() => other.tenancy.as(GUEST).devices.exchange(exchange))).toMatchObject({
        user: { id: 'ann' },
      })
    }
  })
})
