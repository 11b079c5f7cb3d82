import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { answerOf } from './outcome.js'
import { checkScenario } from './check-scenario.js'
import { ModelMismatch } from './model-mismatch.js'
import type { Model } from './model.js'
import { TOO_OFTEN } from './rates.js'
import type { Refusal } from './rules.js'
import { recordLastActivity } from './strangers.js'
import type { Side, Scenario } from './scenario.js'

/** One thing somebody may do: what the documents predict, and how to do it. */
export interface CommandSpec<Picks, Input, Result> {
  readonly name: string
  /** Numbers and choices that mean something only in a given state, so that a shorter run still makes sense of them. */
  readonly picks: fc.Arbitrary<Picks>
  /** Whether somebody does this now and then until a limit refuses it. */
  readonly insists?: boolean
  /** What the picks mean now, the how manieth time; `null` when there is nothing to do this with. */
  resolve(model: Model, picks: Picks, nth: number): Input | null
  sentence(input: Input): string
  predict(model: Model, input: Input): Refusal
  act(side: Side, input: Input): Promise<Result>
  /** Carries the success over to the model; the result brings the ids and tokens that were made. */
  apply(model: Model, input: Input, result: Result): void
  /** What a refusal leaves behind; nothing, unless said. */
  leaveBehind?(model: Model, input: Input): void
}

const TIMES = fc.constantFrom(...Array<number>(9).fill(1), TOO_OFTEN)

/** What a run has met: for each command, how often each answer came. */
export type Tally = Record<string, Record<string, number>>

/** One run: the model, what it is compared with, and what was met in all runs so far. */
interface Run {
  readonly model: Model
  readonly scenario: Scenario
  readonly tally: Tally
}

export interface Command<Input = never> {
  readonly name: string
  arbitrary(tally: Tally): fc.Arbitrary<fc.AsyncCommand<Model, Scenario>>
  /** Does it on every side, and compares each with the model. */
  perform(run: Run, input: Input): Promise<void>
}

/** Makes a specification ready to be picked by fast-check, or done by name. */
export function command<Picks, Input, Result>(spec: CommandSpec<Picks, Input, Result>): Command<Input> {
  return {
    name: spec.name,
    arbitrary: (tally) =>
      fc.tuple(spec.picks, spec.insists ? TIMES : fc.constant(1)).map(([picks, times]) => ({
        check: (model) => spec.resolve(model, picks, 0) !== null,
        async run(model, scenario) {
          for (let nth = 0; nth < times; nth++) {
            const input = spec.resolve(model, picks, nth)
            if (input !== null) await perform(spec, { model, scenario, tally }, input)
          }
        },
        toString: () => spec.name,
      })),
    perform: (run, input) => perform(spec, run, input),
  }
}

async function perform<Picks, Input, Result>(
  spec: CommandSpec<Picks, Input, Result>,
  { model, scenario, tally }: Run,
  input: Input,
): Promise<void> {
  const refusal = spec.predict(model, input)
  scenario.trace.push(`${spec.sentence(input)}: ${refusal ?? 'ok'}`)
  model.mailed = []
  try {
    const responses = await Promise.all(scenario.sides.map((side) => answerOf(() => spec.act(side, input))))
    const [first] = responses
    for (const [at, response] of responses.entries()) {
      const name = scenario.sides[at]?.name ?? ''
      const got = 'refused' in response ? response.refused : null
      if (got !== refusal) throw new Error(`The model says ${refusal ?? 'ok'}, ${name} says ${got ?? 'ok'}.`)
      if (!isDeepStrictEqual(response, first)) throw new Error(`${name} answers something else than the others.`)
    }
    if (first && 'result' in first) {
      spec.apply(model, input, first.result)
      openByActing(model, input)
      recordLastActivity(model, input)
    } else spec.leaveBehind?.(model, input)
    count(tally, spec.name, refusal ?? 'ok')
    await checkScenario(model, scenario)
  } catch (error) {
    throw new ModelMismatch(scenario.trace, error)
  }
}

/** Whoever acts is there: their account waits for nobody. */
function openByActing(model: Model, input: unknown): void {
  if (typeof input !== 'object' || input === null || !('actorId' in input)) return
  const actor = model.users.find(({ id }) => id === input.actorId)
  if (actor) actor.isWaiting = false
}

function count(tally: Tally, name: string, response: string): void {
  const responses = (tally[name] ??= {})
  responses[response] = (responses[response] ?? 0) + 1
}
