import { memoryStorage } from '@tenantry/core'
import type { Storage, Transaction } from '@tenantry/core'
import { describe, expect, test } from 'vitest'
import { modelRun } from './model-run.js'

const makeMemory = async () => ({ storage: memoryStorage() })

describe('a model run finds a storage', () => {
  type Breaking = (tx: Transaction) => Partial<Transaction>

  /** A storage that begins a rule's window anew with each use. */
  const forgetting =
    (rule: string): Breaking =>
    ({ counters }) => ({
      counters: { ...counters, add: (change) => counters.add({ ...change, restart: change.key.startsWith(rule) }) },
    })

  // Each with a seed that comes to it soon.
  const cases: readonly (readonly [string, seed: number, Breaking, trace: RegExp])[] = [
    [
      'that counts a seat too few',
      8,
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
      12,
      ({ invitations }) => ({ invitations: { ...invitations, revokeByInviter: async () => [] } }),
      /broken and the model \(the second\) differ/,
    ],
    [
      'that opens an invitation by a token that was replaced',
      7,
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
      9,
      ({ events }) => ({ events: { ...events, append: (event) => events.append({ ...event, ip: '203.0.113.7' }) } }),
      /holds an event that is not the one that was hashed/,
    ],
    [
      'that forgets one of two overrides',
      8,
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
    [
      'that lets a token be tried without end',
      5,
      forgetting('activationPerToken'),
      /The model says rate_limited, broken says invalid_token/,
    ],
    [
      'that lets addresses be guessed without end',
      8,
      forgetting('unavailableAddressPerUser'),
      /The model says rate_limited, broken says invalid_email/,
    ],
    [
      'that lets passwords be guessed without end',
      4,
      forgetting('currentPasswordPerUser'),
      /The model says rate_limited, broken says reauthentication_required/,
    ],
    [
      'that sends a notice too many to an address that nobody has proven',
      8,
      forgetting('noticePerUnprovenMailbox'),
      /broken and the model \(the second\) differ/,
    ],
    [
      'that keeps the plan that a tenant had',
      3,
      ({ tenants }) => ({
        tenants: {
          ...tenants,
          update: ({ set: { plan: _, ...set }, ...tenant }) => tenants.update({ ...tenant, set }),
        },
      }),
      /broken and the model \(the second\) differ/,
    ],
    [
      'that leaves a suspended tenant open',
      9,
      ({ tenants }) => ({
        tenants: {
          ...tenants,
          setStatus: async (change) => change.to === 'suspended' || tenants.setStatus(change),
        },
      }),
      /broken and the model \(the second\) differ/,
    ],
    [
      'that hands a tenant to a member who stays inactive',
      8,
      ({ memberships }) => ({
        memberships: {
          ...memberships,
          update: ({ set: { active, ...set }, ...key }) =>
            memberships.update({
              ...key,
              set: set.roles?.includes('owner') || active === undefined ? set : { ...set, active },
            }),
        },
      }),
      /is owned by somebody who is no active member/,
    ],
    [
      'that keeps a proof which the host has taken back',
      12,
      ({ users }) => ({
        users: {
          ...users,
          update: ({ id, set: { emailVerifiedAt, ...set } }) =>
            users.update({ id, set: emailVerifiedAt ? { ...set, emailVerifiedAt } : set }),
        },
      }),
      /broken and the model \(the second\) differ/,
    ],
  ]

  async function failureOf(breaking: Breaking, { seed, shrink }: { seed: number; shrink: boolean }): Promise<string> {
    const storages = { memory: makeMemory, broken: async () => ({ storage: broken(memoryStorage(), breaking) }) }
    return modelRun({ storages, runs: 60, commands: 80, seed, shrink }).then(() => 'Nothing was found', String)
  }

  test.each(cases)('%s', { timeout: 600_000 }, async (_, seed, breaking, trace) => {
    const failure = await failureOf(breaking, { seed, shrink: false })
    expect(failure).toMatch(trace)
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
