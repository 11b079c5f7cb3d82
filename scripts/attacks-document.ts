import { readFile } from 'node:fs/promises'
import { allAttacks } from '../packages/testkit/src/attacks/all-attacks.js'
import { HELD_BELOW } from './attacks-below-http.js'

/**
 * `docs/attacks.md`: the attack cases of `attackCases`, and those in other tests.
 *
 * @throws {Error} naming an attack whose test is not found in the listed file.
 */
export async function renderAttacks(): Promise<string> {
  const rows = allAttacks
    .toSorted((one, other) => one.id.localeCompare(other.id))
    .map(({ id, name }) => `| ${id} | ${name} |`)
  const below = await Promise.all(HELD_BELOW.map(rowOfTest))
  return [
    '# Attacks',
    '`attackCases` of `@tenantry/testkit` runs these attacks against a mounted router, over HTTP. Each asserts that the request is rejected and that nothing has changed. [The guide](guide/attacks.md) describes how to run them against your deployment.',
    ['| number | attack |', '| --- | --- |', ...rows].join('\n'),
    '## Below HTTP',
    'Tests in this repository cover attacks that HTTP requests alone cannot show.',
    ['| number | attack | test |', '| --- | --- | --- |', ...below].join('\n'),
  ].join('\n\n')
}

async function rowOfTest({ id, name, by: [file, title] }: (typeof HELD_BELOW)[number]): Promise<string> {
  if (!(await readFile(file, 'utf8')).includes(title)) throw new Error(`${id}: no test in ${file} says "${title}"`)
  return `| ${id} | ${name} | [${title.replace(/^[A-I]\d\d /, '')}](../${file}) |`
}
