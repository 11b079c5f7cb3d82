import { memoryStorage } from '@tenantry/core'
import type { Storage, Transaction } from '@tenantry/core'
import { describe, expect, test } from 'vitest'
import { PROVEN_STORAGES } from '../test/storages.js'
import { COMMANDS } from './commands.js'
import { modelRun } from './model-run.js'

const makeMemory = async () => ({ storage: memoryStorage() })
const OTHERS = PROVEN_STORAGES.filter(({ name }) => name !== 'memory')
const makeSqlite = OTHERS.find(({ name }) => name === 'SQLite')?.make ?? makeMemory

test.each(OTHERS.map(({ name, ...storage }) => [name, storage] as const))(
  'whatever people do in whatever order, %s does what memory and SQLite do, and the documents say',
  { timeout: 600_000 },
  async (name, { make, modelRuns }) => {
    const wanted = Number(process.env['FC_RUNS'] ?? modelRuns)
    const storages = { memory: makeMemory, SQLite: makeSqlite, [name]: make }
    const { seed, runs } = await modelRun({ storages, runs: wanted })
    process.stdout.write(`model run on ${Object.keys(storages).join(', ')}: FC_SEED=${seed} FC_RUNS=${runs}\n`)
    expect(runs).toBe(wanted)
  },
)

test('a model run gets everywhere: every command succeeds, every refusal is met', { timeout: 600_000 }, async () => {
  const { tally } = await modelRun({ storages: { memory: makeMemory }, runs: 50, commands: 300, seed: 1 })
  const names = [...new Set(COMMANDS.map(({ name }) => name))].filter((name) => name !== 'guess a code')
  expect(names.filter((name) => !tally[name]?.['ok'])).toEqual([])
  expect(new Set(Object.values(tally).flatMap((answers) => Object.keys(answers)))).toEqual(
    new Set([
      'ok',
      ...['unauthenticated', 'forbidden', 'cannot_operate_self', 'owner_must_stay', 'owns_tenants'],
      ...['resource_not_found', 'resource_exists'],
      ...['tenant_not_found', 'tenant_not_active', 'member_not_found', 'invitation_not_found', 'user_not_found'],
      ...['access_token_not_found', 'invalid_role', 'invalid_token', 'invalid_input', 'already_member', 'conflict'],
      ...['slug_taken', 'email_taken', 'recently_declined', 'mail_limit_exceeded', 'transfer_locked'],
      ...['role_taken', 'role_in_use', 'role_not_found', 'role_limit_exceeded'],
      ...['member_limit_exceeded', 'invitation_limit_exceeded', 'tenant_limit_exceeded'],
    ]),
  )
})

describe('a model run finds a storage', () => {
  const cases: readonly (readonly [string, (tx: Transaction) => Partial<Transaction>, RegExp])[] = [
    [
      'that counts a seat too few',
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
      ({ invitations }) => ({ invitations: { ...invitations, revokeByInviter: async () => [] } }),
      /broken and the model \(the second\) differ/,
    ],
    [
      'that opens an invitation by a token that was replaced',
      ({ invitations }) => ({
        invitations: { ...invitations, renew: (change) => invitations.renew({ ...change, tokenHash: change.id }) },
      }),
      /broken (says invalid_token|answers something else)/,
    ],
    [
      'that writes another event than it was given',
      ({ events }) => ({ events: { ...events, append: (event) => events.append({ ...event, ip: '203.0.113.7' }) } }),
      /holds an event that is not the one that was hashed/,
    ],
    [
      'that forgets one of two overrides',
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

  // Shrinking a story takes its time.
  test.each(cases)('%s', { timeout: 600_000 }, async (_, breaking, story) => {
    const storages = { memory: makeMemory, broken: async () => ({ storage: broken(memoryStorage(), breaking) }) }
    const failure = await modelRun({ storages, runs: 60, commands: 80, seed: 1 }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(String(failure)).toMatch(story)
    expect(String(failure)).toContain('FC_SEED=1')
  })
})

function broken(storage: Storage, breaking: (tx: Transaction) => Partial<Transaction>): Storage {
  return {
    ...storage,
    transaction: (locks, work) => storage.transaction(locks, (tx) => work({ ...tx, ...breaking(tx) })),
  }
}
