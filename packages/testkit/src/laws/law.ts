import fc from 'fast-check'
import type { Judged } from './judged.js'

/** How a law is broken: the smallest case that was found, as a sentence; and the seed that finds it again, if it took one. */
interface Breach {
  readonly sentence: string
  readonly seed: number | null
}

export interface Law {
  readonly id: string
  readonly sentence: string
  findBreach(judged: Judged, runs: { readonly runs: number; readonly seed: number }): Promise<Breach | null>
}

interface LawOver<Cases, Outcome> {
  /** Stable: hosts name laws by it. */
  readonly id: string
  readonly sentence: string
  cases(judged: Judged): Cases
  /** How the case breaks the law, in words; `null` when it does not. */
  broken(judged: Judged, one: Cases extends fc.Arbitrary<infer Case> | Iterable<infer Case> ? Case : never): Outcome
}

/** A law of so few cases that all of them are tried. The first that breaks it is told. */
export function lawOfEach<Case>(law: LawOver<Iterable<Case>, string | null>): Law {
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

/** A law of endless cases, of which random ones are tried. One that breaks it is made as small as it goes. */
export function lawOfAny<Case>(law: LawOver<fc.Arbitrary<Case>, string | null | Promise<string | null>>): Law {
  const { id, sentence } = law
  return {
    id,
    sentence,
    async findBreach(judged, { runs, seed }) {
      const property = fc.asyncProperty(law.cases(judged), async (one) => {
        const how = await law.broken(judged, one)
        if (how !== null) throw new Broken(how)
      })
      const { failed, errorInstance } = await fc.check(property, { seed, numRuns: runs })
      if (!failed) return null
      if (errorInstance instanceof Broken) return { sentence: `${sentence}: ${errorInstance.message}`, seed }
      throw errorInstance
    },
  }
}

/** Tells a case that breaks a law from a program that does not work. */
class Broken extends Error {}
