import { memoryStorage } from '@tenantry/core'
import { expect, test } from 'vitest'
import { IS_FULL_RUN, onlyInFullRun } from '../../../../scripts/full-run.js'
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
    const wanted = Number(process.env['FC_RUNS'] ?? modelRuns * Number(process.env['MODEL_RUNS'] ?? 1))
    const storages = { memory: makeMemory, SQLite: makeSqlite, [name]: make }
    const { seed, runs } = await modelRun({ storages, runs: wanted })
    process.stdout.write(`model run on ${Object.keys(storages).join(', ')}: FC_SEED=${seed} FC_RUNS=${runs}\n`)
    expect(runs).toBe(wanted)
  },
)

test('a model run gets everywhere: every command succeeds, every refusal is met', { timeout: 600_000 }, async () => {
  const extent = IS_FULL_RUN ? { runs: 50, seed: 2 } : { runs: 20, seed: 8 }
  const { tally } = await modelRun({ storages: { memory: makeMemory }, commands: 300, ...extent })
  const names = [...new Set(COMMANDS.map(({ name }) => name))].filter((name) => name !== 'guess a code')
  expect(names.filter((name) => !tally[name]?.['ok'])).toEqual([])
  expect(new Set(Object.values(tally).flatMap((responses) => Object.keys(responses)))).toEqual(
    new Set([
      'ok',
      ...['unauthenticated', 'forbidden', 'self_action_forbidden', 'owner_required', 'user_owns_tenants'],
      ...['resource_not_found', 'resource_already_exists'],
      ...['tenant_not_found', 'tenant_not_active', 'member_not_found', 'invitation_not_found', 'user_not_found'],
      ...['access_token_not_found', 'invalid_role', 'invalid_token', 'invalid_input', 'already_member', 'conflict'],
      ...[
        'slug_taken',
        'email_taken',
        'invalid_email',
        'reauthentication_required',
        'recently_declined',
        'email_limit_exceeded',
        'rate_limited',
      ],
      ...['role_key_taken', 'role_in_use', 'role_not_found'],
      ...onlyInFullRun('role_limit_exceeded', 'transfer_locked'),
      ...['member_limit_exceeded', 'invitation_limit_exceeded', 'tenant_limit_exceeded'],
    ]),
  )
})
