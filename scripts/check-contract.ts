/** Checks that the port's documentation and the contract match: every MUST has an ID, and every ID is one case. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { storageContract } from '../packages/core/src/contract.js'
import { contractProblems } from './contract-problems.js'

const folder = path.resolve(import.meta.dirname, '../packages/core/src/storage')
const names = (await readdir(folder)).filter((name) => name.endsWith('port.ts'))
const sources = await Promise.all(
  names.map(async (name) => ({ name, text: await readFile(path.join(folder, name), 'utf8') })),
)

const problems = contractProblems(
  sources,
  storageContract.map(({ id }) => id),
)
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
else console.log(`${storageContract.length} cases prove what ${names.length} files of the storage port promise`)
