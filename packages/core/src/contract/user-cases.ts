import assert from 'node:assert/strict'
import type { UserChanges } from '../storage/user-port.js'
import { contractCase } from './contract-case.js'
import { usersFixture, noon, userOf } from './fixtures/rows.js'
import { awkward, long } from './texts.js'
import { refuses, write } from './write.js'

const everyField: Required<UserChanges> = {
  email: 'Ann.Other+tag@Bücher.example',
  emailKey: 'ann.other+tag@xn--bcher-kva.example',
  emailVerifiedAt: noon + 1,
  name: awkward,
  avatarUrl: `https://example.com/${long}`,
  language: 'zh-Hans',
  timeZone: 'America/Argentina/Buenos_Aires',
  superuser: true,
  status: 'disabled',
  waitingSince: 253_402_300_799_999,
}

export const userCases = [
  contractCase('user-find', 'A user is found by exactly its id, whatever the status', async (storage) => {
    for (const status of ['active', 'disabled', 'deleted'] as const) {
      const user = userOf({ id: status, status })
      await usersFixture(storage, user)
      assert.deepEqual(await storage.read.users.find(status), user)
    }
    for (const id of ['unknown', 'Active', 'activ_', '%', '', ' active', 'active ']) {
      assert.equal(await storage.read.users.find(id), null)
    }
  }),

  contractCase('user-find-by-email', 'A user is found by the normal form of the address only', async (storage) => {
    const user = userOf({ id: 'ann', email: 'Ann_1@Example.com', emailKey: 'ann_1@example.com' })
    await usersFixture(storage, user, userOf({ id: 'bob', emailKey: 'annx1@example.com' }))
    assert.deepEqual(await storage.read.users.findByEmailKey('ann_1@example.com'), user)
    for (const key of ['Ann_1@Example.com', 'ANN_1@EXAMPLE.COM', 'ann%', 'ann', 'ann_1@example.com ', '']) {
      assert.equal(await storage.read.users.findByEmailKey(key), null)
    }
  }),

  contractCase('user-insert', 'A new user is kept with every field as given', async (storage) => {
    const plain = userOf({ id: '!' })
    const full = { id: '~'.repeat(128), createdAt: 0, createdBy: '!', ...everyField }
    await usersFixture(storage, plain, full)
    assert.deepEqual(await storage.read.users.find(plain.id), plain)
    assert.deepEqual(await storage.read.users.find(full.id), full)
  }),

  contractCase(
    'user-insert-twice',
    'A second user with the same id is refused, ids that differ in case are two',
    async (storage) => {
      const ann = userOf({ id: 'ann' })
      await usersFixture(storage, ann)
      await refuses(storage, 'user.id', (tx) => tx.users.insert(userOf({ id: 'ann', emailKey: 'other@example.com' })))
      await usersFixture(storage, userOf({ id: 'ANN', emailKey: 'another@example.com' }))
      assert.deepEqual(await storage.read.users.find('ann'), ann)
    },
  ),

  contractCase(
    'user-insert-email',
    'A second user with the same address is refused, also at the same moment',
    async (storage) => {
      const ann = userOf({ id: 'ann' })
      await usersFixture(storage, ann)
      const twin = (id: string, emailKey: string) => userOf({ id, emailKey })
      await refuses(storage, 'user.email', (tx) => tx.users.insert(twin('twin', ann.emailKey)))
      assert.equal(await storage.read.users.find('twin'), null)
      assert.deepEqual(await storage.read.users.findByEmailKey(ann.emailKey), ann)
      const race = ['a', 'b', 'c', 'd', 'e'].map((id) => usersFixture(storage, twin(id, 'one@example.com')))
      const outcomes = await Promise.allSettled(race)
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
      assert.equal(await storage.read.users.count({}), 2)
    },
  ),

  contractCase('user-update', 'An update changes the named fields of one user and nothing else', async (storage) => {
    const other = userOf({ id: 'ann_' })
    let expected = userOf({ id: 'ann' })
    await usersFixture(storage, expected, other)
    const changes: readonly UserChanges[] = Object.entries(everyField).map(([name, value]) => ({ [name]: value }))
    for (const set of [
      ...changes,
      { name: null, emailVerifiedAt: null, superuser: false },
      {},
      { status: 'active' },
    ] as const) {
      expected = { ...expected, ...set }
      assert.equal(await write(storage, (tx) => tx.users.update({ id: 'ann', set })), true)
      assert.deepEqual(await storage.read.users.find('ann'), expected)
    }
    assert.equal(await write(storage, (tx) => tx.users.update({ id: 'absent', set: { name: 'x' } })), false)
    assert.equal(await write(storage, (tx) => tx.users.update({ id: 'absent', set: {} })), false)
    assert.deepEqual(await storage.read.users.find('ann_'), other)
    assert.equal(await storage.read.users.count({}), 2)
  }),

  contractCase(
    'user-update-email',
    'An address that another user has is refused, one given up is free',
    async (storage) => {
      const [ann, bob] = [userOf({ id: 'ann' }), userOf({ id: 'bob' })]
      await usersFixture(storage, ann, bob)
      const move = (id: string, emailKey: string) => write(storage, (tx) => tx.users.update({ id, set: { emailKey } }))
      await refuses(storage, 'user.email', (tx) => tx.users.update({ id: 'bob', set: { emailKey: ann.emailKey } }))
      assert.deepEqual(await storage.read.users.find('bob'), bob)
      assert.equal(await move('ann', ann.emailKey), true)
      assert.equal(await move('ann', 'new@example.com'), true)
      assert.equal(await move('bob', ann.emailKey), true)
      assert.equal((await storage.read.users.findByEmailKey(ann.emailKey))?.id, 'bob')
      assert.equal((await storage.read.users.findByEmailKey('new@example.com'))?.id, 'ann')
    },
  ),

  contractCase('user-password-find', "The hash of a user's password is the one last set", async (storage) => {
    await usersFixture(storage, 'ann', 'bob')
    assert.equal(await storage.read.users.findPasswordHash('ann'), null)
    assert.equal(await storage.read.users.findPasswordHash('nobody'), null)
    await write(storage, (tx) => tx.users.setPasswordHash('ann', '$argon2id$v=19$first'))
    await write(storage, (tx) => tx.users.setPasswordHash('ann', '$argon2id$v=19$second'))
    assert.equal(await storage.read.users.findPasswordHash('ann'), '$argon2id$v=19$second')
    assert.equal(await storage.read.users.findPasswordHash('bob'), null)
  }),

  contractCase(
    'user-password-set',
    "A password's hash is set and removed, and the user is otherwise the same",
    async (storage) => {
      await usersFixture(storage, 'ann', 'bob')
      const ann = await storage.read.users.find('ann')
      const set = (id: string, hash: string | null) => write(storage, (tx) => tx.users.setPasswordHash(id, hash))
      assert.equal(await set('ann', 'hash of ann'), true)
      assert.equal(await set('bob', 'hash of bob'), true)
      assert.deepEqual(await storage.read.users.find('ann'), ann)
      await write(storage, (tx) => tx.users.update({ id: 'ann', set: { name: 'Ann' } }))
      assert.equal(await storage.read.users.findPasswordHash('ann'), 'hash of ann')
      assert.equal(await set('ann', null), true)
      assert.equal(await set('ann', null), true)
      assert.equal(await storage.read.users.findPasswordHash('ann'), null)
      assert.equal(await storage.read.users.findPasswordHash('bob'), 'hash of bob')
      assert.equal(await set('nobody', 'hash'), false)
      assert.equal(await set('nobody', null), false)
      assert.equal(await storage.read.users.findPasswordHash('nobody'), null)
    },
  ),
]
