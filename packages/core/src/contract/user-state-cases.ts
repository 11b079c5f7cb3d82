import assert from 'node:assert/strict'
import type { UserState } from '../storage/user-port.js'
import { contractCase } from './contract-case.js'
import { tenantFixture, usersFixture, noon, userOf } from './fixtures/rows.js'
import { write } from './write.js'

export const userStateCases = [
  contractCase(
    'user-last-logins',
    'Of many users, those who signed in are listed with when they did last',
    async (storage) => {
      await usersFixture(storage, 'ann', 'bob', 'Ann', 'eve')
      const latest = 253_402_300_799_999
      await write(storage, async (tx) => {
        await tx.users.setState({ id: 'ann', set: { lastLoginAt: noon } })
        await tx.users.setState({ id: 'ann', set: { lastLoginAt: latest } })
        await tx.users.setState({ id: 'bob', set: { lastLoginAt: 0 } })
        await tx.users.setState({ id: 'eve', set: { lastLoginAt: noon } })
      })
      const listed = async (...ids: readonly string[]) =>
        Object.fromEntries(await storage.read.users.listLastLogins(ids))
      assert.deepEqual(await listed('ann', 'bob', 'Ann', 'nobody', '%', 'ann'), { ann: latest, bob: 0 })
      assert.deepEqual(await listed('Ann'), {})
      assert.deepEqual(await listed(), {})
    },
  ),

  contractCase(
    'user-state',
    "A user's state is changed field by field, and the account stays as it is",
    async (storage) => {
      await usersFixture(storage, 'ann', 'bob')
      for (const tenantId of ['acme', 'zeta']) await tenantFixture(storage, tenantId, ['ann', 'bob'])
      const ann = await storage.read.users.find('ann')
      const set = (id: string, state: Partial<UserState>) =>
        write(storage, (tx) => tx.users.setState({ id, set: state }))
      const stateOf = async (id: string) => [
        (await storage.read.tenants.current({ userId: id }))?.tenant.id,
        (await storage.read.users.listLastLogins([id])).get(id),
      ]
      assert.deepEqual(await stateOf('ann'), ['acme', undefined])
      for (const [state, expected] of [
        [{ currentTenantId: 'zeta' }, ['zeta', undefined]],
        [{ lastLoginAt: noon }, ['zeta', noon]],
        [{}, ['zeta', noon]],
        [{ currentTenantId: null }, ['acme', noon]],
        [{ currentTenantId: 'zeta', lastLoginAt: noon + 1 }, ['zeta', noon + 1]],
        [{ lastLoginAt: null }, ['zeta', undefined]],
      ] as const) {
        assert.equal(await set('ann', state), true)
        assert.deepEqual(await stateOf('ann'), expected)
      }
      assert.deepEqual(await stateOf('bob'), ['acme', undefined])
      assert.deepEqual(await storage.read.users.find('ann'), ann)
      assert.equal(await set('nobody', { lastLoginAt: noon }), false)
      assert.equal(await set('nobody', {}), false)
      // Each of many inserted at once has a state, too.
      await write(storage, (tx) => tx.users.insertMany([userOf({ id: 'eve' }), userOf({ id: 'zoe' })]))
      for (const id of ['eve', 'zoe']) assert.equal(await set(id, { lastLoginAt: noon }), true)
    },
  ),
]
