import assert from 'node:assert/strict'
import { contractCase } from './contract-case.js'
import { twoTenantsFixture } from './fixtures/rows.js'
import { write } from './write.js'

export const notificationPreferenceCases = [
  contractCase('notification-preferences', 'A person has what they have chosen, kind by kind', async (storage) => {
    await twoTenantsFixture(storage)
    const { notifications } = storage.read
    assert.deepEqual(await notifications.getPreferences('ann'), {})
    await write(storage, async (tx) => {
      await tx.notifications.setPreference({ userId: 'ann', kind: 'member_left', channel: 'email' })
      await tx.notifications.setPreference({ userId: 'ann', kind: 'comment_added', channel: 'off' })
      await tx.notifications.setPreference({ userId: 'bob', kind: 'member_left', channel: 'in_app' })
    })
    assert.deepEqual({ ...(await notifications.getPreferences('ann')) }, { member_left: 'email', comment_added: 'off' })
    assert.deepEqual({ ...(await notifications.getPreferences('bob')) }, { member_left: 'in_app' })
    assert.deepEqual(await notifications.getPreferences('absent'), {})
  }),

  contractCase('notification-choose', 'A later choice takes the place of an earlier one', async (storage) => {
    await twoTenantsFixture(storage)
    const setPreference = (channel: 'off' | 'email', userId = 'ann') =>
      write(storage, (tx) => tx.notifications.setPreference({ userId, kind: 'member_left', channel }))
    await setPreference('email')
    await setPreference('email', 'bob')
    await setPreference('off')
    assert.deepEqual({ ...(await storage.read.notifications.getPreferences('ann')) }, { member_left: 'off' })
    assert.deepEqual({ ...(await storage.read.notifications.getPreferences('bob')) }, { member_left: 'email' })
  }),

  contractCase(
    'notification-choices',
    'Of many people, the choices for one kind are found at once',
    async (storage) => {
      await twoTenantsFixture(storage)
      await write(storage, async (tx) => {
        await tx.notifications.setPreference({ userId: 'ann', kind: 'member_left', channel: 'email' })
        await tx.notifications.setPreference({ userId: 'bob', kind: 'member_left', channel: 'off' })
        await tx.notifications.setPreference({ userId: 'eve', kind: 'member_joined', channel: 'off' })
        await tx.notifications.setPreference({ userId: 'zoe', kind: 'member_left', channel: 'off' })
      })
      const listPreferences = async (...userIds: readonly string[]) =>
        [...(await storage.read.notifications.listPreferences({ kind: 'member_left', userIds }))].sort((a, b) =>
          a.userId < b.userId ? -1 : 1,
        )
      assert.deepEqual(await listPreferences('ann', 'bob', 'eve', 'absent'), [
        { userId: 'ann', channel: 'email' },
        { userId: 'bob', channel: 'off' },
      ])
      assert.deepEqual(await listPreferences(), [])
      const many = Array.from({ length: 99 }, (_, index) => `nobody-${index}`)
      assert.deepEqual(await listPreferences(...many, 'zoe'), [{ userId: 'zoe', channel: 'off' }])
    },
  ),
]
