import assert from 'node:assert/strict'
import { contractCase } from './contract-case.js'
import { twoTenantsFixture, invitationOf, noon } from './fixtures/rows.js'
import { tokensOf } from './fixtures/tokens.js'
import { write } from './write.js'

const one = invitationOf({ id: 'one', tenantId: 'acme', inviterId: 'ann' })

export const invitationTokenCases = [
  contractCase(
    'invitation-locate-by',
    'A token that was mailed is told from one that was revealed',
    async (storage) => {
      await twoTenantsFixture(storage)
      await write(storage, (tx) => tx.invitations.insert(one, tokensOf('token-one')))
      const { invitations } = storage.read
      assert.deepEqual(await invitations.locate('mailed token-one'), { tenantId: 'acme', id: 'one', by: 'mailed' })
      assert.deepEqual(await invitations.locate('token-one'), { tenantId: 'acme', id: 'one', by: 'revealed' })
      const kinds = [
        ['only mailed', { mailed: 'a', revealed: null }],
        ['only revealed', { mailed: null, revealed: 'b' }],
        ['neither', { mailed: null, revealed: null }],
        ['the same', { mailed: 'c', revealed: 'c' }],
      ] as const
      for (const [id, tokens] of kinds)
        await write(storage, (tx) => tx.invitations.insert({ ...one, id, emailKey: id }, tokens))
      assert.deepEqual(await invitations.locate('a'), { tenantId: 'acme', id: 'only mailed', by: 'mailed' })
      assert.deepEqual(await invitations.locate('b'), { tenantId: 'acme', id: 'only revealed', by: 'revealed' })
      assert.deepEqual(await invitations.locate('c'), { tenantId: 'acme', id: 'the same', by: 'revealed' })
      const gone = { tenantId: 'acme', id: 'the same', status: 'revoked', at: noon } as const
      await write(storage, (tx) => tx.invitations.resolve(gone))
      assert.equal(await invitations.locate('c'), null)
    },
  ),
]
