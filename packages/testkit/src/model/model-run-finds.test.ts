import { memoryStorage } from '@tenantry/core'
import type { Storage, Transaction } from '@tenantry/core'
import { describe, expect, test } from 'vitest'
import { modelRun } from './model-run.js'

const makeMemory = async () => ({ storage: memoryStorage() })

describe('a model run finds a storage', () => {
  type Breaking = (tx: Transaction) => Partial<Transaction>

  // Each with a seed that comes to it soon.
  const cases: readonly (readonly [string, seed: number, Breaking, story: RegExp])[] = [
    [
      'that counts a seat too few',
      14,
      ({ memberships }) => ({
        memberships: {
          ...memberships,
          count: async (filter) => (await memberships.count(filter)) - (filter.role === undefined ? 1 : 0),
        },
      }),
      /The model says member_limit_exceeded, broken says ok/,
    ],
    [
      'that keeps the invitations of those who left',
      2,
      ({ invitations }) => ({ invitations: { ...invitations, revokeByInviter: async () => [] } }),
      /broken and the model \(the second\) differ/,
    ],
    [
      'that opens an invitation by a token that was replaced',
      6,
      ({ invitations }) => ({
        invitations: {
          ...invitations,
          renew: (change) => invitations.renew({ ...change, tokens: { mailed: null, revealed: change.id } }),
        },
      }),
      /broken (says invalid_token|answers something else)/,
    ],
    [
      'that writes another event than it was given',
      1,
      ({ events }) => ({ events: { ...events, append: (event) => events.append({ ...event, ip: '203.0.113.7' }) } }),
      /holds an event that is not the one that was hashed/,
    ],
    [
      'that forgets one of two overrides',
      7,
      ({ memberships }) => ({
        memberships: {
          ...memberships,
          update: ({ set: { overrides = {}, ...set }, ...key }) =>
            memberships.update({
              ...key,
              set: { ...set, overrides: Object.fromEntries(Object.entries(overrides).slice(0, 1)) },
            }),
        },
      }),
      /differ/,
    ],
  ]

  async function failureOf(breaking: Breaking, { seed, shrink }: { seed: number; shrink: boolean }): Promise<string> {
    const storages = { memory: makeMemory, broken: async () => ({ storage: broken(memoryStorage(), breaking) }) }
    return modelRun({ storages, runs: 60, commands: 80, seed, shrink }).then(() => 'Nothing was found', String)
  }

  test.each(cases)('%s', { timeout: 600_000 }, async (_, seed, breaking, story) => {
    const failure = await failureOf(breaking, { seed, shrink: false })
    expect(failure).toMatch(story)
    expect(failure).toContain(`FC_SEED=${seed}`)
  })

  test('and tells the shortest story of it', async () => {
    const breaking: Breaking = ({ memberships }) => ({
      memberships: { ...memberships, update: async () => false },
    })
    const [first, shortest] = [
      await failureOf(breaking, { seed: 1, shrink: false }),
      await failureOf(breaking, { seed: 1, shrink: true }),
    ]
    expect(shortest.length).toBeLessThan(first.length)
  })
})

function broken(storage: Storage, breaking: (tx: Transaction) => Partial<Transaction>): Storage {
  return {
    ...storage,
    transaction: (locks, work) => storage.transaction(locks, (tx) => work({ ...tx, ...breaking(tx) })),
  }
}
