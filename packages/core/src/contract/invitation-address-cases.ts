import assert from 'node:assert/strict'
import { contractCase } from './contract-case.js'
import { givenTenant, givenTwoTenants, invitationOf, noon } from './given.js'
import { tokensOf } from './given-tokens.js'
import { write } from './write.js'

export const invitationAddressCases = [
  contractCase(
    'invitation-list-open-to',
    'The open invitations to an address are found in all tenants, newest first',
    async (storage) => {
      const emailKey = 'a_b@example.com'
      const acmes = { tenantId: 'acme', inviterId: 'ann' }
      const open = [
        invitationOf({ id: 'zetas', tenantId: 'zeta', inviterId: 'zoe', emailKey, createdAt: noon + 1 }),
        invitationOf({ id: 'a', ...acmes, emailKey, expiresAt: noon + 2000 }),
        invitationOf({ id: 'B', tenantId: 'third', inviterId: 'ann', emailKey }),
      ]
      const others = [
        invitationOf({ id: 'past', ...acmes, emailKey, status: 'accepted', settledAt: noon }),
        invitationOf({ id: 'x', ...acmes, emailKey: 'axb@example.com' }),
      ]
      await givenTwoTenants(storage)
      await givenTenant(storage, 'third', ['ann'])
      await write(storage, async (tx) => {
        for (const one of [...others, ...open]) await tx.invitations.insert(one, tokensOf(`token of ${one.id}`))
      })
      const list = (now: number, { limit = 9, key = emailKey } = {}) =>
        storage.read.invitations.listOpenTo({ emailKey: key, now, limit })
      assert.deepEqual(await list(noon), open)
      assert.deepEqual(await list(noon + 1000), [open[1]])
      assert.deepEqual(await list(noon + 2000), [])
      assert.deepEqual(await list(noon, { limit: 2 }), open.slice(0, 2))
      assert.deepEqual(await list(noon, { key: 'A_B@example.com' }), [])
      await write(storage, (tx) => tx.invitations.settle({ tenantId: 'acme', id: 'a', status: 'declined', at: noon }))
      assert.deepEqual(await list(noon), [open[0], open[2]])
    },
  ),
]
