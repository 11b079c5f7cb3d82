import assert from 'node:assert/strict'
import type { StoredFile } from '../model/stored-file.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { fileOf, twoTenantsFixture } from './fixtures/rows.js'
import { write } from './write.js'

async function filesFixture(storage: Storage, ...files: readonly StoredFile[]): Promise<void> {
  await twoTenantsFixture(storage)
  await write(storage, async (tx) => {
    for (const file of files) await tx.files.insert(file)
  })
}

/** A Buffer is as good as a Uint8Array: what counts is the bytes. */
async function find(storage: Storage, tenantId: string, id: string): Promise<StoredFile | null> {
  const file = await storage.read.files.find({ tenantId, id })
  return file && { ...file, bytes: Uint8Array.from(file.bytes) }
}

const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index)

export const fileCases = [
  contractCase('file-find', 'A file is found in its own tenant only, byte for byte', async (storage) => {
    const file = fileOf({ id: 'one', tenantId: 'acme', bytes: everyByte })
    await filesFixture(storage, file, fileOf({ id: 'two', tenantId: 'zeta' }))
    const found = await storage.read.files.find({ tenantId: 'acme', id: 'one' })
    assert.ok(found?.bytes instanceof Uint8Array)
    found.bytes.fill(7)
    assert.deepEqual(await find(storage, 'acme', 'one'), file, 'who changes what was read changes nothing stored')
    for (const [tenantId, id] of [
      ['zeta', 'one'],
      ['acme', 'two'],
      ['acme', 'ONE'],
      ['nowhere', 'one'],
    ] as const) {
      assert.equal(await find(storage, tenantId, id), null)
    }
  }),

  contractCase('file-insert', 'A new file is kept with every field as given', async (storage) => {
    // A view into a larger buffer: only what the view shows is the file.
    const large = new Uint8Array(1_000_000).map((_, index) => index % 251)
    const files = [
      fileOf({ id: 'empty', tenantId: 'acme', bytes: new Uint8Array() }),
      fileOf({ id: 'zeros', tenantId: 'acme', bytes: new Uint8Array(3) }),
      fileOf({ id: 'no-text', tenantId: 'acme', bytes: Uint8Array.of(0xff, 0xfe, 0x00, 0x80, 0x0d, 0x0a, 0x5c, 0x78) }),
      fileOf({
        id: 'view',
        tenantId: 'acme',
        bytes: large.subarray(3, 300_000),
        contentType: 'image/svg+xml; charset=utf-8',
        createdAt: 0,
      }),
    ]
    const fixture = structuredClone(files).map((file) => ({ ...file, bytes: Uint8Array.from(file.bytes) }))
    await filesFixture(storage, ...files)
    large.fill(9)
    for (const file of fixture) assert.deepEqual(await find(storage, 'acme', file.id), file)
  }),

  contractCase('file-delete-others', "A tenant's other files go, and no other tenant's", async (storage) => {
    const inAcme = ['1', '2', '3', '4'].map((id) => fileOf({ id, tenantId: 'acme' }))
    await filesFixture(storage, ...inAcme, fileOf({ id: '1', tenantId: 'zeta' }), fileOf({ id: '9', tenantId: 'zeta' }))
    const deleteOthers = (...keep: readonly string[]) =>
      write(storage, (tx) => tx.files.deleteOthers({ tenantId: 'acme', purpose: 'logo', keep }))
    const left = async () => {
      const found = await Promise.all(['1', '2', '3', '4'].map((id) => find(storage, 'acme', id)))
      return found.flatMap((file) => file?.id ?? [])
    }
    assert.equal(await deleteOthers('2', '4', '9', 'unknown'), 2)
    assert.deepEqual(await left(), ['2', '4'])
    assert.equal(await deleteOthers('2', '4'), 0)
    assert.equal(await deleteOthers(), 2)
    assert.deepEqual(await left(), [])
    assert.ok((await find(storage, 'zeta', '1')) && (await find(storage, 'zeta', '9')))
  }),
]
