import type { Access, DecisionFacts } from '@tenantry/core'
import fc from 'fast-check'
import { combinationsOf } from '../arbitraries/with-cases.js'
import type { ArbitrariesOf } from '../arbitraries/with-cases.js'
import type { Judged } from './judged.js'

/** How a law is broken: the smallest case that was found, as a sentence; and the seed that finds it again, if it took one. */
export interface Breach {
  readonly sentence: string
  readonly seed: number | null
}

export interface Law {
  readonly id: string
  readonly sentence: string
  findBreach(judged: Judged, runs: { readonly runs: number; readonly seed: number }): Promise<Breach | null>
}

interface LawOver<Cases, Case, Outcome> {
  /** Stable: hosts name laws by it. */
  readonly id: string
  readonly sentence: string
  cases(judged: Judged): Cases
  /** How the case breaks the law, in words; `null` when it does not. */
  broken(judged: Judged, one: Case): Outcome
}

/** A law of so few cases that all of them are tried. The first that breaks it is told. */
export function lawOfEach<Case>(law: LawOver<Iterable<Case>, Case, string | null>): Law {
  const { id, sentence } = law
  return {
    id,
    sentence,
    async findBreach(judged) {
      for (const one of law.cases(judged)) {
        const how = law.broken(judged, one)
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
export function lawOfAny<const Case extends readonly unknown[]>(
  law: LawOver<ArbitrariesOf<Case>, Case, string | null | Promise<string | null>>,
): Law {
  const { id, sentence } = law
  return {
    id,
    sentence,
    async findBreach(given, { runs, seed }) {
      const judged = remembering(given)
      const arbitraries = law.cases(judged)
      const breach = await findAmong(arbitraries, (one) => law.broken(judged, one), { runs, seed })
      return breach && { ...breach, sentence: `${sentence}: ${breach.sentence}` }
    },
  }
}

/**
 * A law of what people do one after the other, each case a story in a place that is opened once. Random stories are long:
 * as many times slower, it tries a quarter as many.
 */
export function lawOfStories<Place, const Case extends readonly unknown[]>({
  open,
  broken,
  ...law
}: Omit<LawOver<ArbitrariesOf<Case>, Case, never>, 'broken'> & {
  open(judged: Judged): Promise<Place>
  broken(place: Place, one: Case): Promise<string | null>
}): Law {
  return {
    id: law.id,
    sentence: law.sentence,
    async findBreach(judged, { runs, seed }) {
      const place = await open(judged)
      const any = lawOfAny<Case>({ ...law, broken: (_, one) => broken(place, one) })
      return any.findBreach(judged, { runs: Math.ceil(runs / STORIES_IN), seed })
    },
  }
}

const STORIES_IN = 4

/** The first of the named cases that is broken, or the smallest of the random ones. */
export async function findAmong<Case extends readonly unknown[]>(
  arbitraries: ArbitrariesOf<Case>,
  broken: (one: Case) => string | null | Promise<string | null>,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<Breach | null> {
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
function remembering(judged: Judged): Judged {
  const known = new WeakMap<DecisionFacts, Access>()
  return {
    ...judged,
    accessOf(facts) {
      const access = known.get(facts) ?? judged.accessOf(facts)
      known.set(facts, access)
      return access
    },
  }
}

/** What a broken law is reported by: how it is broken, and how to see it again. */
export function told({ sentence, seed }: Breach, { runs }: { readonly runs: number }): Error {
  return new Error(`${sentence}.${seed === null ? '' : `\nRepeat it with FC_SEED=${seed} FC_RUNS=${runs}.`}`)
}

/** Tells a case that breaks a law from a program that does not work. */
class Broken extends Error {}
