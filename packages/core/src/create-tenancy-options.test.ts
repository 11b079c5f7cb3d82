import { describe, expect, it } from 'vitest'
import { createTenancy, memoryStorage, SYSTEM } from './index.js'

const create = (options: object) => createTenancy({ storage: memoryStorage(), ...options })

describe('a configuration that is wrong fails at the start', () => {
  it.each([
    [{ resources: { invoice: [] } }, 'resources: "invoice"'],
    [{ roles: { boss: { rank: 60, name: 'Boss', permissions: [] } } }, 'roles: "boss"'],
    [{ lifetimes: { invitation: NaN } }, 'lifetimes: "invitation"'],
    [{ lifetimes: { invitation: '72h' } }, 'lifetimes: "invitation"'],
    [{ lifetimes: { accessToken: -1 } }, 'lifetimes: "accessToken"'],
    [{ lifetimes: { ownershipTransfer: undefined } }, 'lifetimes: "ownershipTransfer"'],
    [{ lifetimes: { invite: 1 } }, 'lifetimes: there is no option "invite"'],
    [{ mailer: { send: async () => {} } }, 'secret'],
    [{ mailer: { send: async () => {} }, secret: 'short' }, 'secret'],
  ])('%j', (options, message) => {
    expect(() => create(options)).toThrow(TypeError)
    expect(() => create(options)).toThrow(message)
  })
})

describe('without a mailer', () => {
  it('invitations are delivered by the host, and a transfer, which is confirmed by mail, is a mistake of the program', async () => {
    const tenancy = create({})
    await tenancy.as(SYSTEM).users.create({ id: 'ann', email: 'ann@example.com', emailVerified: true })
    const ann = tenancy.as({ userId: 'ann' })
    const { id } = await ann.tenants.create({ name: 'Acme' })
    expect((await ann.in(id).members.invite({ email: 'bob@example.com', role: 'member' })).link).toMatch(/token=.{43}$/)
    await expect(ann.in(id).ownership.start()).rejects.toThrow(TypeError)
    expect(await tenancy.flushEmails()).toEqual({ sent: 0, failed: 0 })
    await tenancy.close()
  })
})

describe('two tenancies in one process', () => {
  it('share nothing', async () => {
    const [one, other] = [create({ resources: { invoice: ['read'] } }), create({})]
    await one.as(SYSTEM).users.create({ id: 'ann', email: 'ann@example.com' })
    expect((await other.as(SYSTEM).users.list()).items).toEqual([])
    expect(other.policy.bits.has('invoice:read')).toBe(false)
  })
})
