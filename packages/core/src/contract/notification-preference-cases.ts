import assert from 'node:assert/strict'
import { contractCase } from './contract-case.js'
import { givenTwoTenants } from './given.js'
import { write } from './write.js'

export const notificationPreferenceCases = [
  contractCase('notification-preferences', 'A person has what they have chosen, kind by kind', async (storage) => {
    await givenTwoTenants(storage)
    const { notifications } = storage.read
    assert.deepEqual(await notifications.preferencesOf('ann'), {})
    await write(storage, async (tx) => {
      await tx.notifications.choose({ userId: 'ann', kind: 'member_left', channel: 'mail' })
      await tx.notifications.choose({ userId: 'ann', kind: 'comment_added', channel: 'off' })
      await tx.notifications.choose({ userId: 'bob', kind: 'member_left', channel: 'in_app' })
    })
    assert.deepEqual({ ...(await notifications.preferencesOf('ann')) }, { member_left: 'mail', comment_added: 'off' })
    assert.deepEqual({ ...(await notifications.preferencesOf('bob')) }, { member_left: 'in_app' })
    assert.deepEqual(await notifications.preferencesOf('absent'), {})
  }),

  contractCase('notification-choose', 'A later choice takes the place of an earlier one', async (storage) => {
    await givenTwoTenants(storage)
    const choose = (channel: 'off' | 'mail', userId = 'ann') =>
      write(storage, (tx) => tx.notifications.choose({ userId, kind: 'member_left', channel }))
    await choose('mail')
    await choose('mail', 'bob')
    await choose('off')
    assert.deepEqual({ ...(await storage.read.notifications.preferencesOf('ann')) }, { member_left: 'off' })
    assert.deepEqual({ ...(await storage.read.notifications.preferencesOf('bob')) }, { member_left: 'mail' })
  }),

  contractCase(
    'notification-choices',
    'Of many people, the choices for one kind are found at once',
    async (storage) => {
      await givenTwoTenants(storage)
      await write(storage, async (tx) => {
        await tx.notifications.choose({ userId: 'ann', kind: 'member_left', channel: 'mail' })
        await tx.notifications.choose({ userId: 'bob', kind: 'member_left', channel: 'off' })
        await tx.notifications.choose({ userId: 'eve', kind: 'member_joined', channel: 'off' })
        await tx.notifications.choose({ userId: 'zoe', kind: 'member_left', channel: 'off' })
      })
      const choices = async (...userIds: readonly string[]) =>
        [...(await storage.read.notifications.choices({ kind: 'member_left', userIds }))].sort((a, b) =>
          a.userId < b.userId ? -1 : 1,
        )
      assert.deepEqual(await choices('ann', 'bob', 'eve', 'absent'), [
        { userId: 'ann', channel: 'mail' },
        { userId: 'bob', channel: 'off' },
      ])
      assert.deepEqual(await choices(), [])
      const many = Array.from({ length: 99 }, (_, index) => `nobody-${index}`)
      assert.deepEqual(await choices(...many, 'zoe'), [{ userId: 'zoe', channel: 'off' }])
    },
  ),
]
