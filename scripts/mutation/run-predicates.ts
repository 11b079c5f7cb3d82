import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Survivor } from './survivor.js'
import { forgetTenantPredicates } from './tenant-predicates.js'

const sources = 'packages/kysely-storage/src'
const tests = ['run', '--config', 'scripts/mutation/storage.vitest.config.ts', '-t', '^(?!.*on a file)']

/** Removes one tenant predicate at a time in a copy of the project, and returns those that no test detects. */
export function runPredicates(): { readonly tried: number; readonly survivors: readonly Survivor[] } {
  const copy = copyOfProject()
  try {
    if (!testsPass(copy)) throw new Error('The tests fail before anything is forgotten')
    const mutants = readdirSync(sources, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|^(testing|migrations|scoped)\//.test(name))
      .flatMap((name) => {
        const file = path.join(sources, name)
        const original = readFileSync(file, 'utf8')
        return forgetTenantPredicates(file, original).map((mutant) => ({ file, original, ...mutant }))
      })
    const survivors = mutants.filter(({ file, original, text, line, predicate }, tried) => {
      writeFileSync(path.join(copy, file), text)
      const survived = testsPass(copy)
      writeFileSync(path.join(copy, file), original)
      console.log(`${tried + 1}/${mutants.length} ${survived ? 'survived' : 'noticed '} ${file}:${line} ${predicate}`)
      return survived
    })
    return {
      tried: mutants.length,
      survivors: survivors.map(({ file, predicate }) => ({ file, source: predicate, changedTo: '' })),
    }
  } finally {
    rmSync(copy, { recursive: true })
  }
}

/** Workspace packages are linked by relative paths, so a copy tests its own packages. */
function copyOfProject(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'tenantry-mutation-'))
  const root = process.cwd()
  const leftOut = new Set(['.git', 'node_modules', 'reports'].map((name) => path.join(root, name)))
  cpSync(root, copy, { recursive: true, verbatimSymlinks: true, filter: (from) => !leftOut.has(from) })
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'))
  return copy
}

function testsPass(folder: string): boolean {
  return spawnSync('vitest', tests, { cwd: folder, stdio: 'ignore' }).status === 0
}
