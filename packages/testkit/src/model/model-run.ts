import { requireKnownOptions } from '@tenantry/core'
import type { MakeStorage } from '@tenantry/core/contract'
import fc from 'fast-check'
import { runsOf } from '../runs.js'
import type { RunOptions } from '../runs.js'
import { checkHistory } from './check-scenario.js'
import type { Tally } from './command.js'
import { COMMANDS } from './commands.js'
import { populate } from './populate.js'
import { closeScenario, openScenario } from './scenario.js'

/** Each of the `runs` begins from empty databases. */
export interface ModelRunOptions extends RunOptions {
  /** The storages to drive side by side, by name. Each call makes one on an empty database of its own. */
  readonly storages: Readonly<Record<string, MakeStorage>>
  /** At most so many commands in a run. Default 150. */
  readonly commands?: number | undefined
  /** Whether to look for the shortest story that goes wrong, which takes long, or tell the first. Default `true`. */
  readonly shrink?: boolean | undefined
}

/** What a model run met: for each command, how often it succeeded (`ok`) and how often each refusal came. */
export interface ModelRunReport {
  readonly seed: number
  readonly runs: number
  readonly tally: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/**
 * Lets people do random things in random order on every storage at once, and compares each answer and everything that
 * can then be seen with a plain model of the documents, and the storages with each other. After each command it also
 * checks the invariants of a tenant, the hash chains of the audit log, and `access().can` against a second decision
 * procedure.
 *
 * Rejects with the shortest story it found that goes wrong, and with the seed that repeats it.
 *
 * @example
 * import { modelRun } from '@tenantry/testkit'
 *
 * test('my storage does what the memory storage does', () =>
 *   modelRun({ storages: { memory: async () => ({ storage: memoryStorage() }), mine: async () => ({ storage: myStorage() }) } }))
 */
export async function modelRun(options: ModelRunOptions): Promise<ModelRunReport> {
  requireKnownOptions('modelRun', options, { storages: true, commands: true, shrink: true, runs: true, seed: true })
  const { storages, commands = 150, shrink = true } = options
  const { runs, seed } = runsOf(options)
  const tally: Tally = {}
  const arbitrary = fc.commands(
    COMMANDS.map((one) => one.arbitrary(tally)),
    { maxCommands: commands, size: 'max' },
  )
  const property = fc.asyncProperty(arbitrary, async (many) => {
    const scenario = await openScenario(storages)
    try {
      const model = await populate(scenario, tally)
      await fc.asyncModelRun(() => ({ model, real: scenario }), many)
      await checkHistory(model, scenario)
    } finally {
      await closeScenario(scenario)
    }
  })
  const details = await fc.check(property, { seed, numRuns: runs, endOnFailure: !shrink })
  if (!details.failed) return { seed, runs: details.numRuns, tally }
  const trace = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance)
  throw new Error(`A model run went wrong. Repeat it with FC_SEED=${seed} FC_RUNS=${runs}.\n\n${trace}`, {
    cause: details.errorInstance,
  })
}
