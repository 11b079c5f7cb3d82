/**
 * `pnpm mutate policy` mutates decisions; `pnpm mutate predicates` removes tenant predicates from the SQL. Both report
 * the mutants that no test detects. Each needs a reason in `mutation/accepted-survivors.ts`. It takes minutes.
 */
import { acceptedSurvivors } from './mutation/accepted-survivors.js'
import { runPolicy } from './mutation/run-policy.js'
import { runPredicates } from './mutation/run-predicates.js'
import { compareSurvivors } from './mutation/survivor.js'

const runs = {
  policy: { folder: 'packages/core/', run: runPolicy },
  predicates: { folder: 'packages/kysely-storage/', run: runPredicates },
} as const

const [asked] = process.argv.slice(2)
const chosen = Object.entries(runs).filter(([name]) => asked === undefined || name === asked)
if (chosen.length === 0) {
  console.error(`usage: pnpm mutate [${Object.keys(runs).join(' | ')}]`)
  process.exit(2)
}

for (const [name, { folder, run }] of chosen) {
  const { tried, survivors } = run()
  const { unexcused, stale } = compareSurvivors(
    survivors,
    acceptedSurvivors.filter(({ file }) => file.startsWith(folder)),
  )
  console.log(`${name}: ${tried} mutants, ${survivors.length} survived, ${unexcused.length} of them without a reason`)
  for (const { file, source, changedTo } of unexcused) console.error(`${file}\n  - ${source}\n  + ${changedTo}`)
  for (const { file, source } of stale) console.error(`${file}: the excuse for "${source}" is stale`)
  if (unexcused.length + stale.length > 0) process.exitCode = 1
}
