import assert from 'node:assert/strict'
import type { Invitation } from '../model/invitation.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { tenantFixture, twoTenantsFixture, invitationOf, noon } from './fixtures/rows.js'
import { tokensOf } from './fixtures/tokens.js'
import { write } from './write.js'

const acmes = { tenantId: 'acme', inviterId: 'ann' }

async function invitationsFixture(storage: Storage, invitations: readonly Invitation[]): Promise<void> {
  await write(storage, async (tx) => {
    for (const one of invitations) await tx.invitations.insert(one, tokensOf(`token of ${one.id}`))
  })
}

export const invitationAddressCases = [
  contractCase(
    'invitation-list-open-to',
    'The open invitations to an address are found in all tenants, newest first',
    async (storage) => {
      const emailKey = 'a_b@example.com'
      const open = [
        invitationOf({ id: 'zetas', tenantId: 'zeta', inviterId: 'zoe', emailKey, createdAt: noon + 1 }),
        invitationOf({ id: 'a', ...acmes, emailKey, expiresAt: noon + 2000 }),
        invitationOf({ id: 'B', tenantId: 'third', inviterId: 'ann', emailKey }),
      ]
      const others = [
        invitationOf({ id: 'past', ...acmes, emailKey, status: 'accepted', resolvedAt: noon }),
        invitationOf({ id: 'x', ...acmes, emailKey: 'axb@example.com' }),
      ]
      await twoTenantsFixture(storage)
      await tenantFixture(storage, 'third', ['ann'])
      await invitationsFixture(storage, [...others, ...open])
      const list = (now: number, { limit = 9, key = emailKey } = {}) =>
        storage.read.invitations.listOpenTo({ emailKey: key, now, limit })
      assert.deepEqual(await list(noon), open)
      assert.deepEqual(await list(noon + 1000), [open[1]])
      assert.deepEqual(await list(noon + 2000), [])
      assert.deepEqual(await list(noon, { limit: 2 }), open.slice(0, 2))
      assert.deepEqual(await list(noon, { key: 'A_B@example.com' }), [])
      await write(storage, (tx) => tx.invitations.resolve({ tenantId: 'acme', id: 'a', status: 'declined', at: noon }))
      assert.deepEqual(await list(noon), [open[0], open[2]])
    },
  ),

  contractCase(
    'invitation-last-declined-mailbox',
    'The last time a mailbox declined is that of any of its addresses, and of no other mailbox',
    async (storage) => {
      // prettier-ignore
      const declined: readonly [emailKey: string, resolvedAt: number][] = [
        ['jo_e@example.com', 1], ['jo_e+@example.com', 2], ['jo_e+a@example.com', 4], ['jo_e+a+b.c@example.com', 3],
        ['jo_e,a@example.com', 9], ['jo_e-a@example.com', 9], ['jo_ea@example.com', 9], ['joxe+a@example.com', 9], ['jo_e+a@example.org', 9],
        ['jo_e+a@an.example.com', 9], ['jo_e+a@an-example.com', 9], ['joe@example.com', 9], ['a+jo_e@example.com', 9],
      ]
      const rows = declined.map(([emailKey, at], n) =>
        invitationOf({ id: `${n}`, ...acmes, emailKey, status: 'declined', resolvedAt: noon + at }),
      )
      const emailKey = 'jo_e+a@example.com'
      const zetas = { id: 'z', tenantId: 'zeta', inviterId: 'zoe', emailKey, resolvedAt: noon + 9 }
      await twoTenantsFixture(storage)
      await invitationsFixture(storage, [...rows, invitationOf({ ...zetas, status: 'declined' })])
      const last = (mailbox: string) => storage.read.invitations.lastDeclinedAt({ tenantId: 'acme', mailbox })
      assert.equal(await last('jo_e@example.com'), noon + 4)
      assert.equal(await last('jo_f@example.com'), null)
      assert.equal(await last('a@example.com'), noon + 9)
    },
  ),
]
