import type { Access, AuthorizationInput } from '@tenantry/core'
import fc from 'fast-check'
import { combinationsOf } from '../arbitraries/with-cases.js'
import type { ArbitrariesOf } from '../arbitraries/with-cases.js'
import type { PolicyUnderTest } from './policy-under-test.js'

/** How a law is broken: the smallest case that was found, as a sentence; and the seed that finds it again, if it took one. */
export interface Counterexample {
  readonly sentence: string
  readonly seed: number | null
}

export interface PolicyProperty {
  readonly id: string
  readonly sentence: string
  findCounterexample(
    underTest: PolicyUnderTest,
    runs: { readonly runs: number; readonly seed: number },
  ): Promise<Counterexample | null>
}

interface PropertyOver<Cases, Case, Outcome> {
  /** Stable: hosts name laws by it. */
  readonly id: string
  readonly sentence: string
  cases(underTest: PolicyUnderTest): Cases
  /** How the case breaks the law, in words; `null` when it does not. */
  broken(underTest: PolicyUnderTest, one: Case): Outcome
}

/** A law of so few cases that all of them are tried. The first that breaks it is told. */
export function propertyOfEach<Case>(property: PropertyOver<Iterable<Case>, Case, string | null>): PolicyProperty {
  const { id, sentence } = property
  return {
    id,
    sentence,
    async findCounterexample(underTest) {
      for (const one of property.cases(underTest)) {
        const how = property.broken(underTest, one)
        if (how !== null) return { sentence: `${sentence}: ${how}`, seed: null }
      }
      return null
    },
  }
}

/**
 * A law of endless cases. The named ones of its arbitraries are all tried, in every combination that is ordinary but for
 * one; then random ones. A random one that breaks it is made as small as it goes.
 */
export function propertyOfAny<const Case extends readonly unknown[]>(
  property: PropertyOver<ArbitrariesOf<Case>, Case, string | null | Promise<string | null>>,
): PolicyProperty {
  const { id, sentence } = property
  return {
    id,
    sentence,
    async findCounterexample(given, { runs, seed }) {
      const underTest = remembering(given)
      const arbitraries = property.cases(underTest)
      const counterexample = await findAmong(arbitraries, (one) => property.broken(underTest, one), { runs, seed })
      return counterexample && { ...counterexample, sentence: `${sentence}: ${counterexample.sentence}` }
    },
  }
}

/**
 * A law of what people do one after the other, each case a story in a place that is opened once. Random stories are long:
 * as many times slower, it tries a quarter as many.
 */
export function propertyOfTraces<Place, const Case extends readonly unknown[]>({
  open,
  broken,
  ...property
}: Omit<PropertyOver<ArbitrariesOf<Case>, Case, never>, 'broken'> & {
  open(underTest: PolicyUnderTest): Promise<Place>
  broken(place: Place, one: Case): Promise<string | null>
}): PolicyProperty {
  return {
    id: property.id,
    sentence: property.sentence,
    async findCounterexample(underTest, { runs, seed }) {
      const place = await open(underTest)
      const any = propertyOfAny<Case>({ ...property, broken: (_, one) => broken(place, one) })
      return any.findCounterexample(underTest, { runs: Math.ceil(runs / TRACES_PER_PROPERTY), seed })
    },
  }
}

const TRACES_PER_PROPERTY = 4

/** The first of the named cases that is broken, or the smallest of the random ones. */
export async function findAmong<Case extends readonly unknown[]>(
  arbitraries: ArbitrariesOf<Case>,
  broken: (one: Case) => string | null | Promise<string | null>,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<Counterexample | null> {
  for (const one of combinationsOf(arbitraries, seed)) {
    // Most laws need not wait, and there are many cases.
    const found = broken(one)
    const how = typeof found === 'object' && found !== null ? await found : found
    if (how !== null) return { sentence: how, seed: null }
  }
  const property = fc.asyncProperty(tupleOf(arbitraries), async (one) => {
    const how = await broken(one)
    if (how !== null) throw new Broken(how)
  })
  const { failed, errorInstance } = await fc.check(property, { seed, numRuns: runs })
  if (!failed) return null
  if (errorInstance instanceof Broken) return { sentence: errorInstance.message, seed }
  throw errorInstance
}

/** Arbitraries of each value make one of all. */
function tupleOf<Values extends readonly unknown[]>(arbitraries: ArbitrariesOf<Values>): fc.Arbitrary<Values> {
  return fc.tuple(...(arbitraries as readonly fc.Arbitrary<unknown>[])) as fc.Arbitrary<unknown> as fc.Arbitrary<Values>
}

/** The named cases meet each other often. */
function remembering(underTest: PolicyUnderTest): PolicyUnderTest {
  const known = new WeakMap<AuthorizationInput, Access>()
  return {
    ...underTest,
    createAccess(facts) {
      const access = known.get(facts) ?? underTest.createAccess(facts)
      known.set(facts, access)
      return access
    },
  }
}

/** What a broken law is reported by: how it is broken, and how to see it again. */
export function notified({ sentence, seed }: Counterexample, { runs }: { readonly runs: number }): Error {
  return new Error(`${sentence}.${seed === null ? '' : `\nRepeat it with FC_SEED=${seed} FC_RUNS=${runs}.`}`)
}

/** Tells a case that breaks a law from a program that does not work. */
class Broken extends Error {}
