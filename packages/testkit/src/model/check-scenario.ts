import assert from 'node:assert/strict'
import { checkAccess } from './check-access.js'
import { checkInvariants } from './invariants.js'
import type { Model } from './model.js'
import { observe } from './observe.js'
import { seenByModel, seenByStorage } from './views.js'
import type { Scenario } from './scenario.js'

/**
 * Compares every side with the model and with the first side, and checks what always holds.
 *
 * @throws {Error} telling what differs, and where.
 */
export async function checkScenario(model: Model, scenario: Scenario): Promise<void> {
  const known = {
    tenantIds: model.tenants.map(({ id }) => id),
    userIds: model.users.map(({ id }) => id),
    resourceIds: [...new Set(model.resources.map(({ id }) => id))],
  }
  const expected = seenByModel(model)
  const observations = await Promise.all(
    scenario.sides.map(async (side) => {
      const { name, tenancy, sent } = side
      await tenancy.flushEmails()
      const observed = await observe(side, known)
      checkInvariants(observed, model.now)
      const seen = { ...seenByStorage(observed), mailed: sent.splice(0).sort() }
      assert.deepEqual(seen, expected, `${name} and the model (the second) differ`)
      return { name, observed }
    }),
  )
  const [first, ...others] = observations
  for (const { name, observed } of others) {
    assert.deepEqual(observed, first?.observed, `${name} and ${first?.name ?? ''} (the second) differ`)
  }
  await checkAccess(model, scenario)
}

/** Reads every audit log once more from its beginning: what was appended is still there, unchanged. */
export async function checkHistory(model: Model, scenario: Scenario): Promise<void> {
  for (const { chains } of scenario.sides) chains.clear()
  scenario.compared.clear()
  await checkScenario({ ...model, mailed: [] }, scenario)
}
