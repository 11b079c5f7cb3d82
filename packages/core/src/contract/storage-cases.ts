import assert from 'node:assert/strict'
import { contractCase, unmigratedCase } from './contract-case.js'
import { twoTenantsFixture, usersFixture } from './fixtures/rows.js'

export const storageCases = [
  unmigratedCase('migrate-fresh', 'One migration makes a fresh database usable', async (storage) => {
    await storage.migrate()
    await twoTenantsFixture(storage)
    assert.equal(await storage.read.tenants.countAll(), 2)
  }),

  unmigratedCase('migrate-again', 'Migrating many times, also at once, changes nothing', async (storage) => {
    await Promise.all(Array.from({ length: 10 }, () => storage.migrate()))
    await usersFixture(storage, 'ann')
    const user = await storage.read.users.find('ann')
    await Promise.all([storage.migrate(), storage.migrate()])
    assert.deepEqual(await storage.read.users.find('ann'), user)
  }),

  unmigratedCase('migrate-plan', 'A plan changes nothing, and says what is then done', async (storage) => {
    const named = (steps: Awaited<ReturnType<typeof storage.migrate>>) =>
      steps.map(({ version, name, parts }) => [version, name, parts.map(({ sql }) => sql)])
    const [plan, again] = [await storage.migrate({ plan: true }), await storage.migrate({ plan: true })]
    assert.deepEqual(named(again), named(plan))
    assert.deepEqual(named(await storage.migrate()), named(plan))
    assert.deepEqual([await storage.migrate({ plan: true }), await storage.migrate()], [[], []])
    await twoTenantsFixture(storage)
  }),

  unmigratedCase('check-unmigrated', 'A check names what is to be migrated, and changes nothing', async (storage) => {
    const codes = async () => (await storage.check()).map(({ code }) => code)
    const found = await codes()
    const plan = await storage.migrate({ plan: true })
    assert.equal(found.includes('schema_missing'), plan.length > 0)
    assert.deepEqual(await codes(), found)
    assert.equal((await storage.migrate()).length, plan.length)
    assert.equal((await codes()).includes('schema_missing'), false)
  }),

  contractCase('check-migrated', 'A check finds nothing wrong with a database that was migrated', async (storage) => {
    await twoTenantsFixture(storage)
    const findings = await storage.check()
    assert.deepEqual(
      findings.filter(({ severity }) => severity !== 'notice'),
      [],
    )
    for (const { problem, remedy } of findings) assert.ok(problem !== '' && remedy !== '')
  }),

  contractCase('within-foreign', 'What is no transaction of the database cannot be entered', async (storage) => {
    for (const foreign of [undefined, null, 'begin', 1, {}, [], () => {}, Promise.resolve(), storage])
      assert.throws(() => storage.withTransaction(foreign), TypeError)
  }),

  contractCase('clock-now', 'The time of the database goes on', async (storage) => {
    await usersFixture(storage, 'ann')
    const first = storage.now()
    assert.ok(Number.isSafeInteger(first) && first > Date.UTC(2025), `milliseconds since 1970, not ${first}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.ok(storage.now() > first)
  }),

  contractCase('close-twice', 'A storage may be closed twice', async (storage) => {
    await usersFixture(storage, 'ann')
    await storage.close()
    await storage.close()
  }),
]
