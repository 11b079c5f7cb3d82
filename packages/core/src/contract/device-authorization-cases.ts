import assert from 'node:assert/strict'
import type { DeviceAuthorization } from '../model/device-authorization.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { deviceOf } from './fixtures/tokens.js'
import { usersFixture, noon } from './fixtures/rows.js'
import { awkward } from './texts.js'
import { refuses, write } from './write.js'

const one = deviceOf({ id: 'one' })
const two = deviceOf({ id: 'two' })
const later = noon + 999

const hashesOf = (id: string) => ({ deviceCodeHash: `device ${id}`, userCodeHash: `user ${id}` })

async function devicesFixture(storage: Storage, ...devices: readonly DeviceAuthorization[]): Promise<void> {
  await usersFixture(storage, 'ann', 'bob')
  await write(storage, async (tx) => {
    for (const device of devices) await tx.deviceAuthorizations.insert(device, hashesOf(device.id))
  })
}

const find = (storage: Storage, id: string) => storage.read.deviceAuthorizations.findByDeviceCode(`device ${id}`)

const resolve = (
  storage: Storage,
  change: { id: string; status?: 'approved' | 'denied'; userId?: string; now?: number },
) =>
  write(storage, (tx) => tx.deviceAuthorizations.resolve({ status: 'approved', userId: 'ann', now: later, ...change }))

const redeem = (storage: Storage, id: string, now = later) =>
  write(storage, (tx) => tx.deviceAuthorizations.redeem({ id, now }))

export const deviceAuthorizationCases = [
  contractCase('device-find', "A device's request is found by the hash of the device's code", async (storage) => {
    await devicesFixture(storage, one, { ...two, status: 'denied', userId: 'bob' })
    assert.deepEqual(await find(storage, 'one'), one)
    assert.equal((await find(storage, 'two'))?.status, 'denied')
    for (const hash of ['user one', 'device', 'DEVICE ONE', '%', '', 'one']) {
      assert.equal(await storage.read.deviceAuthorizations.findByDeviceCode(hash), null)
    }
  }),

  contractCase(
    'device-find-user-code',
    "A device's request is found by the hash of the user's code",
    async (storage) => {
      await devicesFixture(storage, one, { ...two, status: 'redeemed', userId: 'bob' })
      const byUserCode = (hash: string) => storage.read.deviceAuthorizations.findByUserCode(hash)
      assert.deepEqual(await byUserCode('user one'), one)
      assert.equal((await byUserCode('user two'))?.id, 'two')
      for (const hash of ['device one', 'user', 'USER ONE', '%', '', 'one']) assert.equal(await byUserCode(hash), null)
    },
  ),

  contractCase('device-insert', "A device's request is kept with every field as given", async (storage) => {
    const full: DeviceAuthorization = {
      id: '~"\'',
      clientId: "cli'",
      label: awkward,
      status: 'approved',
      userId: 'ann',
      network: '2001:db8:7::/64',
      createdAt: 0,
      expiresAt: 253_402_300_799_999,
    }
    await devicesFixture(storage, full, one)
    assert.deepEqual(await find(storage, full.id), full)
  }),

  contractCase('device-insert-twice', 'A code that another request has is refused', async (storage) => {
    await devicesFixture(storage, one)
    for (const hashes of [
      { ...hashesOf('one'), userCodeHash: 'free' },
      { ...hashesOf('one'), deviceCodeHash: 'free' },
    ]) {
      await refuses(storage, 'device_authorization.code', (tx) => tx.deviceAuthorizations.insert(two, hashes))
    }
    assert.deepEqual(await find(storage, 'one'), one)
  }),

  contractCase('device-settle', "A user's word is kept, on this request only", async (storage) => {
    await devicesFixture(storage, one, two)
    assert.equal(await resolve(storage, { id: 'one' }), true)
    assert.deepEqual(await find(storage, 'one'), { ...one, status: 'approved', userId: 'ann' })
    assert.deepEqual(await find(storage, 'two'), two)
    assert.equal(await resolve(storage, { id: 'two', status: 'denied', userId: 'bob' }), true)
    assert.deepEqual(await find(storage, 'two'), { ...two, status: 'denied', userId: 'bob' })
  }),

  contractCase(
    'device-settle-once',
    'Only the first word counts, and none after the request expired',
    async (storage) => {
      await devicesFixture(storage, one, two)
      assert.equal(await resolve(storage, { id: 'two', now: two.expiresAt }), false)
      assert.equal(await resolve(storage, { id: 'unknown' }), false)
      assert.deepEqual(await find(storage, 'two'), two)
      const words = Array.from({ length: 8 }, (_, at) =>
        resolve(storage, { id: 'one', status: at % 2 ? 'approved' : 'denied', userId: at % 2 ? 'ann' : 'bob' }),
      )
      assert.equal((await Promise.all(words)).filter(Boolean).length, 1)
      const resolved = await find(storage, 'one')
      assert.equal(resolved?.userId, resolved?.status === 'approved' ? 'ann' : 'bob')
      assert.equal(await resolve(storage, { id: 'one' }), false)
      assert.deepEqual(await find(storage, 'one'), resolved)
    },
  ),

  contractCase('device-redeem', 'An approved request is redeemed once, and no other is', async (storage) => {
    const approved = { status: 'approved', userId: 'ann' } as const
    await devicesFixture(
      storage,
      { ...one, ...approved },
      two,
      deviceOf({ id: 'three', status: 'denied', userId: 'ann' }),
    )
    for (const id of ['two', 'three', 'unknown']) assert.equal(await redeem(storage, id), false)
    assert.equal(await redeem(storage, 'one', one.expiresAt), false)
    const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(storage, 'one')))
    assert.equal(answers.filter(Boolean).length, 1)
    assert.deepEqual(await find(storage, 'one'), { ...one, status: 'redeemed', userId: 'ann' })
    assert.deepEqual(await find(storage, 'two'), two)
  }),

  contractCase('device-deny-all', "What one user approved is denied at once, and no other's", async (storage) => {
    const ofUser = (id: string, status: DeviceAuthorization['status'], userId: string) => ({ id, status, userId })
    await devicesFixture(
      storage,
      one,
      deviceOf(ofUser('approved', 'approved', 'ann')),
      deviceOf(ofUser('redeemed', 'redeemed', 'ann')),
      deviceOf(ofUser('bobs', 'approved', 'bob')),
    )
    assert.equal(await write(storage, (tx) => tx.deviceAuthorizations.denyApprovedBy('ann')), 1)
    assert.equal(await write(storage, (tx) => tx.deviceAuthorizations.denyApprovedBy('ann')), 0)
    const statuses = ['one', 'approved', 'redeemed', 'bobs'].map(async (id) => (await find(storage, id))?.status)
    assert.deepEqual(await Promise.all(statuses), ['pending', 'denied', 'redeemed', 'approved'])
  }),

  contractCase('device-sweep', 'Sweeping removes the requests that expired', async (storage) => {
    await devicesFixture(storage, one, { ...two, expiresAt: noon + 5 }, deviceOf({ id: 'old', expiresAt: noon - 1 }))
    const sweep = (now: number) => write(storage, (tx) => tx.deviceAuthorizations.sweep(now))
    assert.equal(await sweep(noon + 5), 2)
    assert.equal(await sweep(noon + 5), 0)
    assert.deepEqual([await find(storage, 'two'), await find(storage, 'old')], [null, null])
    assert.deepEqual(await find(storage, 'one'), one)
  }),
]
