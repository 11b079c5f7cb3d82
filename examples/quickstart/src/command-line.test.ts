import { expect, test } from 'vitest'
import { parseCommandLine, UsageError } from './command-line.js'

test.each([
  [[], { help: false, json: false, resetTokens: false }],
  [['--json'], { help: false, json: true, resetTokens: false }],
  [['--', '--reset-tokens', '--json'], { help: false, json: true, resetTokens: true }],
  [['--help'], { help: true, json: false, resetTokens: false }],
])('%j is understood', (args, expected) => {
  expect(parseCommandLine(args)).toEqual(expected)
})

test.each([['--jsno'], ['production'], ['--json=yes'], ['-j'], ['--', '--', '--json']])('rejects %j', (...args) => {
  expect(() => parseCommandLine(args)).toThrow(UsageError)
})
