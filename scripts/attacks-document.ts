import { attackCases } from '../packages/testkit/src/attacks/attack-cases.js'

/** `docs/attacks.md`: what `attack` tries, from its own list. */
export function renderAttacks(): string {
  const rows = attackCases
    .toSorted((one, other) => one.id.localeCompare(other.id))
    .map(({ id, name }) => `| ${id} | ${name} |`)
  return [
    '# Attacks',
    'What `attack` of `@tenantry/testkit` tries against a mounted router, over HTTP. Each asserts the refusal, and that nothing has changed. How to run them on your own mount is in [the guide](guide/attacks.md).',
    ['| number | attack |', '| --- | --- |', ...rows].join('\n'),
  ].join('\n\n')
}
