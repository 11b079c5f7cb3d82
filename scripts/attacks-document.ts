import { readFile } from 'node:fs/promises'
import { attackCases } from '../packages/testkit/src/attacks/attack-cases.js'
import { HELD_BELOW } from './attacks-below-http.js'

/**
 * `docs/attacks.md`: what `attack` tries, from its own list, and what other tests try.
 *
 * @throws {Error} naming an attack whose test is not where the list says.
 */
export async function renderAttacks(): Promise<string> {
  const rows = attackCases
    .toSorted((one, other) => one.id.localeCompare(other.id))
    .map(({ id, name }) => `| ${id} | ${name} |`)
  const below = await Promise.all(HELD_BELOW.map(rowOfTest))
  return [
    '# Attacks',
    'What `attack` of `@tenantry/testkit` tries against a mounted router, over HTTP. Each asserts the refusal, and that nothing has changed. How to run them on your own mount is in [the guide](guide/attacks.md).',
    ['| number | attack |', '| --- | --- |', ...rows].join('\n'),
    '## Below HTTP',
    'What no request shows, or none alone, is tried by tests of this repository.',
    ['| number | attack | test |', '| --- | --- | --- |', ...below].join('\n'),
  ].join('\n\n')
}

async function rowOfTest({ id, name, by: [file, title] }: (typeof HELD_BELOW)[number]): Promise<string> {
  if (!(await readFile(file, 'utf8')).includes(title)) throw new Error(`${id}: no test in ${file} says "${title}"`)
  return `| ${id} | ${name} | [${title.replace(/^[A-I]\d\d /, '')}](../${file}) |`
}
