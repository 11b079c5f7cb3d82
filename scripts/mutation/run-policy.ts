import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Survivor } from './survivor.js'

/** The parts of Stryker's report (mutation-testing-report-schema) that are used here. Lines and columns start at 1. */
interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>
}

interface Mutant {
  readonly status: string
  readonly replacement: string
  readonly location: { readonly start: Place; readonly end: Place }
}

interface Place {
  readonly line: number
  readonly column: number
}

/** Runs Stryker on the policy and returns the surviving mutants. */
export function runPolicy(): { readonly tried: number; readonly survivors: readonly Survivor[] } {
  const { status } = spawnSync('stryker', ['run', 'scripts/mutation/stryker.config.js'], { stdio: 'inherit' })
  if (status !== 0) throw new Error(`Stryker ended with ${status}`)
  // Stryker guarantees the schema of the interface above.
  const { files } = JSON.parse(readFileSync('reports/mutation/policy.json', 'utf8')) as Report
  const mutants = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ ...mutant, file, source: cut(source, mutant.location) })),
  )
  const survivors = mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ file, source, replacement }) => ({ file, source, changedTo: replacement }))
  return { tried: mutants.length, survivors }
}

function cut(source: string, { start, end }: Mutant['location']): string {
  const lines = source.split('\n')
  const at = ({ line, column }: Place) =>
    lines.slice(0, line - 1).reduce((length, text) => length + text.length + 1, 0) + column - 1
  return source.slice(at(start), at(end))
}
