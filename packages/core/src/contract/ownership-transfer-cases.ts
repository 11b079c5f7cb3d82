import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { twoTenantsFixture, noon, transferOf } from './fixtures/rows.js'
import { write } from './write.js'

const acmes = transferOf({ tenantId: 'acme', ownerId: 'ann' })
const zetas = transferOf({ tenantId: 'zeta', ownerId: 'zoe' })

async function transfersFixture(storage: Storage): Promise<void> {
  await twoTenantsFixture(storage)
  await write(storage, async (tx) => {
    await tx.ownershipTransfers.put(acmes)
    await tx.ownershipTransfers.put(zetas)
  })
}

const find = (storage: Storage, tenantId: string) => storage.read.ownershipTransfers.find(tenantId)

export const ownershipTransferCases = [
  contractCase('transfer-find', "A tenant's transfer is found by the tenant", async (storage) => {
    await transfersFixture(storage)
    assert.deepEqual(await find(storage, 'acme'), acmes)
    assert.deepEqual(await find(storage, 'zeta'), zetas)
    assert.equal(await find(storage, 'ACME'), null)
    assert.equal(await find(storage, 'nowhere'), null)
  }),

  contractCase('transfer-put', 'A new transfer takes the place of any earlier one', async (storage) => {
    await transfersFixture(storage)
    const next = transferOf({
      tenantId: 'acme',
      ownerId: 'bob',
      phase: 'verified',
      codeHash: 'c',
      tokenHash: 't',
      expiresAt: 0,
    })
    await write(storage, (tx) => tx.ownershipTransfers.put(next))
    assert.deepEqual(await find(storage, 'acme'), next)
    assert.deepEqual(await find(storage, 'zeta'), zetas)
    await Promise.all([1, 2, 3, 4, 5].map(() => write(storage, (tx) => tx.ownershipTransfers.put(acmes))))
    assert.deepEqual(await find(storage, 'acme'), acmes)
    assert.equal(await write(storage, (tx) => tx.ownershipTransfers.delete('acme')), true)
    assert.equal(await find(storage, 'acme'), null)
  }),

  contractCase('transfer-verify', 'A transfer is verified once, by the token it was sent with', async (storage) => {
    await transfersFixture(storage)
    const verify = (tokenHash: string, nextTokenHash: string, tenantId = 'acme') =>
      write(storage, (tx) =>
        tx.ownershipTransfers.verify({ tenantId, tokenHash, nextTokenHash, expiresAt: noon + 9000 }),
      )
    assert.equal(await verify('another', 'next'), false)
    assert.equal(await verify('TOKEN', 'next'), false)
    assert.equal(await verify('token', 'next', 'nowhere'), false)
    assert.deepEqual(await find(storage, 'acme'), acmes)
    const race = await Promise.all([1, 2, 3, 4, 5].map((index) => verify('token', `next ${index}`)))
    assert.equal(race.filter(Boolean).length, 1, 'one of five wins')
    const nextTokenHash = `next ${race.indexOf(true) + 1}`
    const verified = { ...acmes, phase: 'verified', tokenHash: nextTokenHash, expiresAt: noon + 9000 }
    assert.deepEqual(await find(storage, 'acme'), verified)
    assert.equal(await verify('token', 'again'), false)
    assert.equal(await verify(nextTokenHash, 'again'), false)
    assert.deepEqual(await find(storage, 'acme'), verified)
    assert.deepEqual(await find(storage, 'zeta'), zetas)
  }),

  contractCase('transfer-delete', "A tenant's transfer is removed, and no other's", async (storage) => {
    await transfersFixture(storage)
    const remove = (tenantId: string) => write(storage, (tx) => tx.ownershipTransfers.delete(tenantId))
    const race = await Promise.all([1, 2, 3].map(() => remove('acme')))
    assert.equal(race.filter(Boolean).length, 1, 'one of three finds it')
    assert.equal(await remove('nowhere'), false)
    assert.equal(await find(storage, 'acme'), null)
    assert.deepEqual(await find(storage, 'zeta'), zetas)
  }),
]
