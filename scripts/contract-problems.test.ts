import { expect, it } from 'vitest'
import { contractProblems } from './contract-problems.js'

function problems(text: string, ...cases: string[]) {
  return contractProblems([{ name: 'port.ts', text }], cases)
}

const port = `
  /** MUST do one thing [one]. It may do more, and \`MUST\` in code is no promise. */
  /**
   * Does things.
   *
   * - MUST do a second thing [two-a] or
   *   a third (\`x. y\`) [two-b].
   * - MUST do a fourth
   *   [four].
   */`

it('finds nothing when every promise has its case', () => {
  expect(problems(port, 'one', 'two-a', 'two-b', 'four')).toEqual([])
})

it('finds a promise without a case, and a case without a promise', () => {
  expect(problems(port, 'one', 'two-a', 'four', 'five')).toEqual([
    '[two-b] has no case',
    'five: the port promises no such thing',
  ])
})

it('finds a promise without an ID, also next to one with an ID', () => {
  const text = '/** MUST be. The next one MUST be too [two]. */ /** MUST be [three], but MUST not be seen */'
  expect(problems(text, 'two', 'three')).toEqual([
    'port.ts: a promise without an id: MUST be',
    'port.ts: a promise without an id: MUST not be seen ',
  ])
})

it('finds a duplicate ID', () => {
  expect(problems('/** MUST be [one]. */ /** MUST be [one]. */', 'one', 'one')).toEqual([
    '[one] stands more than once in the port',
    'one: more than one case has this id',
  ])
})
